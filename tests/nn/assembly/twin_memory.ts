import assert from "node:assert/strict";
import { Arena } from "../../../src/nn/memory.ts";
import type { Kernels } from "../../../src/nn/kernels.ts";
import { compiledWorkspace, plainWorkspace } from "../workspaces.ts";

/** A block of memory: at the same pointer in both of the twins. */
export interface Region {
  readonly at: number;
  readonly bytes: number;
}

type Values = Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** What fills guards and room to be written: as u32 no offset that a test uses, as f32 -1.2e-13. */
const SENTINEL = 0xAA;
const GUARD = 64;

/**
 * Two memories of the same content, one for the compiled kernels and one for the plain reference. Everything placed stands between
 * guards, and run() holds the two against each other, word for word.
 */
export class TwinMemory {
  readonly #compiled;
  readonly #plain;
  #arena = new Arena(0);

  constructor(bytes: number) {
    this.#compiled = compiledWorkspace(bytes);
    this.#plain = plainWorkspace(bytes);
  }

  /** Forgets all that is placed, for the next case. */
  clear(): void {
    this.#arena = new Arena(0, this.#compiled.bytes.length);
    this.#guard();
  }

  /** Places values in both memories, between guards. */
  place(values: Values): Region {
    const at = this.#arena.allocate(values.byteLength);
    this.write({ at, bytes: values.byteLength }, values);
    this.#guard();
    return { at, bytes: values.byteLength };
  }

  /** Places room for a result: what it holds at first is no number that a kernel would write. */
  room(bytes: number): Region {
    return this.place(new Uint8Array(bytes).fill(SENTINEL));
  }

  /** Overwrites what is placed, in both memories. */
  write({ at, bytes }: Region, values: Values): void {
    assert.ok(values.byteLength <= bytes);
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#compiled.bytes.set(raw, at);
    this.#plain.bytes.set(raw, at);
  }

  /** The compiled kernels' bytes of a region, as a copy. */
  read({ at, bytes }: Region): ArrayBuffer {
    return this.#compiled.bytes.slice(at, at + bytes).buffer as ArrayBuffer;
  }

  /**
   * Calls both kernels and asserts that they return the same and leave the same bits everywhere except in `scratch`, and that nothing
   * changed outside `written` and `scratch`. With `nan`, a NaN may have any bits.
   *
   * @returns what the kernels returned
   */
  run<Result extends number | void>(
    call: (kernels: Kernels) => Result,
    { name, written, scratch = [], nan = false }: {
      name: string;
      written: Region[];
      scratch?: Region[];
      nan?: boolean | undefined;
    },
  ): Result {
    const words = this.#arena.next >> 2;
    const before = this.#compiled.words.slice(0, words);
    const result = call(this.#compiled.kernels);
    const expected = call(this.#plain.kernels);
    if (!Object.is(result, expected)) assert.fail(`${name} returned ${result}, the reference ${expected}`);

    const [compiled, plain] = [this.#compiled.words, this.#plain.words];
    let place: Region | undefined;
    for (let i = 0; i < words; i++) {
      if (compiled[i] === plain[i] && compiled[i] === before[i]) continue;
      if (!place || !holds(place, 4 * i)) {
        place = [...written, ...scratch].find((region) => holds(region, 4 * i));
      }
      if (!place) assert.fail(`${name} writes word ${i}, which is not its own`);
      if (scratch.includes(place)) {
        plain[i] = compiled[i]; // the plain kernels use none
        continue;
      }
      const [x, y] = [this.#compiled.floats[i], this.#plain.floats[i]];
      if (compiled[i] !== plain[i] && !(nan && x !== x && y !== y)) {
        assert.fail(
          `${name} differs from the reference in word ${i - (place.at >> 2)} of its result: ` +
            `${show(compiled[i], x)}, ${show(plain[i], y)}`,
        );
      }
      const own = place.at + place.bytes - 4 * i;
      if (own < 4 && (compiled[i] ^ before[i]) >>> (8 * own) !== 0) { // bytes that end within a word
        assert.fail(`${name} writes beyond byte ${place.bytes} of its result`);
      }
    }
    return result;
  }

  #guard(): void {
    this.write({ at: this.#arena.allocate(GUARD), bytes: GUARD }, new Uint8Array(GUARD).fill(SENTINEL));
  }
}

function holds({ at, bytes }: Region, pointer: number): boolean {
  return at <= pointer && pointer < at + bytes;
}

function show(word: number, float: number): string {
  return `${float} (0x${word.toString(16).padStart(8, "0")})`;
}
