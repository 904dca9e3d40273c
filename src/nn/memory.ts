import type { Kernels } from "./kernels.ts";

/**
 * A block of memory and the kernels that work on it. A pointer is a byte offset; a float at pointer p is `floats[p >>> 2]`, which is
 * float32 over the same bytes, or, for the reference in float64, an array of its own.
 */
export interface Workspace {
  /** The operations. */
  readonly kernels: Kernels;
  /** The memory as floats. */
  readonly floats: Float32Array | Float64Array;
  /** The memory as unsigned 32 bit integers. */
  readonly words: Uint32Array;
  /** The memory as bytes. */
  readonly bytes: Uint8Array;
}

const PAGE = 65_536;
/** WebAssembly has 32 bit addresses; the last page is left out, so that an end is an address too. */
export const MOST_BYTES = 65_535 * PAGE;

/** A shared memory of at least `bytes` bytes, zero. It never grows, so that views of it stay whole. */
export function openMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The compiled kernels over a shared memory as large as it is going to be: the views do not grow with it. */
export function wasmWorkspace(module: WebAssembly.Module, memory: WebAssembly.Memory): Workspace {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return {
    kernels: instance.exports as unknown as Kernels,
    floats: new Float32Array(memory.buffer),
    words: new Uint32Array(memory.buffer),
    bytes: new Uint8Array(memory.buffer),
  };
}

/** A workspace in which nothing but room is counted: its kernels are never called. */
export const NOWHERE: Workspace = {
  kernels: {} as Kernels,
  floats: new Float32Array(),
  words: new Uint32Array(),
  bytes: new Uint8Array(),
};

/** A cache line, and a multiple of every SIMD width. */
const ALIGNMENT = 64;

/** Hands out places in a block of memory, one after another, each at a multiple of 64 bytes. Nothing is ever given back. */
export class Arena {
  readonly #end: number;
  #next: number;

  /** An arena over the bytes from `start`, a multiple of 64, to `end`; without an end it only measures. */
  constructor(start: number, end = Infinity) {
    if (start % ALIGNMENT !== 0) {
      throw new RangeError(`Cannot make an arena: start must be a multiple of ${ALIGNMENT}, found ${start}`);
    }
    this.#end = end;
    this.#next = start;
  }

  get next(): number {
    return this.#next;
  }

  /** A pointer to `bytes` bytes. Throws RangeError where they do not fit. */
  allocate(bytes: number): number {
    const pointer = this.#next;
    const next = pointer + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    if (next > this.#end) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes: the arena must have room, found ${this.#end - pointer} bytes left`,
      );
    }
    this.#next = next;
    return pointer;
  }
}

/** n rounded up to a multiple of 16, the width of a panel. */
export function padded(n: number): number {
  return (n + 15) & ~15;
}

/** What the kernels on dense rows pack a batch's rows in: about a core's second cache, so that they stay there. */
export const SCRATCH_BYTES = 1 << 19;

/**
 * Where column n of row r stands in panels of 16 columns, [columns / 16][rows][16]: how activations (a row a sample) and the weights
 * of a layer on dense inputs (a row an input) lie in memory, so that a kernel streams through them.
 */
export function denseIndex(r: number, n: number, rows: number): number {
  return ((n >> 4) * rows + r) * 16 + (n & 15);
}

/** Where weight (j, n) of the layer on D sparse inputs stands: panels [Np / 32][D][32], the last [D][16] if Np / 16 is odd. */
export function sparseIndex(j: number, n: number, D: number, Np: number): number {
  const panel = n & ~31;
  const width = panel + 32 <= Np ? 32 : 16;
  return panel * D + j * width + (n - panel);
}
