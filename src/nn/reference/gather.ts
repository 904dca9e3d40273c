import type { Kernels } from "../kernels.ts";
import { denseIndex, padded } from "../memory.ts";
import type { ReferenceContext } from "./functions.ts";

/** assembly/gather.ts, plainly. */
export function gatherReference(
  { floats, words, halves, bytes, singles }: ReferenceContext,
): Pick<Kernels, "gatherRows" | "transposeRows" | "gatherPixels" | "gatherNumbers" | "spreadRows"> {
  return {
    gatherRows(rowStarts, columns, values, table, order, B, starts, entries) {
      let n = 0;
      for (let b = 0; b < B; b++) {
        words[(starts >>> 2) + b] = n;
        const row = (rowStarts >>> 2) + words[(order >>> 2) + b];
        for (let i = words[row]; i < words[row + 1]; i++, n++) {
          floats[(entries >>> 2) + 2 * n] = floats[(table >>> 2) + bytes[values + i]];
          words[(entries >>> 2) + 2 * n + 1] = halves[(columns >>> 1) + i] * 128;
        }
      }
      words[(starts >>> 2) + B] = n;
    },

    transposeRows(starts, entries, B, D, _counts, touched, columnEntries, shortestFirst) {
      const lists: { column: number; rows: number[]; values: number[] }[] = [];
      for (let column = 0; column < D; column++) lists.push({ column, rows: [], values: [] });
      for (let b = 0; b < B; b++) {
        for (let e = words[(starts >>> 2) + b]; e < words[(starts >>> 2) + b + 1]; e++) {
          const list = lists[words[(entries >>> 2) + 2 * e + 1] / 128];
          list.rows.push(b);
          list.values.push(floats[(entries >>> 2) + 2 * e]);
        }
      }
      let n = 0;
      const used = lists.filter(({ rows }) => rows.length > 0).map(({ column, rows, values }) => {
        const first = n;
        for (let i = 0; i < rows.length; i++, n++) {
          floats[(columnEntries >>> 2) + 2 * n] = values[i];
          words[(columnEntries >>> 2) + 2 * n + 1] = rows[i] * 256;
        }
        return [column * 128, first * 8, n * 8];
      });
      if (shortestFirst) used.sort((a, b) => (a[2] - a[1]) - (b[2] - b[1]));
      used.forEach((list, t) => words.set(list, (touched >>> 2) + 4 * t));
      return used.length;
    },

    gatherPixels(pixels, table, order, x, B, D) {
      for (let b = 0; b < B; b++) {
        const row = pixels + words[(order >>> 2) + b] * D;
        for (let j = 0; j < padded(D); j++) {
          const place = (x >>> 2) + denseIndex(b, j, B);
          floats[place] = j < D ? floats[(table >>> 2) + bytes[row + j]] : 0;
        }
      }
    },

    gatherNumbers(numbers, order, x, B, D) {
      for (let b = 0; b < B; b++) {
        const row = (numbers >>> 2) + words[(order >>> 2) + b] * D;
        for (let j = 0; j < padded(D); j++) {
          floats[(x >>> 2) + denseIndex(b, j, B)] = j < D ? singles[row + j] : 0;
        }
      }
    },

    spreadRows(rowStarts, columns, values, table, order, x, B, D) {
      floats.fill(0, x >>> 2, (x >>> 2) + B * padded(D));
      for (let b = 0; b < B; b++) {
        const row = (rowStarts >>> 2) + words[(order >>> 2) + b];
        for (let i = words[row]; i < words[row + 1]; i++) {
          const place = (x >>> 2) + denseIndex(b, halves[(columns >>> 1) + i], B);
          floats[place] = floats[(table >>> 2) + bytes[values + i]];
        }
      }
    },
  };
}
