/**
 * Labelled rows of uint8 pixels that lie in a workspace's memory: the views' `byteOffset`s are the kernels' pointers. Sparse rows hold
 * the non-zero pixels of row i at rowStarts[i] to rowStarts[i + 1] of `columns` and `values`; dense rows hold count x features pixels.
 */
export type Rows = SparseRows | DenseRows;

/** @see Rows */
export interface SparseRows {
  readonly storage: "sparse";
  readonly count: number;
  readonly labels: Uint8Array;
  readonly rowStarts: Uint32Array;
  readonly columns: Uint16Array;
  readonly values: Uint8Array;
}

/** @see Rows */
export interface DenseRows {
  readonly storage: "dense";
  readonly count: number;
  readonly labels: Uint8Array;
  readonly pixels: Uint8Array;
}

/** The most entries that a row has: what a batch may need room for. 0 for dense rows. */
export function longestRow(rows: Rows): number {
  if (rows.storage === "dense") return 0;
  let longest = 0;
  for (let i = 0; i < rows.count; i++) {
    longest = Math.max(longest, rows.rowStarts[i + 1] - rows.rowStarts[i]);
  }
  return longest;
}
