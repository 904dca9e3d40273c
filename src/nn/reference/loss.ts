import type { Kernels } from "../kernels.ts";
import { denseIndex } from "../memory.ts";
import type { ReferenceContext } from "./functions.ts";

/** assembly/loss.ts, plainly. */
export function lossReference(
  { floats, words, bytes, round, functions }: ReferenceContext,
): Pick<Kernels, "softmaxDelta" | "softmaxLoss"> {
  /** Row b: where its logits stand, the greatest of them, exp of each less the greatest, and the sum of these in float64. */
  const row = (z: number, b: number, B: number, C: number) => {
    const places = Array.from({ length: C }, (_, c) => (z >>> 2) + denseIndex(b, c, B));
    const logits = places.map((i) => floats[i]);
    const top = Math.max(...logits);
    const exps = logits.map((x) => functions.exp(round(x - top)));
    return { places, logits, top, exps, total: exps.reduce((sum, e) => sum + e, 0) };
  };
  return {
    softmaxDelta(z, labels, order, B, C, scale, sum) {
      const s = round(scale);
      for (let b = 0; b < B; b++) {
        const label = bytes[labels + words[(order >>> 2) + b]];
        const { places, logits, top, exps, total } = row(z, b, B, C);
        for (let c = 0; c < C; c++) {
          const y = round(exps[c] / total);
          floats[places[c]] = round(round(y - (c === label ? 1 : 0)) * s);
        }
        for (let c = C; c % 4 > 0; c++) floats[(z >>> 2) + denseIndex(b, c, B)] = 0;
        sum += functions.log(total) - round(logits[label] - top);
      }
      return sum;
    },

    softmaxLoss(z, labels, order, predictions, B, C, sum) {
      for (let b = 0; b < B; b++) {
        const label = bytes[labels + words[(order >>> 2) + b]];
        const { logits, top, total } = row(z, b, B, C);
        bytes[predictions + b] = Math.max(0, logits.indexOf(top));
        sum += functions.log(total) - round(logits[label] - top);
      }
      return sum;
    },
  };
}
