/** Compressed sparse rows of bytes: row i holds columns[k], values[k] for k from rowStarts[i] to rowStarts[i + 1] - 1. */
export interface CompressedRows {
  count: number;
  /** The width of a dense row. */
  features: number;
  /** count + 1 entries, from 0 to the number of values. */
  rowStarts: Uint32Array;
  /** Ascending within a row. */
  columns: Uint16Array;
  /** Never 0. */
  values: Uint8Array;
}

/** Columns are kept in 16 bits. */
export const MAX_FEATURES = 65_536;

/**
 * The non-zero bytes of `count` dense rows of `features` bytes. Throws TypeError unless pixels.length is
 * count x features, RangeError for more than 65,536 features.
 */
export function toSparseRows(
  pixels: Uint8Array,
  { count, features, nonZero = countNonZero(pixels) }: {
    count: number;
    features: number;
    /** What countNonZero() says of the pixels, where somebody has asked already. */
    nonZero?: number | undefined;
  },
): CompressedRows {
  if (!(features <= MAX_FEATURES)) {
    throw new RangeError(
      `Cannot make sparse rows: features must be at most ${MAX_FEATURES}, found ${features}`,
    );
  }
  if (pixels.length !== count * features) {
    throw new TypeError(
      `Cannot make sparse rows: pixels must be ${count} x ${features} bytes, found ${pixels.length}`,
    );
  }
  const rowStarts = new Uint32Array(count + 1);
  const columns = new Uint16Array(nonZero + 1);
  const values = new Uint8Array(nonZero + 1);
  const words = wordsOf(pixels);
  let k = 0;
  // No branch but for whole words, which are mostly zero: one for each pixel would be mispredicted. A zero is written as well, and the next
  // value over it.
  const add = (column: number, value: number) => {
    columns[k] = column;
    values[k] = value;
    k += (value + 255) >>> 8;
  };
  for (let row = 0; row < count; row++) {
    const start = row * features;
    const end = start + features;
    let i = start;
    while (i < end) {
      if ((i & 3) !== 0 || i + 4 > end) {
        add(i - start, pixels[i]);
        i++;
        continue;
      }
      const word = words[i >>> 2];
      if (word !== 0) {
        const column = i - start;
        add(column, word & 255);
        add(column + 1, word >>> 8 & 255);
        add(column + 2, word >>> 16 & 255);
        add(column + 3, word >>> 24);
      }
      i += 4;
    }
    rowStarts[row + 1] = k;
  }
  return { count, features, rowStarts, columns: columns.subarray(0, k), values: values.subarray(0, k) };
}

/** How many bytes are not 0. */
export function countNonZero(pixels: Uint8Array): number {
  const words = wordsOf(pixels);
  let nonZero = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === 0) continue;
    // The highest bit of each byte says whether the byte is not 0; the product adds them up in its highest byte.
    const bits = (((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) & 0x80808080;
    nonZero += Math.imul(bits >>> 7, 0x01010101) >>> 24;
  }
  for (let i = 4 * words.length; i < pixels.length; i++) nonZero += (pixels[i] + 255) >>> 8;
  return nonZero;
}

/** Four bytes each, without the last few that do not fill one. */
function wordsOf(pixels: Uint8Array): Uint32Array {
  const { buffer, byteOffset } = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice();
  return new Uint32Array(buffer, byteOffset, pixels.length >>> 2);
}
