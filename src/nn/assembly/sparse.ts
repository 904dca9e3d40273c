// The first layer on sparse rows. Weights lie in panels [Np / 32][D][32], and a last one [D][16] where Np is an odd multiple of 16.
// V8's revectorizer fuses two adjacent 128 bit operations where loads at p and p + 16 have no store between them, the operations
// are the same, and the results are stored at q + 16 and q (the other way round it leaves the first store behind): every kernel here
// works in such pairs.

import { accumulate } from "./tile";

/**
 * z = bias + x W for B sparse rows; each sum runs over the row's entries in order, from the bias on.
 *
 * @param starts u32[B + 1] and `entries` (value f32, column offset u32)[...] of gatherRows()
 * @param w f32 panels, `bias` f32[Np], `z` f32[Np / 16][B][16], written
 */
export function sparseForward(starts: usize, entries: usize, w: usize, bias: usize, z: usize, B: i32, D: i32, Np: i32): void {
  const panel = <usize>B << 6;
  let p: i32 = 0;
  for (; p + 32 <= Np; p += 32) {
    const from = bias + (<usize>p << 2);
    let to = z + <usize>(p >> 4) * panel;
    for (let b = 0; b < B; b++) {
      let e = entries + (<usize>load<u32>(starts + (<usize>b << 2)) << 3);
      const end = entries + (<usize>load<u32>(starts + (<usize>b << 2), 4) << 3);
      let c0 = v128.load(from, 0), c1 = v128.load(from, 16), c2 = v128.load(from, 32), c3 = v128.load(from, 48);
      let c4 = v128.load(from, 64), c5 = v128.load(from, 80), c6 = v128.load(from, 96), c7 = v128.load(from, 112);
      while (e < end) {
        const q = w + load<u32>(e, 4);
        const x = v128.load32_splat(e);
        c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0)));
        c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 16)));
        c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 32)));
        c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 48)));
        c4 = f32x4.add(c4, f32x4.mul(x, v128.load(q, 64)));
        c5 = f32x4.add(c5, f32x4.mul(x, v128.load(q, 80)));
        c6 = f32x4.add(c6, f32x4.mul(x, v128.load(q, 96)));
        c7 = f32x4.add(c7, f32x4.mul(x, v128.load(q, 112)));
        e += 8;
      }
      v128.store(to, c1, 16); v128.store(to, c0, 0); v128.store(to, c3, 48); v128.store(to, c2, 32);
      v128.store(to + panel, c5, 16); v128.store(to + panel, c4, 0); v128.store(to + panel, c7, 48); v128.store(to + panel, c6, 32);
      to += 64;
    }
    w += <usize>D << 7;
  }
  if (p < Np) {
    const from = bias + (<usize>p << 2);
    let to = z + <usize>(p >> 4) * panel;
    for (let b = 0; b < B; b++) {
      let e = entries + (<usize>load<u32>(starts + (<usize>b << 2)) << 3);
      const end = entries + (<usize>load<u32>(starts + (<usize>b << 2), 4) << 3);
      let c0 = v128.load(from, 0), c1 = v128.load(from, 16), c2 = v128.load(from, 32), c3 = v128.load(from, 48);
      while (e < end) {
        const q = w + (load<u32>(e, 4) >> 1);
        const x = v128.load32_splat(e);
        c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0)));
        c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 16)));
        c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 32)));
        c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 48)));
        e += 8;
      }
      v128.store(to, c1, 16); v128.store(to, c0, 0); v128.store(to, c3, 48); v128.store(to, c2, 32);
      to += 64;
    }
  }
}

/**
 * target += scale * x' delta on the touched columns; each sum runs over the column's list in order, from 0 on, before it is scaled
 * and added. With the weights as target and -learning_rate as scale this is the step of SGD; with zeros and 1, the gradient.
 *
 * @param touched and `columnEntries` of transposeRows(); `T` is its result
 * @param delta f32[Np / 16][B][16]
 * @param target f32 panels, as sparseForward()'s weights
 * @param zeros 128 bytes of zeros
 * @param scratch 256 * B bytes
 */
