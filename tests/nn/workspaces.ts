import { referenceWorkspace } from "../../src/nn/reference/reference_workspace.ts";
import { wasmWorkspace, type Workspace } from "../../src/nn/memory.ts";

/** kernels.wasm as it is committed. */
export const KERNELS: Uint8Array<ArrayBuffer> = Deno.readFileSync(
  new URL("../../src/nn/kernels.wasm", import.meta.url),
);
const MODULE = new WebAssembly.Module(KERNELS);
const PAGE = 65536;

/** The compiled kernels over a memory of their own, zero, of at least `bytes` bytes. */
export function compiledWorkspace(bytes: number): Workspace {
  const pages = Math.ceil(bytes / PAGE);
  return wasmWorkspace(MODULE, new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }));
}

/** The plain kernels over a memory of their own, zero, of as many bytes as compiledWorkspace() takes. */
export function plainWorkspace(bytes: number): Workspace {
  return referenceWorkspace({ buffer: new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE) });
}

/** The plain kernels in float64 with the engine's own functions. */
export function exactWorkspace(bytes: number): Workspace {
  const { tanh, exp, log } = Math;
  return referenceWorkspace({
    buffer: new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE),
    float64: { tanh, exp, log },
  });
}
