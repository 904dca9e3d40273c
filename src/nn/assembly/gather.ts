// A batch's rows, drawn from the data set by an index list: no allocation, one pass over the batch's pixels for each function.

/**
 * Gathers B sparse rows of uint8 pixels as (value f32, column offset u32) entries, row after row.
 * A column's offset is column * 128: the bytes between two rows of a 32 wide weight panel. The value comes first, as V8 computes an
 * address for a number that is spread over lanes wherever it has an offset.
 *
 * @param rowStarts u32[rows + 1], the first entry of each row of the data set
 * @param columns u16[entries] and `values` u8[entries], the data set's non-zero pixels
 * @param table f32[256], what a pixel's value is scaled to
 * @param order u32[B], the rows to gather
 * @param starts u32[B + 1], written: the first entry of each row of the batch
 * @param entries (f32, u32)[...], written
 */
export function gatherRows(
  rowStarts: usize, columns: usize, values: usize, table: usize, order: usize, B: i32, starts: usize, entries: usize,
): void {
  let entry = entries;
  for (let b: i32 = 0; b < B; b++) {
    if ((b & 7) == 0) touchRows(rowStarts, columns, values, order + (<usize>b << 2), min<i32>(8, B - b));
    store<u32>(starts + (<usize>b << 2), <u32>((entry - entries) >> 3));
    const row = rowStarts + (<usize>load<u32>(order + (<usize>b << 2)) << 2);
    const first = <usize>load<u32>(row), last = <usize>load<u32>(row, 4);
    for (let i = first; i < last; i++) {
      store<u32>(entry, load<u32>(table + (<usize>load<u8>(values + i) << 2)));
      store<u32>(entry, <u32>load<u16>(columns + (i << 1)) << 7, 4);
      entry += 8;
    }
  }
  store<u32>(starts + (<usize>B << 2), <u32>((entry - entries) >> 3));
}

/** Loads a byte of every cache line of some rows, which lie anywhere in memory: so many at a time are waited for at once. */
function touchRows(rowStarts: usize, columns: usize, values: usize, order: usize, rows: i32): void {
  let sum: u32 = 0;
  for (let b: i32 = 0; b < rows; b++) {
    const row = rowStarts + (<usize>load<u32>(order + (<usize>b << 2)) << 2);
    const first = <usize>load<u32>(row), last = <usize>load<u32>(row, 4);
    for (let at = columns + (first << 1), end = columns + (last << 1); at < end; at += 64) sum += load<u8>(at);
    for (let at = values + first, end = values + last; at < end; at += 64) sum += load<u8>(at);
  }
  // No sum of bytes is so large; without the question the loads would be left out.
  if (sum == u32.MAX_VALUE) unreachable();
}

/**
 * Transposes a batch's sparse rows: for each touched column the list of (value f32, row offset u32), by counting sort.
 * A row's offset is row * 256: the bytes of 64 columns of delta. Lists keep the rows' order.
 *
 * The lists come in the columns' order, in which wide weights are streamed through, or the shortest first: as long as narrow weights
 * stay near a core, an inner loop whose length is predictable is worth more.
 *
 * @param starts u32[B + 1] of gatherRows(), from the first of the rows on: B may be some of a batch's rows
 * @param counts u32[D + B + 2], scratch
 * @param touched (column offset, first byte, last byte, unused) u32x4[D], written: the lists' places in columnEntries
 * @param columnEntries (f32, u32)[...], written
 * @param shortestFirst 1: as said; 0: in the columns' order
 * @returns how many columns are touched
 */
