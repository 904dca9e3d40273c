import type { RandomState } from "../../src/random/random_state.ts";

// Ways to break bytes, texts and values. Everything is drawn from the generator, so that an input is known by its seed.

export function pick<T>(random: RandomState, items: readonly T[]): T {
  return items[random.interval(items.length - 1)];
}

/** Whole numbers at which formats and programs break. */
const EDGES = [0, 1, 2, 9, 127, 128, 255, 256, 65535, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

const NUMBERS = [
  ...["0", "-0", "-1", "1e999", "-1e999", "1e-400", "1e250", "NaN", ".nan", ".inf", "0x10", "0.1", "1.5"],
  ...["9007199254740993", "4294967296", "1e21", "00", "1_000", "", " ", "+1", "１"],
];

const WORDS = [
  ...["null", "~", "true", "no", "__proto__", "constructor", "toString", "[]", "{}", "[[[]]]", "a: b", "- x"],
  ...[
    "&a",
    "*a",
    "<<: *a",
    "!!binary aGk=",
    "!!js/function x",
    "%YAML 1.1",
    "---",
    "...",
    "|",
    ">",
    "? x",
    "#",
    "'",
    '"',
  ],
  ...[
    "../x",
    "/etc/passwd",
    "a\0b",
    "\ufeff",
    "\u2028",
    "\u202e",
    "\x1b[2J",
    "\r",
    "\t",
    "😀",
    "\ud800",
    "<img src=x>",
  ],
  ...[
    ",",
    ",,",
    '"a',
    "=1+1",
    "a/../b",
    "x".repeat(5000),
    "[".repeat(3000),
    "{a: ".repeat(300),
    "9".repeat(400),
  ],
];

/** One to four changes of the bytes: flips, edges in one to eight bytes of either order, cuts, repeats, what somebody else left. */
export function breakBytes(random: RandomState, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  let broken = new Uint8Array(bytes);
  for (let changes = 1 + random.interval(3); changes > 0; changes--) broken = breakOnce(random, broken);
  return broken;
}

function breakOnce(random: RandomState, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  if (length === 0) return noise(random, 1 + random.interval(100));
  // Headers are short, and most of what a file can say wrong is in them.
  const at = random.interval(random.interval(1) === 0 ? Math.min(length - 1, 64) : length - 1);
  const end = Math.min(length, at + 1 + random.interval(Math.max(1, length >> random.interval(10))));
  switch (random.interval(7)) {
    case 0:
      bytes[at] ^= 1 << random.interval(7);
      return bytes;
    case 1:
      bytes[at] = random.interval(255);
      return bytes;
    case 2: {
      const view = new DataView(new ArrayBuffer(8));
      view.setUint32(0, pick(random, EDGES), random.interval(1) === 0);
      bytes.set(new Uint8Array(view.buffer).subarray(0, Math.min(1 << random.interval(3), length - at)), at);
      return bytes;
    }
    case 3:
      return bytes.slice(0, at);
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(end));
    case 5:
      return joined(bytes.subarray(0, end), bytes.subarray(at));
    case 6:
      return joined(bytes, noise(random, 1 + random.interval(64)));
    default:
      return joined(bytes.subarray(0, at), noise(random, 1 + random.interval(16)), bytes.subarray(end));
  }
}

/** One to four changes of a text: lines and cells moved, cut, doubled, and words in the place of others. */
export function breakText(random: RandomState, text: string): string {
  if (random.interval(9) === 0) {
    return new TextDecoder().decode(breakBytes(random, new TextEncoder().encode(text)));
  }
  let broken = text;
  for (let changes = 1 + random.interval(3); changes > 0; changes--) {
    const pieces = broken.split(pick(random, [/(\n)/, /([,:\n])/, /(\s+)/, /([\w.+-]+)/]));
    const at = random.interval(pieces.length - 1);
    switch (random.interval(5)) {
      case 0:
        pieces.splice(at, 1 + random.interval(3));
        break;
      case 1:
        pieces.splice(at, 0, ...pieces.slice(at, at + 1 + random.interval(5)));
        break;
      case 2:
        pieces[at] = pieces[random.interval(pieces.length - 1)];
        break;
      default:
        pieces[at] = random.interval(1) === 0 ? pick(random, NUMBERS) : pick(random, WORDS);
    }
    broken = pieces.join("");
    if (broken.length > 200_000) break;
  }
  return broken;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One to three values of a tree replaced, removed, doubled or added. */
export function breakValue(random: RandomState, value: unknown): unknown {
  const root: { value: Json } = { value: JSON.parse(JSON.stringify(value)) };
  for (let changes = 1 + random.interval(2); changes > 0; changes--) {
    const places: [Json[] | { [key: string]: Json }, string][] = [];
    const visit = (node: Json): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [key, inner] of Object.entries(node)) {
        places.push([node, key]);
        visit(inner);
      }
    };
    visit(root);
    const [parent, key] = pick(random, places);
    const members = parent as { [key: string]: Json };
    switch (random.interval(6)) {
      case 0:
        if (Array.isArray(parent)) parent.splice(Number(key), 1);
        else if (parent !== root) delete members[key];
        break;
      case 1:
        if (Array.isArray(parent)) parent.push(parent[Number(key)]);
        else if (parent !== root) members[pick(random, WORDS)] = members[key];
        break;
      case 2:
        members[key] = members[pick(random, places)[1]] ?? members[key];
        break;
      case 3:
        members[key] = pick(random, places)[0] as Json;
        members[key] = JSON.parse(safeJson(members[key]));
        break;
      default:
        members[key] = hostile(random);
    }
  }
  return root.value;
}

function hostile(random: RandomState): Json {
  const numbers = [0, -1, 1, 2, 0.5, 1e-320, 1e250, 2 ** 53, 1e308, 3.7];
  const one = (): Json =>
    pick<Json>(random, [
      null,
      true,
      false,
      pick(random, numbers),
      pick(random, WORDS),
      [],
      {},
      pick(random, EDGES),
    ]);
  switch (random.interval(3)) {
    case 0:
      return Array.from({ length: random.interval(5) }, one);
    case 1:
      return {
        [pick(random, WORDS)]: one(),
        [pick(random, ["uniform", "log_uniform", "count", "values"])]: [one(), one()],
      };
    default:
      return one();
  }
}

/** A value that was put into itself has no JSON. */
function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "null";
  }
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function noise(random: RandomState, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, () => random.interval(255));
}
