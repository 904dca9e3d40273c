import { sumLanes } from "./tile";

/** Panels that are gone through at once: four tiles' weights of so many, and two rows' deltas, stay in the first cache. */
const CHUNK: i32 = 16;
/** The most rows whose deltas are packed at once. */
const ROWS: i32 = 64;

/**
 * da = delta W': each sum runs over the columns in eight interleaved partial sums (column mod 8), which sumLanes() adds.
 * Tiles of 2 rows x 4 inputs, then a single row.
 *
 * Of more than a few rows and columns, what a tile reads is packed first, the first eight columns of each panel before its last eight: as
 * V8 orders operations by the sum that they belong to, only one addition to each may stand in the inner loop. In the panels it would
 * lie 64 B and 64 Kp bytes apart, too. The partial sums of a chunk of panels are kept for the next one.
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
  const tiles = scratch + 256;
  const fitting = Np >= 64 && B >= 8 ? min<i32>(ROWS, (room - 256 - (panels << 10)) / ((panels << 7) + 1024) << 1) : 0;
  if (fitting <= 0) {
    for (let k: i32 = 0; k < Kp; k += 4) {
      backwardPairs(delta, panel, w + (<usize>k << 6), end, weights, into(da, k, panel), paired, zeros, scratch);
    }
  } else {
    memory.fill(scratch, 0, 256);
    const packed = tiles + (<usize>panels << 10);
    for (let b: i32 = 0; b < paired; b += fitting) {
      const pairs = min<i32>(fitting, paired - b) >> 1;
      let to = packed;
      for (let p: i32 = 0; p < panels; p += CHUNK) {
        const from = delta + <usize>p * panel + (<usize>b << 6);
        const n = min<i32>(CHUNK, panels - p);
        for (let r: i32 = 0; r < pairs; r++) to = packHalves(from + (<usize>r << 7), panel, 2, n, to);
      }
      const sums = to;
      for (let k: i32 = 0; k < Kp; k += 16) {
        to = tiles;
        for (let p: i32 = 0; p < panels; p += CHUNK) {
          const from = w + <usize>p * weights + (<usize>k << 6);
          const n = min<i32>(CHUNK, panels - p);
          for (let t: i32 = 0; t < 4; t++) to = packHalves(from + (<usize>t << 8), weights, 4, n, to);
        }
        let d = packed, tile = tiles;
        for (let p: i32 = 0; p < panels; p += CHUNK) {
          const n = min<i32>(CHUNK, panels - p);
          backwardTiles(d, tile, n, pairs, p == 0 ? scratch : sums, p == 0 ? 0 : 256, sums);
          d += <usize>(pairs * n) << 7;
          tile += <usize>n << 10;
        }
        sumTiles(sums, pairs, into(da, k, panel) + (<usize>b << 6));
      }
    }
  }
  if (paired == B) return;
  const last = <usize>paired << 6;
  for (let k: i32 = 0; k < Kp; k += 4) {
    backwardRow(delta + last, panel, w + (<usize>k << 6), end, weights, into(da, k, panel) + last, zeros, scratch);
  }
}

/** Packs `rows` rows of 16 columns from each of `count` places `stride` apart: of each place the rows' first halves, then their second. */
function packHalves(from: usize, stride: usize, rows: i32, count: i32, to: usize): usize {
  const half = <usize>rows << 5;
  for (; count > 0; count--) {
    for (let at = from, end = from + (half << 1); at < end; at += 64) {
      const a = v128.load(at, 0), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
      const high = to + half;
      v128.store(to, b, 16); v128.store(to, a, 0); v128.store(high, d, 16); v128.store(high, c, 0);
      to += 32;
    }
    from += stride;
    to += half;
  }
  return to;
}

