// Layers on dense rows. Weights lie in panels [Np / 16][Kp][16], activations and deltas in panels [Np / 16][B][16]; what pads K to Kp
// and N to Np (multiples of 16) is zero and stays zero. See sparse.ts for why everything comes in pairs.

import { accumulate, sumLanes } from "./tile";

/**
 * z = bias + a W: each sum runs over k in order, from the bias on. Tiles of 4 rows x 16 columns, then single rows.
 *
 * @param a f32[Kp / 16][B][16], `w` f32[Np / 16][Kp][16], `bias` f32[Np], `z` f32[Np / 16][B][16], written
 */
export function denseForward(a: usize, w: usize, bias: usize, z: usize, B: i32, K: i32, Np: i32): void {
  const panel = <usize>B << 6;
  const weights = <usize>((K + 15) & ~15) << 6;
  for (let p: i32 = 0; p < Np; p += 16) {
    const from = bias + (<usize>p << 2);
    let to = z + <usize>(p >> 4) * panel;
    let row = a;
    let b: i32 = 0;
    for (; b + 4 <= B; b += 4) {
      let c00 = v128.load(from, 0), c01 = v128.load(from, 16), c02 = v128.load(from, 32), c03 = v128.load(from, 48);
      let c10 = v128.load(from, 0), c11 = v128.load(from, 16), c12 = v128.load(from, 32), c13 = v128.load(from, 48);
      let c20 = v128.load(from, 0), c21 = v128.load(from, 16), c22 = v128.load(from, 32), c23 = v128.load(from, 48);
      let c30 = v128.load(from, 0), c31 = v128.load(from, 16), c32 = v128.load(from, 32), c33 = v128.load(from, 48);
      let q = w;
      let block = row;
      for (let k: i32 = 0; k < K; k += 16) {
        let x = block;
        const end = block + (<usize>min<i32>(16, K - k) << 2);
        while (x < end) {
          const w0 = v128.load(q, 0), w1 = v128.load(q, 16), w2 = v128.load(q, 32), w3 = v128.load(q, 48);
          const x0 = v128.load32_splat(x, 0);
          c00 = f32x4.add(c00, f32x4.mul(x0, w0)); c01 = f32x4.add(c01, f32x4.mul(x0, w1));
          c02 = f32x4.add(c02, f32x4.mul(x0, w2)); c03 = f32x4.add(c03, f32x4.mul(x0, w3));
          const x1 = v128.load32_splat(x, 64);
          c10 = f32x4.add(c10, f32x4.mul(x1, w0)); c11 = f32x4.add(c11, f32x4.mul(x1, w1));
          c12 = f32x4.add(c12, f32x4.mul(x1, w2)); c13 = f32x4.add(c13, f32x4.mul(x1, w3));
          const x2 = v128.load32_splat(x, 128);
          c20 = f32x4.add(c20, f32x4.mul(x2, w0)); c21 = f32x4.add(c21, f32x4.mul(x2, w1));
          c22 = f32x4.add(c22, f32x4.mul(x2, w2)); c23 = f32x4.add(c23, f32x4.mul(x2, w3));
          const x3 = v128.load32_splat(x, 192);
          c30 = f32x4.add(c30, f32x4.mul(x3, w0)); c31 = f32x4.add(c31, f32x4.mul(x3, w1));
          c32 = f32x4.add(c32, f32x4.mul(x3, w2)); c33 = f32x4.add(c33, f32x4.mul(x3, w3));
          x += 4;
          q += 64;
        }
        block += panel;
      }
      v128.store(to, c01, 16); v128.store(to, c00, 0); v128.store(to, c03, 48); v128.store(to, c02, 32);
      v128.store(to, c11, 80); v128.store(to, c10, 64); v128.store(to, c13, 112); v128.store(to, c12, 96);
      v128.store(to, c21, 144); v128.store(to, c20, 128); v128.store(to, c23, 176); v128.store(to, c22, 160);
      v128.store(to, c31, 208); v128.store(to, c30, 192); v128.store(to, c33, 240); v128.store(to, c32, 224);
      row += 256;
      to += 256;
    }
    for (; b < B; b++) {
      let c0 = v128.load(from, 0), c1 = v128.load(from, 16), c2 = v128.load(from, 32), c3 = v128.load(from, 48);
      let q = w;
      let block = row;
      for (let k: i32 = 0; k < K; k += 16) {
        let x = block;
        const end = block + (<usize>min<i32>(16, K - k) << 2);
        while (x < end) {
          const x0 = v128.load32_splat(x, 0);
          c0 = f32x4.add(c0, f32x4.mul(x0, v128.load(q, 0))); c1 = f32x4.add(c1, f32x4.mul(x0, v128.load(q, 16)));
          c2 = f32x4.add(c2, f32x4.mul(x0, v128.load(q, 32))); c3 = f32x4.add(c3, f32x4.mul(x0, v128.load(q, 48)));
          x += 4;
          q += 64;
        }
        block += panel;
      }
      v128.store(to, c1, 16); v128.store(to, c0, 0); v128.store(to, c3, 48); v128.store(to, c2, 32);
      row += 64;
      to += 64;
    }
    w += weights;
  }
}