export function sparseUpdate(
  touched: usize, T: i32, columnEntries: usize, delta: usize, target: usize, B: i32, D: i32, Np: i32, scale: f32, zeros: usize,
  scratch: usize,
): void {
  const panel = <usize>B << 6;
  const end = touched + (<usize>T << 4);
  const next = <usize>D << 7;
  let p: i32 = 0;
  for (; p + 64 <= Np; p += 64) {
    packColumns(delta, panel, B, 4, scratch);
    addLists64(touched, end, columnEntries, scratch, zeros, 0, target, -1, target, scale, next);
    delta += panel << 2;
    target += next << 1;
  }
  for (; p + 32 <= Np; p += 32) {
    packColumns(delta, panel, B, 2, scratch);
    addLists32(touched, end, columnEntries, scratch, zeros, 0, target, -1, target, scale);
    delta += panel << 1;
    target += next;
  }
  if (p < Np) addLists16(touched, end, columnEntries, delta, zeros, 0, target, -1, target, scale);
}

/**
 * sums += x' delta on the touched columns, for `width` columns of delta, 64, 32 or 16: of some of a batch's rows, so that their deltas
 * stay in the first cache. Each sum goes on where it stopped, so that after all rows it is sparseUpdate()'s, unscaled.
 *
 * @param touched and `columnEntries` of transposeRows() of the rows; `T` is its result
 * @param delta f32[width / 16][B][16], from the first of the `rows` rows on
 * @param sums f32 panels of `width` columns
 * @param first 1: the sums are zeros before; 0: they are as they lie there
 * @param scratch 256 * rows bytes
 */
export function sparseSums(
  touched: usize, T: i32, columnEntries: usize, delta: usize, sums: usize, B: i32, rows: i32, D: i32, width: i32, zeros: usize,
  first: i32, scratch: usize,
): void {
  if (first != 0) memory.fill(sums, 0, <usize>(D * width) << 2);
  const panel = <usize>B << 6;
  const end = touched + (<usize>T << 4);
  if (width > 16) packColumns(delta, panel, rows, width >> 4, scratch);
  // A sum that begins at 0 is never -0, so that 0 + 1 * sum is it in every bit.
  if (width == 64) {
    addLists64(touched, end, columnEntries, scratch, sums, -1, zeros, 0, sums, 1, <usize>D << 7);
  } else if (width == 32) {
    addLists32(touched, end, columnEntries, scratch, sums, -1, zeros, 0, sums, 1);
  } else {
    addLists16(touched, end, columnEntries, delta, sums, -1, zeros, 0, sums, 1);
  }
}

/**
 * Lays the columns of `panels` panels side by side, for `rows` rows: what a list reads of a row is one place. A panel at a time: row by row,
 * by pack(), the update takes 1.05x the time at batch 20.
 */
function packColumns(delta: usize, panel: usize, rows: i32, panels: i32, to: usize): void {
  const step = <usize>panels << 6;
  for (; panels > 0; panels--) {
    let q = to;
    for (let d = delta, end = delta + (<usize>rows << 6); d < end; d += 64) {
      const d0 = v128.load(d, 0), d1 = v128.load(d, 16), d2 = v128.load(d, 32), d3 = v128.load(d, 48);
      v128.store(q, d1, 16); v128.store(q, d0, 0); v128.store(q, d3, 48); v128.store(q, d2, 32);
      q += step;
    }
    delta += panel;
    to += 64;
  }
}

// The sums of the lists from `touched` to `end`, over packed rows of delta. Each begins at `start`, to which the column's offset is added
// where `started` is -1 (0: it is not), and base + scale * the sum is written to `to`; `based` is to `base` what `started` is to `start`.

