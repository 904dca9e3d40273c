import { pack } from "./tile";

/**
 * z = bias + a W: each sum runs over k in order, from the bias on. Tiles of 4 rows x 16 columns, then single rows.
 *
 * A tile's rows are packed side by side first, of as many tiles at a time as the scratch holds: in a's panels they lie 64 B bytes apart,
 * a page each, which many a B puts into the same few sets of the cache.
 *
 * @param a f32[Kp / 16][B][16], `w` f32[Np / 16][Kp][16], `bias` f32[Np], `z` f32[Np / 16][B][16], written
 * @param scratch `room` bytes; where they are too few, this is slower
 */
export function denseForward(
  a: usize, w: usize, bias: usize, z: usize, B: i32, K: i32, Np: i32, scratch: usize, room: i32,
): void {
  const panel = <usize>B << 6;
  const panels = (K + 15) >> 4;
  const tiled = B & ~3;
  // One panel of columns reads each row only once.
  const fitting = Np > 16 ? room / (panels << 8) << 2 : 0;
  if (fitting == 0) {
    forwardTiles(a, 256, panel, w, bias, z, tiled, panel, K, Np);
  } else {
    for (let b: i32 = 0; b < tiled; b += fitting) {
      const rows = min<i32>(fitting, tiled - b);
      let to = scratch;
      for (let r = b; r < b + rows; r += 4) to = pack(a + (<usize>r << 6), panel, 256, panels, to);
      forwardTiles(scratch, <usize>panels << 8, 256, w, bias, z + (<usize>b << 6), rows, panel, K, Np);
    }
  }
  forwardRows(a + (<usize>tiled << 6), w, bias, z + (<usize>tiled << 6), B - tiled, panel, K, Np);
}

/** B rows, a multiple of 4: the tiles' rows begin `next` bytes apart, and their panels `step`. */
function forwardTiles(
  rows: usize, next: usize, step: usize, w: usize, bias: usize, z: usize, B: i32, panel: usize, K: i32, Np: i32,
): void {
  for (let p: i32 = 0; p < Np; p += 16) {
    const from = bias + (<usize>p << 2);
    let to = z + <usize>(p >> 4) * panel;
    let row = rows;
    for (let b: i32 = 0; b < B; b += 4) {
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
        block += step;
      }
      v128.store(to, c01, 16); v128.store(to, c00, 0); v128.store(to, c03, 48); v128.store(to, c02, 32);
      v128.store(to, c11, 80); v128.store(to, c10, 64); v128.store(to, c13, 112); v128.store(to, c12, 96);
      v128.store(to, c21, 144); v128.store(to, c20, 128); v128.store(to, c23, 176); v128.store(to, c22, 160);
      v128.store(to, c31, 208); v128.store(to, c30, 192); v128.store(to, c33, 240); v128.store(to, c32, 224);
      row += next;
      to += 256;
    }
    w += <usize>((K + 15) & ~15) << 6;
  }
}

/** Fewer than 4 rows. */
function forwardRows(a: usize, w: usize, bias: usize, z: usize, B: i32, panel: usize, K: i32, Np: i32): void {
  if (B == 0) return;
  for (let p: i32 = 0; p < Np; p += 16) {
    const from = bias + (<usize>p << 2);
    let to = z + <usize>(p >> 4) * panel;
    let row = a;
    for (let b: i32 = 0; b < B; b++) {
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
    w += <usize>((K + 15) & ~15) << 6;
  }
}
