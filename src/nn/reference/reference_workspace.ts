import type { Workspace } from "../memory.ts";
import { activationReference } from "./activation.ts";
import { FLOAT32_FUNCTIONS, type Functions, type ReferenceContext } from "./functions.ts";
import { denseReference } from "./dense.ts";
import { dropoutReference } from "./dropout.ts";
import { gatherReference } from "./gather.ts";
import { lossReference } from "./loss.ts";
import { optimizerReference } from "./optimizer.ts";
import { sparseReference } from "./sparse.ts";

/**
 * The plain kernels: the same signatures, layouts and order of operations as kernels.wasm, one number at a time. In float32 they give
 * the same bits; in float64, with exact functions, gradients can be held against central differences.
 *
 * @param options.buffer the memory; in float64, floats live beside it
 * @param options.functions in float64 only: exact tanh, exp and log
 */
export function referenceWorkspace(options: { buffer: ArrayBufferLike; float64?: Functions }): Workspace {
  const { buffer, float64 } = options;
  const context: ReferenceContext = {
    floats: float64 ? new Float64Array(buffer.byteLength >>> 2) : new Float32Array(buffer),
    words: new Uint32Array(buffer),
    halves: new Uint16Array(buffer),
    bytes: new Uint8Array(buffer),
    singles: new Float32Array(buffer),
    functions: float64 ?? FLOAT32_FUNCTIONS,
    round: float64 ? (x) => x : Math.fround,
  };
  const kernels = {
    ...gatherReference(context),
    ...sparseReference(context),
    ...denseReference(context),
    ...activationReference(context),
    ...dropoutReference(context),
    ...lossReference(context),
    ...optimizerReference(context),
  };
  return { kernels, floats: context.floats, words: context.words, bytes: context.bytes };
}