/** The partial sums of four tiles of each pair of rows, over n panels: from those at `from`, every `step` bytes, to `sums`, 256 bytes each. */
function backwardTiles(delta: usize, tiles: usize, n: i32, pairs: i32, from: usize, step: usize, sums: usize): void {
  for (let r: i32 = 0; r < pairs; r++) {
    let q = tiles;
    for (let t: i32 = 0; t < 4; t++) {
      let c00 = v128.load(from, 0), e00 = v128.load(from, 16), c01 = v128.load(from, 32), e01 = v128.load(from, 48);
      let c02 = v128.load(from, 64), e02 = v128.load(from, 80), c03 = v128.load(from, 96), e03 = v128.load(from, 112);
      let c10 = v128.load(from, 128), e10 = v128.load(from, 144), c11 = v128.load(from, 160), e11 = v128.load(from, 176);
      let c12 = v128.load(from, 192), e12 = v128.load(from, 208), c13 = v128.load(from, 224), e13 = v128.load(from, 240);
      let d = delta;
      const end = q + (<usize>n << 8);
      while (q < end) {
        const x0 = v128.load(d, 0), y0 = v128.load(d, 16), x1 = v128.load(d, 32), y1 = v128.load(d, 48);
        let u = v128.load(q, 0), v = v128.load(q, 16);
        c00 = f32x4.add(c00, f32x4.mul(x0, u)); e00 = f32x4.add(e00, f32x4.mul(y0, v));
        c10 = f32x4.add(c10, f32x4.mul(x1, u)); e10 = f32x4.add(e10, f32x4.mul(y1, v));
        u = v128.load(q, 32); v = v128.load(q, 48);
        c01 = f32x4.add(c01, f32x4.mul(x0, u)); e01 = f32x4.add(e01, f32x4.mul(y0, v));
        c11 = f32x4.add(c11, f32x4.mul(x1, u)); e11 = f32x4.add(e11, f32x4.mul(y1, v));
        u = v128.load(q, 64); v = v128.load(q, 80);
        c02 = f32x4.add(c02, f32x4.mul(x0, u)); e02 = f32x4.add(e02, f32x4.mul(y0, v));
        c12 = f32x4.add(c12, f32x4.mul(x1, u)); e12 = f32x4.add(e12, f32x4.mul(y1, v));
        u = v128.load(q, 96); v = v128.load(q, 112);
        c03 = f32x4.add(c03, f32x4.mul(x0, u)); e03 = f32x4.add(e03, f32x4.mul(y0, v));
        c13 = f32x4.add(c13, f32x4.mul(x1, u)); e13 = f32x4.add(e13, f32x4.mul(y1, v));
        d += 64;
        q += 128;
      }
      v128.store(sums, e00, 16); v128.store(sums, c00, 0); v128.store(sums, e01, 48); v128.store(sums, c01, 32);
      v128.store(sums, e02, 80); v128.store(sums, c02, 64); v128.store(sums, e03, 112); v128.store(sums, c03, 96);
      v128.store(sums, e10, 144); v128.store(sums, c10, 128); v128.store(sums, e11, 176); v128.store(sums, c11, 160);
      v128.store(sums, e12, 208); v128.store(sums, c12, 192); v128.store(sums, e13, 240); v128.store(sums, c13, 224);
      from += step;
      sums += 256;
    }
    delta += <usize>n << 7;
  }
}

/** Sixteen inputs of each pair of rows, from the partial sums of their four tiles. */
function sumTiles(sums: usize, pairs: i32, to: usize): void {
  for (let r: i32 = 0; r < pairs; r++) {
    for (let end = to + 64; to < end; to += 16) {
      v128.store(to, sumLanes(sums));
      v128.store(to, sumLanes(sums + 128), 64);
      sums += 256;
    }
    to += 64;
  }
}

/** Where input k of the first row stands. */
@inline
function into(da: usize, k: i32, panel: usize): usize {
  return da + <usize>(k >> 4) * panel + (<usize>(k & 15) << 2);
}

/**
 * Four inputs of B rows, an even number, whose panels lie `stride` bytes apart; the inputs' weights lie at `tile` and every `step` bytes
 * before `end`.
 */
function backwardPairs(
  row: usize, stride: usize, tile: usize, end: usize, step: usize, to: usize, B: i32, zeros: usize, scratch: usize,
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
    row += 128;
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