/** 64 columns of each list. */
function addLists64(
  touched: usize, end: usize, columnEntries: usize, rows: usize, start: usize, started: usize,
  base: usize, based: usize, to: usize, scale: f32, next: usize,
): void {
  const s = f32x4.splat(scale);
  for (let t = touched; t < end; t += 16) {
    const column = <usize>load<u32>(t);
    let e = columnEntries + load<u32>(t, 4);
    const last = columnEntries + load<u32>(t, 8);
    const i = start + (column & started), j = i + (next & started);
    let c0 = v128.load(i, 0), c1 = v128.load(i, 16), c2 = v128.load(i, 32), c3 = v128.load(i, 48);
    let c4 = v128.load(i, 64), c5 = v128.load(i, 80), c6 = v128.load(i, 96), c7 = v128.load(i, 112);
    let c8 = v128.load(j, 0), c9 = v128.load(j, 16), c10 = v128.load(j, 32), c11 = v128.load(j, 48);
    let c12 = v128.load(j, 64), c13 = v128.load(j, 80), c14 = v128.load(j, 96), c15 = v128.load(j, 112);
    while (e < last) {
      const q = rows + load<u32>(e, 4);
      const x = v128.load32_splat(e);
      c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0)));
      c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 16)));
      c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 32)));
      c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 48)));
      c4 = f32x4.add(c4, f32x4.mul(x, v128.load(q, 64)));
      c5 = f32x4.add(c5, f32x4.mul(x, v128.load(q, 80)));
      c6 = f32x4.add(c6, f32x4.mul(x, v128.load(q, 96)));
      c7 = f32x4.add(c7, f32x4.mul(x, v128.load(q, 112)));
      c8 = f32x4.add(c8, f32x4.mul(x, v128.load(q, 128)));
      c9 = f32x4.add(c9, f32x4.mul(x, v128.load(q, 144)));
      c10 = f32x4.add(c10, f32x4.mul(x, v128.load(q, 160)));
      c11 = f32x4.add(c11, f32x4.mul(x, v128.load(q, 176)));
      c12 = f32x4.add(c12, f32x4.mul(x, v128.load(q, 192)));
      c13 = f32x4.add(c13, f32x4.mul(x, v128.load(q, 208)));
      c14 = f32x4.add(c14, f32x4.mul(x, v128.load(q, 224)));
      c15 = f32x4.add(c15, f32x4.mul(x, v128.load(q, 240)));
      e += 8;
    }
    const from = base + (column & based);
    const out = to + column;
    accumulate(out, from, s, c0, c1, c2, c3, c4, c5, c6, c7);
    accumulate(out + next, from + (next & based), s, c8, c9, c10, c11, c12, c13, c14, c15);
  }
}

/** 32 columns of each list. */
function addLists32(
  touched: usize, end: usize, columnEntries: usize, rows: usize, start: usize, started: usize,
  base: usize, based: usize, to: usize, scale: f32,
): void {
  const s = f32x4.splat(scale);
  for (let t = touched; t < end; t += 16) {
    const column = <usize>load<u32>(t);
    let e = columnEntries + load<u32>(t, 4);
    const last = columnEntries + load<u32>(t, 8);
    const i = start + (column & started);
    let c0 = v128.load(i, 0), c1 = v128.load(i, 16), c2 = v128.load(i, 32), c3 = v128.load(i, 48);
    let c4 = v128.load(i, 64), c5 = v128.load(i, 80), c6 = v128.load(i, 96), c7 = v128.load(i, 112);
    while (e < last) {
      const q = rows + (load<u32>(e, 4) >> 1);
      const x = v128.load32_splat(e);
      c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0)));
      c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 16)));
      c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 32)));
      c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 48)));
      c4 = f32x4.add(c4, f32x4.mul(x, v128.load(q, 64)));
      c5 = f32x4.add(c5, f32x4.mul(x, v128.load(q, 80)));
      c6 = f32x4.add(c6, f32x4.mul(x, v128.load(q, 96)));
      c7 = f32x4.add(c7, f32x4.mul(x, v128.load(q, 112)));
      e += 8;
    }
    const from = base + (column & based);
    const out = to + column;
    accumulate(out, from, s, c0, c1, c2, c3, c4, c5, c6, c7);
  }
}

/** 16 columns of each list. */
function addLists16(
  touched: usize, end: usize, columnEntries: usize, rows: usize, start: usize, started: usize,
  base: usize, based: usize, to: usize, scale: f32,
): void {
  const s = f32x4.splat(scale);
  for (let t = touched; t < end; t += 16) {
    const column = <usize>load<u32>(t) >> 1;
    let e = columnEntries + load<u32>(t, 4);
    const last = columnEntries + load<u32>(t, 8);
    const i = start + (column & started);
    let c0 = v128.load(i, 0), c1 = v128.load(i, 16), c2 = v128.load(i, 32), c3 = v128.load(i, 48);
    while (e < last) {
      const q = rows + (load<u32>(e, 4) >> 2);
      const x = v128.load32_splat(e);
      c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0)));
      c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 16)));
      c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 32)));
      c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 48)));
      e += 8;
    }
    const from = base + (column & based);
    const a = f32x4.add(v128.load(from, 0), f32x4.mul(s, c0)), b = f32x4.add(v128.load(from, 16), f32x4.mul(s, c1));
    const c = f32x4.add(v128.load(from, 32), f32x4.mul(s, c2)), d = f32x4.add(v128.load(from, 48), f32x4.mul(s, c3));
    const out = to + column;
    v128.store(out, b, 16); v128.store(out, a, 0); v128.store(out, d, 48); v128.store(out, c, 32);
  }
}