/**
 * da = delta W': each sum runs over the columns in eight interleaved partial sums (column mod 8), which sumLanes() adds.
 * Tiles of 2 rows x 4 inputs, then single rows.
 *
 * @param delta f32[Np / 16][B][16], `w` f32[Np / 16][Kp][16], `da` f32[Kp / 16][B][16], written
 * @param zeros 128 bytes of zeros, `scratch` 256 bytes
 */
export function denseBackward(
  delta: usize, w: usize, da: usize, B: i32, Kp: i32, Np: i32, zeros: usize, scratch: usize,
): void {
  const panel = <usize>B << 6;
  const weights = <usize>Kp << 6;
  const end = w + <usize>(Np >> 4) * weights;
  for (let k: i32 = 0; k < Kp; k += 4) {
    let to = da + <usize>(k >> 4) * panel + (<usize>(k & 15) << 2);
    let b: i32 = 0;
    for (; b + 2 <= B; b += 2) {
      let c00 = v128.load(zeros, 0), e00 = v128.load(zeros, 16), c01 = v128.load(zeros, 0), e01 = v128.load(zeros, 16);
      let c02 = v128.load(zeros, 0), e02 = v128.load(zeros, 16), c03 = v128.load(zeros, 0), e03 = v128.load(zeros, 16);
      let c10 = v128.load(zeros, 0), e10 = v128.load(zeros, 16), c11 = v128.load(zeros, 0), e11 = v128.load(zeros, 16);
      let c12 = v128.load(zeros, 0), e12 = v128.load(zeros, 16), c13 = v128.load(zeros, 0), e13 = v128.load(zeros, 16);
      let d = delta + (<usize>b << 6);
      for (let q = w + (<usize>k << 6); q < end; q += weights) {
        // Columns 0 to 7 of the panel.
        let x0 = v128.load(d, 0), y0 = v128.load(d, 16), x1 = v128.load(d, 64), y1 = v128.load(d, 80);
        let u = v128.load(q, 0), v = v128.load(q, 16);
        c00 = f32x4.add(c00, f32x4.mul(x0, u)); e00 = f32x4.add(e00, f32x4.mul(y0, v));
        c10 = f32x4.add(c10, f32x4.mul(x1, u)); e10 = f32x4.add(e10, f32x4.mul(y1, v));
        u = v128.load(q, 64); v = v128.load(q, 80);
        c01 = f32x4.add(c01, f32x4.mul(x0, u)); e01 = f32x4.add(e01, f32x4.mul(y0, v));
        c11 = f32x4.add(c11, f32x4.mul(x1, u)); e11 = f32x4.add(e11, f32x4.mul(y1, v));
        u = v128.load(q, 128); v = v128.load(q, 144);
        c02 = f32x4.add(c02, f32x4.mul(x0, u)); e02 = f32x4.add(e02, f32x4.mul(y0, v));
        c12 = f32x4.add(c12, f32x4.mul(x1, u)); e12 = f32x4.add(e12, f32x4.mul(y1, v));
        u = v128.load(q, 192); v = v128.load(q, 208);
        c03 = f32x4.add(c03, f32x4.mul(x0, u)); e03 = f32x4.add(e03, f32x4.mul(y0, v));
        c13 = f32x4.add(c13, f32x4.mul(x1, u)); e13 = f32x4.add(e13, f32x4.mul(y1, v));
        // Columns 8 to 15.
        x0 = v128.load(d, 32); y0 = v128.load(d, 48); x1 = v128.load(d, 96); y1 = v128.load(d, 112);
        u = v128.load(q, 32); v = v128.load(q, 48);
        c00 = f32x4.add(c00, f32x4.mul(x0, u)); e00 = f32x4.add(e00, f32x4.mul(y0, v));
        c10 = f32x4.add(c10, f32x4.mul(x1, u)); e10 = f32x4.add(e10, f32x4.mul(y1, v));
        u = v128.load(q, 96); v = v128.load(q, 112);
        c01 = f32x4.add(c01, f32x4.mul(x0, u)); e01 = f32x4.add(e01, f32x4.mul(y0, v));
        c11 = f32x4.add(c11, f32x4.mul(x1, u)); e11 = f32x4.add(e11, f32x4.mul(y1, v));
        u = v128.load(q, 160); v = v128.load(q, 176);
        c02 = f32x4.add(c02, f32x4.mul(x0, u)); e02 = f32x4.add(e02, f32x4.mul(y0, v));
        c12 = f32x4.add(c12, f32x4.mul(x1, u)); e12 = f32x4.add(e12, f32x4.mul(y1, v));
        u = v128.load(q, 224); v = v128.load(q, 240);
        c03 = f32x4.add(c03, f32x4.mul(x0, u)); e03 = f32x4.add(e03, f32x4.mul(y0, v));
        c13 = f32x4.add(c13, f32x4.mul(x1, u)); e13 = f32x4.add(e13, f32x4.mul(y1, v));
        d += panel;
      }
      v128.store(scratch, e00, 16); v128.store(scratch, c00, 0); v128.store(scratch, e01, 48); v128.store(scratch, c01, 32);
      v128.store(scratch, e02, 80); v128.store(scratch, c02, 64); v128.store(scratch, e03, 112); v128.store(scratch, c03, 96);
      v128.store(scratch, e10, 144); v128.store(scratch, c10, 128); v128.store(scratch, e11, 176); v128.store(scratch, c11, 160);
      v128.store(scratch, e12, 208); v128.store(scratch, c12, 192); v128.store(scratch, e13, 240); v128.store(scratch, c13, 224);
      v128.store(to, sumLanes(scratch));
      v128.store(to, sumLanes(scratch + 128), 64);
      to += 128;
    }
    if (b < B) {
      let c0 = v128.load(zeros, 0), e0 = v128.load(zeros, 16), c1 = v128.load(zeros, 0), e1 = v128.load(zeros, 16);
      let c2 = v128.load(zeros, 0), e2 = v128.load(zeros, 16), c3 = v128.load(zeros, 0), e3 = v128.load(zeros, 16);
      let d = delta + (<usize>b << 6);
      for (let q = w + (<usize>k << 6); q < end; q += weights) {
        let x = v128.load(d, 0), y = v128.load(d, 16);
        c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 0))); e0 = f32x4.add(e0, f32x4.mul(y, v128.load(q, 16)));
        c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 64))); e1 = f32x4.add(e1, f32x4.mul(y, v128.load(q, 80)));
        c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 128))); e2 = f32x4.add(e2, f32x4.mul(y, v128.load(q, 144)));
        c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 192))); e3 = f32x4.add(e3, f32x4.mul(y, v128.load(q, 208)));
        x = v128.load(d, 32); y = v128.load(d, 48);
        c0 = f32x4.add(c0, f32x4.mul(x, v128.load(q, 32))); e0 = f32x4.add(e0, f32x4.mul(y, v128.load(q, 48)));
        c1 = f32x4.add(c1, f32x4.mul(x, v128.load(q, 96))); e1 = f32x4.add(e1, f32x4.mul(y, v128.load(q, 112)));
        c2 = f32x4.add(c2, f32x4.mul(x, v128.load(q, 160))); e2 = f32x4.add(e2, f32x4.mul(y, v128.load(q, 176)));
        c3 = f32x4.add(c3, f32x4.mul(x, v128.load(q, 224))); e3 = f32x4.add(e3, f32x4.mul(y, v128.load(q, 240)));
        d += panel;
      }
      v128.store(scratch, e0, 16); v128.store(scratch, c0, 0); v128.store(scratch, e1, 48); v128.store(scratch, c1, 32);
      v128.store(scratch, e2, 80); v128.store(scratch, c2, 64); v128.store(scratch, e3, 112); v128.store(scratch, c3, 96);
      v128.store(to, sumLanes(scratch));
    }
  }
}

