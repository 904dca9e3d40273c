// How fast this machine multiplies and adds in strict WebAssembly SIMD: chains c = c * x + y that do not depend on each other, all in
// registers. An addition and a multiplication count as one operation a lane each; there is no fused one in strict SIMD.

/**
 * 12 chains of pairs, which V8 fuses to 256 bits where it may: see src/nn/assembly/sparse.ts.
 *
 * @param p 32 bytes of x, then 32 of y; then room for 384 bytes of results
 * @param n operations on each chain
 */
export function peakPairs(p: usize, n: i32): void {
  const x = v128.load(p, 0), u = v128.load(p, 16), y = v128.load(p, 32), v = v128.load(p, 48);
  let a0 = v128.load(p, 0), b0 = v128.load(p, 16), a1 = v128.load(p, 0), b1 = v128.load(p, 16);
  let a2 = v128.load(p, 0), b2 = v128.load(p, 16), a3 = v128.load(p, 0), b3 = v128.load(p, 16);
  let a4 = v128.load(p, 0), b4 = v128.load(p, 16), a5 = v128.load(p, 0), b5 = v128.load(p, 16);
  let a6 = v128.load(p, 0), b6 = v128.load(p, 16), a7 = v128.load(p, 0), b7 = v128.load(p, 16);
  let a8 = v128.load(p, 0), b8 = v128.load(p, 16), a9 = v128.load(p, 0), b9 = v128.load(p, 16);
  let a10 = v128.load(p, 0), b10 = v128.load(p, 16), a11 = v128.load(p, 0), b11 = v128.load(p, 16);
  for (let i: i32 = 0; i < n; i++) {
    a0 = f32x4.add(f32x4.mul(a0, x), y); b0 = f32x4.add(f32x4.mul(b0, u), v);
    a1 = f32x4.add(f32x4.mul(a1, x), y); b1 = f32x4.add(f32x4.mul(b1, u), v);
    a2 = f32x4.add(f32x4.mul(a2, x), y); b2 = f32x4.add(f32x4.mul(b2, u), v);
    a3 = f32x4.add(f32x4.mul(a3, x), y); b3 = f32x4.add(f32x4.mul(b3, u), v);
    a4 = f32x4.add(f32x4.mul(a4, x), y); b4 = f32x4.add(f32x4.mul(b4, u), v);
    a5 = f32x4.add(f32x4.mul(a5, x), y); b5 = f32x4.add(f32x4.mul(b5, u), v);
    a6 = f32x4.add(f32x4.mul(a6, x), y); b6 = f32x4.add(f32x4.mul(b6, u), v);
    a7 = f32x4.add(f32x4.mul(a7, x), y); b7 = f32x4.add(f32x4.mul(b7, u), v);
    a8 = f32x4.add(f32x4.mul(a8, x), y); b8 = f32x4.add(f32x4.mul(b8, u), v);
    a9 = f32x4.add(f32x4.mul(a9, x), y); b9 = f32x4.add(f32x4.mul(b9, u), v);
    a10 = f32x4.add(f32x4.mul(a10, x), y); b10 = f32x4.add(f32x4.mul(b10, u), v);
    a11 = f32x4.add(f32x4.mul(a11, x), y); b11 = f32x4.add(f32x4.mul(b11, u), v);
  }
  v128.store(p, a0, 64); v128.store(p, b0, 80); v128.store(p, a1, 96); v128.store(p, b1, 112);
  v128.store(p, a2, 128); v128.store(p, b2, 144); v128.store(p, a3, 160); v128.store(p, b3, 176);
  v128.store(p, a4, 192); v128.store(p, b4, 208); v128.store(p, a5, 224); v128.store(p, b5, 240);
  v128.store(p, a6, 256); v128.store(p, b6, 272); v128.store(p, a7, 288); v128.store(p, b7, 304);
  v128.store(p, a8, 320); v128.store(p, b8, 336); v128.store(p, a9, 352); v128.store(p, b9, 368);
  v128.store(p, a10, 384); v128.store(p, b10, 400); v128.store(p, a11, 416); v128.store(p, b11, 432);
}

/** The same on 12 chains of 128 bits: what is left where nothing is fused and 24 chains do not fit into the registers. */
export function peakSingles(p: usize, n: i32): void {
  const x = v128.load(p, 0), y = v128.load(p, 32);
  let a0 = x, a1 = x, a2 = x, a3 = x, a4 = x, a5 = x, a6 = x, a7 = x, a8 = x, a9 = x, a10 = x, a11 = x;
  a1 = f32x4.add(a1, y); a2 = f32x4.add(a1, y); a3 = f32x4.add(a2, y); a4 = f32x4.add(a3, y);
  a5 = f32x4.add(a4, y); a6 = f32x4.add(a5, y); a7 = f32x4.add(a6, y); a8 = f32x4.add(a7, y);
  a9 = f32x4.add(a8, y); a10 = f32x4.add(a9, y); a11 = f32x4.add(a10, y);
  for (let i: i32 = 0; i < n; i++) {
    a0 = f32x4.add(f32x4.mul(a0, x), y); a1 = f32x4.add(f32x4.mul(a1, x), y);
    a2 = f32x4.add(f32x4.mul(a2, x), y); a3 = f32x4.add(f32x4.mul(a3, x), y);
    a4 = f32x4.add(f32x4.mul(a4, x), y); a5 = f32x4.add(f32x4.mul(a5, x), y);
    a6 = f32x4.add(f32x4.mul(a6, x), y); a7 = f32x4.add(f32x4.mul(a7, x), y);
    a8 = f32x4.add(f32x4.mul(a8, x), y); a9 = f32x4.add(f32x4.mul(a9, x), y);
    a10 = f32x4.add(f32x4.mul(a10, x), y); a11 = f32x4.add(f32x4.mul(a11, x), y);
  }
  v128.store(p, a0, 64); v128.store(p, a1, 80); v128.store(p, a2, 96); v128.store(p, a3, 112);
  v128.store(p, a4, 128); v128.store(p, a5, 144); v128.store(p, a6, 160); v128.store(p, a7, 176);
  v128.store(p, a8, 192); v128.store(p, a9, 208); v128.store(p, a10, 224); v128.store(p, a11, 240);
}
