import type { RandomNumbers } from "../random_numbers.ts";
import type { Region, TwinMemory } from "./twin_memory.ts";

/** Sparse rows in plain arrays, as src/data/dataset.ts has them. */
export interface PlainRows {
  rowStarts: Uint32Array<ArrayBuffer>;
  columns: Uint16Array<ArrayBuffer>;
  values: Uint8Array<ArrayBuffer>;
}

/** Rows of D pixels in turn: none set, all set, few, half of them. */
export function mixedRows(rows: number, D: number, random: RandomNumbers): PlainRows {
  const dense = Array.from({ length: rows }, (_, i) => random.pixels(D, [0, 1, 0.15, 0.5][i % 4]));
  return sparseRows(dense);
}

/** The non-zero pixels of dense rows. */
export function sparseRows(dense: ArrayLike<number>[]): PlainRows {
  const rowStarts = [0], columns: number[] = [], values: number[] = [];
  for (const row of dense) {
    for (let j = 0; j < row.length; j++) {
      if (row[j] === 0) continue;
      columns.push(j);
      values.push(row[j]);
    }
    rowStarts.push(columns.length);
  }
  return {
    rowStarts: Uint32Array.from(rowStarts),
    columns: Uint16Array.from(columns),
    values: Uint8Array.from(values),
  };
}

/** Where a gathered batch lies. */
export interface GatheredBatch {
  starts: Region;
  entries: Region;
  counts: Region;
  touched: Region;
  columnEntries: Region;
  /** How many columns are touched. */
  T: number;
}

/** Places rows, gathers those of `order` and transposes them, the two kernels held against the reference. */
export function gatherBatch(
  memory: TwinMemory,
  { rows, order, table, D, name, shortestFirst = true }: {
    rows: PlainRows;
    order: Uint32Array;
    table: Float32Array;
    D: number;
    name: string;
    shortestFirst?: boolean;
  },
): GatheredBatch {
  const B = order.length;
  const size = order.reduce((sum, i) => sum + rows.rowStarts[i + 1] - rows.rowStarts[i], 0);
  const [rowStarts, columns, values] = [rows.rowStarts, rows.columns, rows.values].map((x) =>
    memory.place(x)
  );
  const [scale, drawn] = [memory.place(table), memory.place(order)];
  const starts = memory.room(4 * (B + 1));
  const entries = memory.room(8 * size);
  const counts = memory.room(4 * (D + B + 2));
  const touched = memory.room(16 * D);
  const columnEntries = memory.room(8 * size);
  memory.run(
    (kernels) =>
      kernels.gatherRows(
        rowStarts.at,
        columns.at,
        values.at,
        scale.at,
        drawn.at,
        B,
        starts.at,
        entries.at,
      ),
    { name: `gatherRows(${name})`, written: [starts, entries] },
  );
  const T = memory.run(
    (kernels) =>
      kernels.transposeRows(
        starts.at,
        entries.at,
        B,
        D,
        counts.at,
        touched.at,
        columnEntries.at,
        shortestFirst ? 1 : 0,
      ),
    { name: `transposeRows(${name})`, written: [touched, columnEntries], scratch: [counts] },
  );
  return { starts, entries, counts, touched, columnEntries, T };
}
