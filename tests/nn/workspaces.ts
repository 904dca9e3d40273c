import { kernelBytes } from "../../src/nn/kernels.ts";
import { referenceWorkspace } from "../../src/nn/reference/reference_workspace.ts";
import { openMemory, wasmWorkspace, type Workspace } from "../../src/nn/memory.ts";

/** kernels.wasm as it is committed. */
export const KERNELS = kernelBytes();
const MODULE = new WebAssembly.Module(KERNELS);

/** The compiled kernels over a memory of their own, zero, of at least `bytes` bytes. */
export function compiledWorkspace(bytes: number): Workspace {
  return wasmWorkspace(MODULE, openMemory(bytes));
}

/** The plain kernels over a memory of their own, zero, of as many bytes as compiledWorkspace() takes. */
export function plainWorkspace(bytes: number): Workspace {
  return referenceWorkspace({ buffer: openMemory(bytes).buffer });
}

/** The plain kernels in float64 with the engine's own functions. */
export function exactWorkspace(bytes: number): Workspace {
  const { tanh, exp, log, expm1, log1p } = Math;
  return referenceWorkspace({
    buffer: openMemory(bytes).buffer,
    float64: { tanh, exp, log, expm1, log1p },
  });
}
