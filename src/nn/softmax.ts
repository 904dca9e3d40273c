import { FLOAT32_FUNCTIONS } from "./reference/functions.ts";

/**
 * The softmax of each C logits, into as many places, which may be the same: as the kernels form it, the exponentials in float32, their sum in float64, in the
 * order of the classes.
 */
export function softmaxRows(logits: Float32Array, into: Float32Array, C: number): void {
  for (let first = 0; first < logits.length; first += C) {
    const row = logits.subarray(first, first + C);
    const top = row.reduce((a, z) => Math.max(a, z), -Infinity);
    const exps = row.map((z) => FLOAT32_FUNCTIONS.exp(Math.fround(z - top)));
    const total = exps.reduce((sum, e) => sum + e, 0);
    for (let c = 0; c < C; c++) into[first + c] = exps[c] / total;
  }
}