export function transposeRows(
  starts: usize, entries: usize, B: i32, D: i32, counts: usize, touched: usize, columnEntries: usize, shortestFirst: i32,
): i32 {
  const listsBefore = counts + (<usize>D << 2); // u32[B + 2]: lists shorter than this length
  const begin = entries + (<usize>load<u32>(starts) << 3);
  const end = entries + (<usize>load<u32>(starts + (<usize>B << 2)) << 3);

  // Count each column's entries.
  memory.fill(counts, 0, <usize>D << 2);
  for (let entry = begin; entry < end; entry += 8) {
    const count = counts + <usize>(load<u32>(entry, 4) >> 5);
    store<u32>(count, load<u32>(count) + 1);
  }

  // Count the lists of each length; then where the first list of each length stands.
  if (shortestFirst != 0) {
    memory.fill(listsBefore, 0, <usize>(B + 2) << 2);
    for (let j = 0; j < D; j++) {
      const place = listsBefore + (<usize>load<u32>(counts + (<usize>j << 2)) << 2);
      store<u32>(place, load<u32>(place) + 1);
    }
    let before: u32 = 0;
    for (let length = 1; length <= B; length++) {
      const at = listsBefore + (<usize>length << 2);
      const number = load<u32>(at);
      store<u32>(at, before);
      before += number;
    }
  }

  // Place the lists; a column's count becomes the place of its next entry.
  let lists: u32 = 0, bytes: u32 = 0;
  for (let j = 0; j < D; j++) {
    const count = counts + (<usize>j << 2);
    const length = load<u32>(count);
    if (length == 0) continue;
    let list = lists++;
    if (shortestFirst != 0) {
      const at = listsBefore + (<usize>length << 2);
      list = load<u32>(at);
      store<u32>(at, list + 1);
    }
    const t = touched + (<usize>list << 4);
    store<u32>(t, <u32>j << 7);
    store<u32>(t, bytes, 4);
    store<u32>(count, bytes);
    bytes += length << 3;
    store<u32>(t, bytes, 8);
  }

  // Distribute the entries.
  for (let b = 0; b < B; b++) {
    const last = entries + (<usize>load<u32>(starts + (<usize>b << 2), 4) << 3);
    for (let entry = entries + (<usize>load<u32>(starts + (<usize>b << 2)) << 3); entry < last; entry += 8) {
      const count = counts + <usize>(load<u32>(entry, 4) >> 5);
      const next = load<u32>(count);
      store<u32>(count, next + 8);
      store<u32>(columnEntries + next, load<u32>(entry));
      store<u32>(columnEntries + next, <u32>(b << 8), 4);
    }
  }
  return <i32>lists;
}

/**
 * Gathers B dense rows of D uint8 pixels into panels f32[Dp / 16][B][16], scaled by `table`; the columns from D on are zero.
 */
export function gatherPixels(pixels: usize, table: usize, order: usize, x: usize, B: i32, D: i32): void {
  const panel = <usize>B << 6;
  for (let b = 0; b < B; b++) {
    let pixel = pixels + <usize>load<u32>(order + (<usize>b << 2)) * <usize>D;
    const end = pixel + <usize>D;
    let out = x + (<usize>b << 6);
    while (pixel < end) {
      const last = min<usize>(pixel + 16, end);
      let to = out;
      for (; pixel < last; pixel++, to += 4) store<u32>(to, load<u32>(table + (<usize>load<u8>(pixel) << 2)));
      for (; to < out + 64; to += 4) store<u32>(to, 0);
      out += panel;
    }
  }
}

/**
 * Gathers B rows of D float32 numbers into panels f32[Dp / 16][B][16], as they are; the columns from D on are zero.
 */
export function gatherNumbers(numbers: usize, order: usize, x: usize, B: i32, D: i32): void {
  const panel = <usize>B << 6;
  const row = <usize>D << 2;
  for (let b = 0; b < B; b++) {
    let number = numbers + <usize>load<u32>(order + (<usize>b << 2)) * row;
    const end = number + row;
    let out = x + (<usize>b << 6);
    while (number < end) {
      const last = min<usize>(number + 64, end);
      let to = out;
      for (; number < last; number += 4, to += 4) store<u32>(to, load<u32>(number));
      for (; to < out + 64; to += 4) store<u32>(to, 0);
      out += panel;
    }
  }
}

/**
 * Spreads B sparse rows of uint8 pixels out into panels f32[Dp / 16][B][16], scaled by `table`; all other columns are zero.
 * The data set's rows as gatherRows() has them.
 */
export function spreadRows(
  rowStarts: usize, columns: usize, values: usize, table: usize, order: usize, x: usize, B: i32, D: i32,
): void {
  memory.fill(x, 0, (<usize>B * <usize>((D + 15) & ~15)) << 2);
  for (let b = 0; b < B; b++) {
    const row = rowStarts + (<usize>load<u32>(order + (<usize>b << 2)) << 2);
    for (let i = <usize>load<u32>(row), last = <usize>load<u32>(row, 4); i < last; i++) {
      const j = <usize>load<u16>(columns + (i << 1));
      const place = (((j >> 4) * <usize>B + <usize>b) << 6) + ((j & 15) << 2);
      store<u32>(x + place, load<u32>(table + (<usize>load<u8>(values + i) << 2)));
    }
  }
}
