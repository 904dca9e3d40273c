import { sumLanes } from "./tile";

/** The most rows whose deltas are packed at once. */
const ROWS: i32 = 128;
/** Bytes of a tile's weights that the inner loop runs over, at most: V8 (15.0) unrolls it only as the loop of a loop. */
const CHUNK: usize = 8192;

/**
 * da = delta W': each sum runs over the columns in eight interleaved partial sums (column mod 8), which sumLanes() adds.
 *
 * Blocks of 16 rows are packed first, a partial sum's deltas side by side with the rows in lanes, so that a tile is 4 inputs x 16 rows of one
 * partial sum, all of whose weights lie together too. Other rows go in tiles of 2 rows x 4 inputs with the columns in lanes, and one alone.
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

  const block = panels << 10;
  const fitting = Np >= 64 ? min<i32>(ROWS, (room - SUMS - block) / block << 4) : 0;
  const packed = fitting > 0 ? B & ~15 : 0;
  for (let b: i32 = 0; b < packed; b += fitting) {
    const at = <usize>b << 6;
    backwardBlocks(delta + at, panel, w, weights, panels, da + at, Kp, min<i32>(fitting, packed - b) >> 4, zeros, scratch);
  }

  const paired = B & ~1;
  if (packed < paired) {
    const at = <usize>packed << 6;
    for (let k: i32 = 0; k < Kp; k += 4) {
      const to = into(da, k, panel) + at;
      backwardPairs(delta + at, panel, w + (<usize>k << 6), end, weights, to, paired - packed, zeros, scratch);
    }
  }
  if (paired == B) return;
  const last = <usize>paired << 6;
  for (let k: i32 = 0; k < Kp; k += 4) {
    backwardRow(delta + last, panel, w + (<usize>k << 6), end, weights, into(da, k, panel) + last, zeros, scratch);
  }
}

/** Bytes of a tile's partial sums, [8][input 4][row 16]. */
const SUMS: i32 = 2048;

/** All inputs of `blocks` blocks of 16 rows. The scratch holds partial sums, the blocks' deltas and the weights of 16 inputs. */
function backwardBlocks(
  delta: usize, panel: usize, w: usize, weights: usize, panels: i32, da: usize, Kp: i32, blocks: i32, zeros: usize, scratch: usize,
): void {
  const block = <usize>panels << 10;
  const tile = block >> 2;
  const deltas = scratch + SUMS;
  const tiles = deltas + <usize>blocks * block;
  for (let i: i32 = 0; i < blocks; i++) {
    packRows(delta + (<usize>i << 10), panel, panels, deltas + <usize>i * block, block >> 3);
  }
  for (let k: i32 = 0; k < Kp; k += 16) {
    let to = tiles;
    for (let t: usize = 0; t < 4; t++) to = packInputs(w + (<usize>k << 6) + (t << 8), weights, panels, to);
    for (let t: usize = 0; t < 4; t++) {
      let d = deltas;
      let out = da + <usize>(k >> 4) * panel + (t << 4);
      for (let i: i32 = 0; i < blocks; i++) {
        backwardTile(d, tiles + t * tile, tile, zeros, scratch);
        sumTile(scratch, out);
        d += block;
        out += 1024;
      }
    }
  }
}

/** Packs 16 rows' deltas as [8][Np / 8][row 16]: of each partial sum its columns. `part` is the bytes of one. */
function packRows(from: usize, panel: usize, panels: i32, to: usize, part: usize): void {
  for (; panels > 0; panels--) {
    for (let i: usize = 0; i < 4; i++) {
      const f = from + (i << 8), t = to + (i << 4);
      transpose(f, t, part);
      transpose(f + 16, t + (part << 2), part);
      transpose(f + 32, t + 64, part);
      transpose(f + 48, t + (part << 2) + 64, part);
    }
    from += panel;
    to += 128;
  }
}

/** Packs four inputs' weights as [Np / 8][input 4][8], the columns of a step for each of the eight partial sums. */
function packInputs(from: usize, weights: usize, panels: i32, to: usize): usize {
  for (; panels > 0; panels--) {
    for (let at = from, end = from + 256; at < end; at += 64) {
      const a = v128.load(at, 0), b = v128.load(at, 16), c = v128.load(at, 32), d = v128.load(at, 48);
      v128.store(to, b, 16); v128.store(to, a, 0); v128.store(to, d, 144); v128.store(to, c, 128);
      to += 32;
    }
    from += weights;
    to += 128;
  }
  return to;
}

