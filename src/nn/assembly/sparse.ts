// The first layer on sparse rows. Weights lie in panels [Np / 32][D][32], and a last one [D][16] where Np is an odd multiple of 16.
// V8's revectorizer fuses two adjacent 128 bit operations where loads at p and p + 16 have no store between them, the operations
// are the same, and the results are stored at q + 16 and q (the other way round it leaves the first store behind): every kernel here
// works in such pairs.

import { accumulate } from "./tile";

/**
 * z = bias + x W for B sparse rows; each sum runs over the row's entries in order, from the bias on.
 *
 * @param starts u32[B + 1] and `entries` (column offset u32, value f32)[...] of gatherRows()
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
        const q = w + load<u32>(e);
        const x = v128.load32_splat(e, 4);
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
        const q = w + (load<u32>(e) >> 1);
        const x = v128.load32_splat(e, 4);
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
 */
export function sparseUpdate(
  touched: usize, T: i32, columnEntries: usize, delta: usize, target: usize, B: i32, D: i32, Np: i32, scale: f32, zeros: usize,
): void {
  const panel = <usize>B << 6;
  const s = f32x4.splat(scale);
  const end = touched + (<usize>T << 4);
  let p: i32 = 0;
  for (; p + 32 <= Np; p += 32) {
    const from = delta + <usize>(p >> 4) * panel;
    for (let t = touched; t < end; t += 16) {
      let e = columnEntries + load<u32>(t, 4);
      const last = columnEntries + load<u32>(t, 8);
      let c0 = v128.load(zeros, 0), c1 = v128.load(zeros, 16), c2 = v128.load(zeros, 32), c3 = v128.load(zeros, 48);
      let c4 = v128.load(zeros, 64), c5 = v128.load(zeros, 80), c6 = v128.load(zeros, 96), c7 = v128.load(zeros, 112);
      while (e < last) {
        const q = from + load<u32>(e);
        const r = q + panel;
        const x = v128.load32_splat(e, 4);
        c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0)));
        c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 16)));
        c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 32)));
        c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 48)));
        c4 = f32x4.add(c4, f32x4.mul(x, v128.load(r, 0)));
        c5 = f32x4.add(c5, f32x4.mul(x, v128.load(r, 16)));
        c6 = f32x4.add(c6, f32x4.mul(x, v128.load(r, 32)));
        c7 = f32x4.add(c7, f32x4.mul(x, v128.load(r, 48)));
        e += 8;
      }
      const to = target + load<u32>(t);
      accumulate(to, s, c0, c1);
      accumulate(to + 32, s, c2, c3);
      accumulate(to + 64, s, c4, c5);
      accumulate(to + 96, s, c6, c7);
    }
    target += <usize>D << 7;
  }
  if (p < Np) {
    const from = delta + <usize>(p >> 4) * panel;
    for (let t = touched; t < end; t += 16) {
      let e = columnEntries + load<u32>(t, 4);
      const last = columnEntries + load<u32>(t, 8);
      let c0 = v128.load(zeros, 0), c1 = v128.load(zeros, 16), c2 = v128.load(zeros, 32), c3 = v128.load(zeros, 48);
      while (e < last) {
        const q = from + load<u32>(e);
        const x = v128.load32_splat(e, 4);
        c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0)));
        c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 16)));
        c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 32)));
        c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 48)));
        e += 8;
      }
      const to = target + (load<u32>(t) >> 1);
      accumulate(to, s, c0, c1);
      accumulate(to + 32, s, c2, c3);
    }
  }
}
