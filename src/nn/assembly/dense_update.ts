import { accumulate } from "./tile";

/** Rows that the inner loop runs over, at most: V8 (15.0) unrolls it only as the loop of a loop. */
const ROWS: i32 = 128;

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
      let d = delta;
      for (let b: i32 = 0; b < B; b += ROWS) {
        const end = x + (<usize>min<i32>(ROWS, B - b) << 6);
        while (x < end) {
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
          x += 64;
          d += 64;
        }
      }
      const to = target + (<usize>k << 6);
      accumulate(to, to, s, c00, c01, c02, c03, c10, c11, c12, c13);
      accumulate(to + 128, to + 128, s, c20, c21, c22, c23, c30, c31, c32, c33);
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
    v128.store(to, f32x4.add(v128.load(to, 0), f32x4.mul(s, c0)), 0);
    v128.store(to, f32x4.add(v128.load(to, 16), f32x4.mul(s, c1)), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), f32x4.mul(s, c2)), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), f32x4.mul(s, c3)), 48);
  }
}