/** The partial sums of 4 inputs of 16 rows, over `bytes` bytes of weights. */
function backwardTile(delta: usize, w: usize, bytes: usize, zeros: usize, sums: usize): void {
  let d = delta;
  for (let column: usize = 0; column < 32; column += 4) {
    let c00 = v128.load(zeros, 0), c01 = v128.load(zeros, 16), c02 = v128.load(zeros, 32), c03 = v128.load(zeros, 48);
    let c10 = v128.load(zeros, 0), c11 = v128.load(zeros, 16), c12 = v128.load(zeros, 32), c13 = v128.load(zeros, 48);
    let c20 = v128.load(zeros, 0), c21 = v128.load(zeros, 16), c22 = v128.load(zeros, 32), c23 = v128.load(zeros, 48);
    let c30 = v128.load(zeros, 0), c31 = v128.load(zeros, 16), c32 = v128.load(zeros, 32), c33 = v128.load(zeros, 48);
    let x = w + column;
    for (let i: usize = 0; i < bytes; i += CHUNK) {
      const end = x + min<usize>(CHUNK, bytes - i);
      while (x < end) {
        const d0 = v128.load(d, 0), d1 = v128.load(d, 16), d2 = v128.load(d, 32), d3 = v128.load(d, 48);
        const x0 = v128.load32_splat(x, 0);
        c00 = f32x4.add(c00, f32x4.mul(x0, d0)); c01 = f32x4.add(c01, f32x4.mul(x0, d1));
        c02 = f32x4.add(c02, f32x4.mul(x0, d2)); c03 = f32x4.add(c03, f32x4.mul(x0, d3));
        const x1 = v128.load32_splat(x, 32);
        c10 = f32x4.add(c10, f32x4.mul(x1, d0)); c11 = f32x4.add(c11, f32x4.mul(x1, d1));
        c12 = f32x4.add(c12, f32x4.mul(x1, d2)); c13 = f32x4.add(c13, f32x4.mul(x1, d3));
        const x2 = v128.load32_splat(x, 64);
        c20 = f32x4.add(c20, f32x4.mul(x2, d0)); c21 = f32x4.add(c21, f32x4.mul(x2, d1));
        c22 = f32x4.add(c22, f32x4.mul(x2, d2)); c23 = f32x4.add(c23, f32x4.mul(x2, d3));
        const x3 = v128.load32_splat(x, 96);
        c30 = f32x4.add(c30, f32x4.mul(x3, d0)); c31 = f32x4.add(c31, f32x4.mul(x3, d1));
        c32 = f32x4.add(c32, f32x4.mul(x3, d2)); c33 = f32x4.add(c33, f32x4.mul(x3, d3));
        x += 128;
        d += 64;
      }
    }
    v128.store(sums, c01, 16); v128.store(sums, c00, 0); v128.store(sums, c03, 48); v128.store(sums, c02, 32);
    v128.store(sums, c11, 80); v128.store(sums, c10, 64); v128.store(sums, c13, 112); v128.store(sums, c12, 96);
    v128.store(sums, c21, 144); v128.store(sums, c20, 128); v128.store(sums, c23, 176); v128.store(sums, c22, 160);
    v128.store(sums, c31, 208); v128.store(sums, c30, 192); v128.store(sums, c33, 240); v128.store(sums, c32, 224);
    sums += 256;
  }
}

/** Four inputs of 16 rows, from their partial sums; in the order of sumLanes(). */
function sumTile(sums: usize, to: usize): void {
  for (let q = sums, end = sums + 256; q < end; q += 32) {
    const u0 = f32x4.add(v128.load(q, 0), v128.load(q, 1024)), v0 = f32x4.add(v128.load(q, 16), v128.load(q, 1040));
    const u1 = f32x4.add(v128.load(q, 256), v128.load(q, 1280)), v1 = f32x4.add(v128.load(q, 272), v128.load(q, 1296));
    const u2 = f32x4.add(v128.load(q, 512), v128.load(q, 1536)), v2 = f32x4.add(v128.load(q, 528), v128.load(q, 1552));
    const u3 = f32x4.add(v128.load(q, 768), v128.load(q, 1792)), v3 = f32x4.add(v128.load(q, 784), v128.load(q, 1808));
    const u = f32x4.add(f32x4.add(u0, u2), f32x4.add(u1, u3)), v = f32x4.add(f32x4.add(v0, v2), f32x4.add(v1, v3));
    v128.store(q, v, 16); v128.store(q, u, 0);
  }
  for (let i: usize = 0; i < 4; i++) transpose(sums + (i << 4), to + (i << 8), 64);
}

/** Transposes 4 x 4 floats: from rows 64 bytes apart to rows `step` bytes apart. */
@inline
function transpose(from: usize, to: usize, step: usize): void {
  const v0 = v128.load(from, 0), v1 = v128.load(from, 64), v2 = v128.load(from, 128), v3 = v128.load(from, 192);
  const t0 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
  const t2 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
  v128.store(to + (step << 1), v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
  v128.store(to + (step << 1) + step, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
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
