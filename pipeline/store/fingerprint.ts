import { hashBytes } from "./hash.ts";

/** What identifies a step that is performed: two of the same content have the same results. */
export interface StepIdentity {
  step: string;
  /** Raised whenever the step's code gives other bytes than before. */
  version: number;
  /** The parameters that matter to the results, and no others. JSON. */
  parameters: unknown;
  /** SHA-256 of each input's content, by its name. */
  inputs: Record<string, string>;
}

/** The step's fingerprint: SHA-256, in hex, of the canonical JSON of its identity. */
export function fingerprint({ step, version, parameters, inputs }: StepIdentity): string {
  return hashBytes(canonicalJson({ step, version, parameters, inputs }));
}

/**
 * The fingerprints of many calls of a step, which mostly share parts of their parameters: what one has in common with the last, the same
 * object, is not written again. So nobody may change an object in between.
 */
export class Fingerprints {
  readonly #last = new Map<string, { readonly value: unknown; readonly text: string }>();

  /** The same as fingerprint(). */
  of({ step, version, parameters, inputs }: StepIdentity): string {
    const isObject = typeof parameters === "object" && parameters !== null && isPlainObject(parameters);
    const text = isObject ? this.#writeMembers(parameters) : canonicalJson(parameters);
    const end = `"step":${JSON.stringify(step)},"version":${JSON.stringify(version)}}`;
    return hashBytes(`{"inputs":${canonicalJson(inputs)},"parameters":${text},${end}`);
  }

  #writeMembers(parameters: Readonly<Record<string, unknown>>): string {
    const members = Object.keys(parameters).sort()
      .map((name) => `${JSON.stringify(name)}:${this.#write(name, parameters[name])}`);
    return `{${members.join()}}`;
  }

  #write(name: string, value: unknown): string {
    const last = this.#last.get(name);
    if (last !== undefined && last.value === value) return last.text;
    const text = canonicalJson(value);
    this.#last.set(name, { value, text });
    return text;
  }
}

/**
 * The one JSON text of a value: no spaces, keys sorted by UTF-16 code units, numbers as the shortest decimal that reads back, -0 as 0 (as
 * RFC 8785). Nothing is dropped or converted silently: throws a TypeError that names the place where `value` holds anything but finite
 * numbers, strings, booleans, null, arrays and plain objects of these.
 */
export function canonicalJson(value: unknown): string {
  const copy = sortedCopy(value, 0);
  return copy === UNUSUAL ? write(value, [], []) : JSON.stringify(copy);
}

/** What needs more care than JSON.stringify() takes, or must be refused. */
const UNUSUAL = Symbol("unusual");
const MAX_DEPTH = 100;

/** Sorted for V8 to write, in half the time of write(); UNUSUAL also for keys that are whole numbers, whose order no object changes. */
function sortedCopy(value: unknown, depth: number): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : UNUSUAL;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value !== "object" || depth === MAX_DEPTH) return UNUSUAL;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (let i = 0; i < value.length; i++) {
      const item = sortedCopy(value[i], depth + 1);
      if (item === UNUSUAL) return UNUSUAL;
      items.push(item);
    }
    return items;
  }
  if (!isPlainObject(value)) return UNUSUAL;
  const members: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const member = sortedCopy(value[key], depth + 1);
    if (member === UNUSUAL || key === "__proto__" || key === "toJSON" || /^\d/.test(key)) return UNUSUAL;
    members[key] = member;
  }
  return members;
}

/** `path` leads to the value from the whole, whose parts around it are `ancestors`: each is as it was when this returns. */
function write(value: unknown, path: (string | number)[], ancestors: object[]): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value === "boolean") return String(value);
  // Of a finite number other than -0, text and JSON are the same.
  if (typeof value === "number" && Number.isFinite(value)) return value === 0 ? "0" : String(value);
  if (typeof value !== "object") throw refusal(path, describe(value));
  if (ancestors.includes(value)) throw refusal(path, "a cycle");
  ancestors.push(value);
  let text = "";
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      path.push(i);
      text += (i === 0 ? "" : ",") + write(value[i], path, ancestors);
      path.pop();
    }
    text = `[${text}]`;
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value).sort()) {
      path.push(key);
      text += (text === "" ? "" : ",") + JSON.stringify(key) + ":" + write(value[key], path, ancestors);
      path.pop();
    }
    text = `{${text}}`;
  } else {
    throw refusal(path, describe(value));
  }
  ancestors.pop();
  return text;
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (typeof value === "object" && value !== null) return `a ${value.constructor.name}`;
  return typeof value === "number" || value === undefined ? String(value) : `a ${typeof value}`;
}

function refusal(path: readonly (string | number)[], found: string): TypeError {
  const place = path.reduce<string>(
    (text, key) => typeof key === "number" ? `${text}[${key}]` : `${text}.${key}`,
    "value",
  );
  return new TypeError(
    `Cannot write canonical JSON: ${place} must be a finite number, a string, a boolean, null, ` +
      `an array or a plain object, found ${found}`,
  );
}
