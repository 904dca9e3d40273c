import { FLOAT32_FUNCTIONS } from "./reference/functions.ts";

/**
 * The softmax of each C logits, into as many places, which may be the same: as the kernels form it, the exponentials in float32, their sum in float64, in the
 * order of the classes.
 */
export function softmaxRows(logits: Float32Array, into: Float32Array, C: number): void {
  const { exp } = FLOAT32_FUNCTIONS;
  for (let first = 0; first < logits.length; first += C) {
    const end = first + C;
    let top = -Infinity;
    for (let i = first; i < end; i++) top = Math.max(top, logits[i]);
    let total = 0;
    for (let i = first; i < end; i++) {
      into[i] = exp(Math.fround(logits[i] - top));
      total += into[i];
    }
    for (let i = first; i < end; i++) into[i] /= total;
  }
}
