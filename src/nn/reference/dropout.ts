import type { Kernels } from "../kernels.ts";
import { denseIndex } from "../memory.ts";
import type { ReferenceContext } from "./functions.ts";

/** assembly/dropout.ts, plainly. */
export function dropoutReference({ floats, halves, round }: ReferenceContext): Pick<Kernels, "dropUnits"> {
  return {
    dropUnits(from, draws, to, B, N, Np, least, scale) {
      const s = round(scale);
      for (let b = 0; b < B; b++) {
        for (let n = 0; n < Np; n++) {
          const i = denseIndex(b, n, B);
          const kept = halves[(draws >>> 1) + b * N + n] >= least;
          floats[(to >>> 2) + i] = kept ? round(floats[(from >>> 2) + i] * s) : 0;
        }
      }
    },
  };
}
