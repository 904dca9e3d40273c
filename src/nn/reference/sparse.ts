import type { Kernels } from "../kernels.ts";
import { denseIndex, sparseIndex } from "../memory.ts";
import type { ReferenceContext } from "./functions.ts";

/** assembly/sparse.ts, plainly. */
export function sparseReference(
  { floats, words, round }: ReferenceContext,
): Pick<Kernels, "sparseForward" | "sparseSums" | "sparseUpdate"> {
  /** The sum over a column's list, from `sum` on, of column n of delta. */
  function addList(
    sum: number,
    { list: [first, last], delta, n, B }: { list: [number, number]; delta: number; n: number; B: number },
  ): number {
    for (let e = first >>> 2; e < last >>> 2; e += 2) {
      const b = words[e + 1] / 256;
      sum = round(sum + round(floats[e] * floats[(delta >>> 2) + denseIndex(b, n, B)]));
    }
    return sum;
  }

  return {
    sparseForward(starts, entries, w, bias, z, B, D, Np) {
      for (let b = 0; b < B; b++) {
        for (let n = 0; n < Np; n++) {
          let sum = floats[(bias >>> 2) + n];
          for (let e = words[(starts >>> 2) + b]; e < words[(starts >>> 2) + b + 1]; e++) {
            const x = floats[(entries >>> 2) + 2 * e];
            const j = words[(entries >>> 2) + 2 * e + 1] / 128;
            sum = round(sum + round(x * floats[(w >>> 2) + sparseIndex(j, n, D, Np)]));
          }
          floats[(z >>> 2) + denseIndex(b, n, B)] = sum;
        }
      }
    },

    sparseUpdate(touched, T, columnEntries, delta, target, B, D, Np, scale, _zeros, _scratch) {
      const s = round(scale);
      for (let t = 0; t < T; t++) {
        const [offset, first, last] = words.subarray((touched >>> 2) + 4 * t);
        const list: [number, number] = [columnEntries + first, columnEntries + last];
        for (let n = 0; n < Np; n++) {
          const sum = addList(0, { list, delta, n, B });
          const i = (target >>> 2) + sparseIndex(offset / 128, n, D, Np);
          floats[i] = round(floats[i] + round(s * sum));
        }
      }
    },

    sparseSums(touched, T, columnEntries, delta, sums, B, _rows, D, width, _zeros, first, _scratch) {
      if (first) floats.fill(0, sums >>> 2, (sums >>> 2) + D * width);
      for (let t = 0; t < T; t++) {
        const [offset, first, last] = words.subarray((touched >>> 2) + 4 * t);
        const list: [number, number] = [columnEntries + first, columnEntries + last];
        for (let n = 0; n < width; n++) {
          const i = (sums >>> 2) + sparseIndex(offset / 128, n, D, width);
          floats[i] = addList(floats[i], { list, delta, n, B });
        }
      }
    },
  };
}
