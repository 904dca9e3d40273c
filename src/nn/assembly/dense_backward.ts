import { pack, sumLanes } from "./tile";

/**
 * da = delta W': each sum runs over the columns in eight interleaved partial sums (column mod 8), which sumLanes() adds.
 * Tiles of 2 rows x 4 inputs, then a single row.
 *
 * Of wide layers and more than a few rows, what a tile reads is packed side by side first: of the deltas as many rows at a time as the
 * scratch holds. In the panels it lies 64 B and 64 Kp bytes apart, a page each, and wide layers have more panels than the cache has ways.
 *
 * @param delta f32[Np / 16][B][16], `w` f32[Np / 16][Kp][16], `da` f32[Kp / 16][B][16], written
 * @param zeros 128 bytes of zeros
 * @param scratch `room` bytes, 256 or more; where they are too few to pack, this is slower
 */
export function denseBackward(
  delta: usize, w: usize, da: usize, B: i32, Kp: i32, Np: i32, zeros: usize, scratch: usize, room: i32,
): void {
  const panel = <usize>B << 6;
  const weights = <usize>Kp << 6;
  const panels = Np >> 4;
  const end = w + <usize>panels * weights;
  const paired = B & ~1;
  const tile = scratch + 256;
  const packed = tile + (<usize>panels << 8);
  const fitting = Np >= 256 && B >= 8 ? (room - 256 - (panels << 8)) / (panels << 7) << 1 : 0;
  if (fitting <= 0) {
    for (let k: i32 = 0; k < Kp; k += 4) {
      backwardPairs(delta, 128, panel, w + (<usize>k << 6), end, weights, into(da, k, panel), paired, zeros, scratch);
    }
  } else {
    for (let b: i32 = 0; b < paired; b += fitting) {
      const rows = min<i32>(fitting, paired - b);
      let to = packed;
      for (let r = b; r < b + rows; r += 2) to = pack(delta + (<usize>r << 6), panel, 128, panels, to);
      for (let k: i32 = 0; k < Kp; k += 4) {
        pack(w + (<usize>k << 6), weights, 256, panels, tile);
        backwardPairs(packed, <usize>panels << 7, 128, tile, packed, 256, into(da, k, panel) + (<usize>b << 6), rows, zeros, scratch);
      }
    }
  }
  if (paired == B) return;
  const last = <usize>paired << 6;
  for (let k: i32 = 0; k < Kp; k += 4) {
    backwardRow(delta + last, panel, w + (<usize>k << 6), end, weights, into(da, k, panel) + last, zeros, scratch);
  }
}

/** Where input k of the first row stands. */
@inline
function into(da: usize, k: i32, panel: usize): usize {
  return da + <usize>(k >> 4) * panel + (<usize>(k & 15) << 2);
}

/**
 * Four inputs of B rows, an even number: the pairs of rows begin `next` bytes apart, and their panels `stride`; the inputs' weights lie
 * at `tile` and every `step` bytes before `end`.
 */
function backwardPairs(
  row: usize, next: usize, stride: usize, tile: usize, end: usize, step: usize, to: usize, B: i32, zeros: usize, scratch: usize,
): void {
  for (let b: i32 = 0; b < B; b += 2) {
    let c00 = v128.load(zeros, 0), e00 = v128.load(zeros, 16), c01 = v128.load(zeros, 0), e01 = v128.load(zeros, 16);
    let c02 = v128.load(zeros, 0), e02 = v128.load(zeros, 16), c03 = v128.load(zeros, 0), e03 = v128.load(zeros, 16);
    let c10 = v128.load(zeros, 0), e10 = v128.load(zeros, 16), c11 = v128.load(zeros, 0), e11 = v128.load(zeros, 16);
    let c12 = v128.load(zeros, 0), e12 = v128.load(zeros, 16), c13 = v128.load(zeros, 0), e13 = v128.load(zeros, 16);
    let d = row;
    for (let q = tile; q < end; q += step) {
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
      d += stride;
    }
    v128.store(scratch, e00, 16); v128.store(scratch, c00, 0); v128.store(scratch, e01, 48); v128.store(scratch, c01, 32);
    v128.store(scratch, e02, 80); v128.store(scratch, c02, 64); v128.store(scratch, e03, 112); v128.store(scratch, c03, 96);
    v128.store(scratch, e10, 144); v128.store(scratch, c10, 128); v128.store(scratch, e11, 176); v128.store(scratch, c11, 160);
    v128.store(scratch, e12, 208); v128.store(scratch, c12, 192); v128.store(scratch, e13, 240); v128.store(scratch, c13, 224);
    v128.store(to, sumLanes(scratch));
    v128.store(to, sumLanes(scratch + 128), 64);
    row += next;
    to += 128;
  }
}

/** Four inputs of one row. */
function backwardRow(
  row: usize, stride: usize, tile: usize, end: usize, step: usize, to: usize, zeros: usize, scratch: usize,
): void {
  let c0 = v128.load(zeros, 0), e0 = v128.load(zeros, 16), c1 = v128.load(zeros, 0), e1 = v128.load(zeros, 16);
  let c2 = v128.load(zeros, 0), e2 = v128.load(zeros, 16), c3 = v128.load(zeros, 0), e3 = v128.load(zeros, 16);
  let d = row;
  for (let q = tile; q < end; q += step) {
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
    d += stride;
  }
  v128.store(scratch, e0, 16); v128.store(scratch, c0, 0); v128.store(scratch, e1, 48); v128.store(scratch, c1, 32);
  v128.store(scratch, e2, 80); v128.store(scratch, c2, 64); v128.store(scratch, e3, 112); v128.store(scratch, c3, 96);
  v128.store(to, sumLanes(scratch));
}