/**
 * target += scale * a' delta: each sum runs over the batch's rows in order, from 0 on, before it is scaled and added. With the
 * weights as target and -learning_rate as scale this is the step of SGD; with zeros and 1, the gradient. Tiles of 4 inputs x 16 columns.
 *
 * @param a f32[Kp / 16][B][16], `delta` f32[Np / 16][B][16], `target` f32[Np / 16][Kp][16]
 * @param zeros 128 bytes of zeros
 */
export function denseUpdate(
  a: usize, delta: usize, target: usize, B: i32, Kp: i32, Np: i32, scale: f32, zeros: usize,
): void {
  const panel = <usize>B << 6;
  const s = f32x4.splat(scale);
  for (let p: i32 = 0; p < Np; p += 16) {
    for (let k: i32 = 0; k < Kp; k += 4) {
      let c00 = v128.load(zeros, 0), c01 = v128.load(zeros, 16), c02 = v128.load(zeros, 32), c03 = v128.load(zeros, 48);
      let c10 = v128.load(zeros, 0), c11 = v128.load(zeros, 16), c12 = v128.load(zeros, 32), c13 = v128.load(zeros, 48);
      let c20 = v128.load(zeros, 0), c21 = v128.load(zeros, 16), c22 = v128.load(zeros, 32), c23 = v128.load(zeros, 48);
      let c30 = v128.load(zeros, 0), c31 = v128.load(zeros, 16), c32 = v128.load(zeros, 32), c33 = v128.load(zeros, 48);
      let x = a + <usize>(k >> 4) * panel + (<usize>(k & 15) << 2);
      for (let d = delta, end = delta + panel; d < end; d += 64, x += 64) {
        const d0 = v128.load(d, 0), d1 = v128.load(d, 16), d2 = v128.load(d, 32), d3 = v128.load(d, 48);
        const x0 = v128.load32_splat(x, 0);
        c00 = f32x4.add(c00, f32x4.mul(x0, d0)); c01 = f32x4.add(c01, f32x4.mul(x0, d1));
        c02 = f32x4.add(c02, f32x4.mul(x0, d2)); c03 = f32x4.add(c03, f32x4.mul(x0, d3));
        const x1 = v128.load32_splat(x, 4);
        c10 = f32x4.add(c10, f32x4.mul(x1, d0)); c11 = f32x4.add(c11, f32x4.mul(x1, d1));
        c12 = f32x4.add(c12, f32x4.mul(x1, d2)); c13 = f32x4.add(c13, f32x4.mul(x1, d3));
        const x2 = v128.load32_splat(x, 8);
        c20 = f32x4.add(c20, f32x4.mul(x2, d0)); c21 = f32x4.add(c21, f32x4.mul(x2, d1));
        c22 = f32x4.add(c22, f32x4.mul(x2, d2)); c23 = f32x4.add(c23, f32x4.mul(x2, d3));
        const x3 = v128.load32_splat(x, 12);
        c30 = f32x4.add(c30, f32x4.mul(x3, d0)); c31 = f32x4.add(c31, f32x4.mul(x3, d1));
        c32 = f32x4.add(c32, f32x4.mul(x3, d2)); c33 = f32x4.add(c33, f32x4.mul(x3, d3));
      }
      const to = target + (<usize>k << 6);
      accumulate(to, s, c00, c01); accumulate(to + 32, s, c02, c03);
      accumulate(to + 64, s, c10, c11); accumulate(to + 96, s, c12, c13);
      accumulate(to + 128, s, c20, c21); accumulate(to + 160, s, c22, c23);
      accumulate(to + 192, s, c30, c31); accumulate(to + 224, s, c32, c33);
    }
    delta += panel;
    target += <usize>Kp << 6;
  }
}

/** target += scale * the sum of delta over the batch's rows, in order, from 0 on. `delta` f32[Np / 16][B][16], `target` f32[Np]. */
export function biasUpdate(delta: usize, target: usize, B: i32, Np: i32, scale: f32, zeros: usize): void {
  const s = f32x4.splat(scale);
  let d = delta;
  for (let p: i32 = 0; p < Np; p += 16) {
    let c0 = v128.load(zeros, 0), c1 = v128.load(zeros, 16), c2 = v128.load(zeros, 32), c3 = v128.load(zeros, 48);
    for (let b: i32 = 0; b < B; b++) {
      c0 = f32x4.add(c0, v128.load(d, 0)); c1 = f32x4.add(c1, v128.load(d, 16));
      c2 = f32x4.add(c2, v128.load(d, 32)); c3 = f32x4.add(c3, v128.load(d, 48));
      d += 64;
    }
    const to = target + (<usize>p << 2);
    accumulate(to, s, c0, c1);
    accumulate(to + 32, s, c2, c3);
  }
}
