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

/**
 * The compiled kernels over `memory`.
 *
 * @param module kernels.wasm, compiled
 * @param memory shared, as large as it is going to be: the views do not grow with it
 */
export function wasmWorkspace(module: WebAssembly.Module, memory: WebAssembly.Memory): Workspace {
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return {
    kernels: instance.exports as unknown as Kernels,
    floats: new Float32Array(memory.buffer),
    words: new Uint32Array(memory.buffer),
    bytes: new Uint8Array(memory.buffer),
  };
}
