/**
 * Labelled rows of uint8 pixels that lie in a workspace's memory: the views' `byteOffset`s are the kernels' pointers. Sparse rows hold
 * the non-zero pixels of row i at rowStarts[i] to rowStarts[i + 1] of `columns` and `values`; dense rows hold count x features pixels.
 */
export type Rows = SparseRows | DenseRows;

/** Rows of which most pixels are zero. */
export interface SparseRows {
  /** Tells the two kinds apart. */
  readonly storage: "sparse";
  /** How many rows. */
  readonly count: number;
  /** A class for each row. */
  readonly labels: Uint8Array;
  /** count + 1 places in `columns` and `values`. */
  readonly rowStarts: Uint32Array;
  /** Columns of the non-zero pixels, ascending in a row. */
  readonly columns: Uint16Array;
  /** The non-zero pixels. */
  readonly values: Uint8Array;
}

/** Rows whose pixels are all written out. */
export interface DenseRows {
  /** Tells the two kinds apart. */
  readonly storage: "dense";
  /** How many rows. */
  readonly count: number;
  /** A class for each row. */
  readonly labels: Uint8Array;
  /** count x features pixels. */
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
