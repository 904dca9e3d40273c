// What the panel kernels share. On dense rows, weights lie in panels [Np / 16][Kp][16], activations and deltas in panels [Np / 16][B][16];
// what pads K to Kp and N to Np (multiples of 16) is zero and stays zero. See sparse.ts for why everything comes in pairs.

/**
 * 32 floats at `to` = those at `from` + s * (c0 ... c7). All loads come before all stores, and all offsets are constants, or V8 does not
 * fuse the pairs.
 */
@inline
export function accumulate(
  to: usize, from: usize, s: v128, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128, c6: v128, c7: v128,
): void {
  const a0 = f32x4.add(v128.load(from, 0), f32x4.mul(s, c0)), a1 = f32x4.add(v128.load(from, 16), f32x4.mul(s, c1));
  const a2 = f32x4.add(v128.load(from, 32), f32x4.mul(s, c2)), a3 = f32x4.add(v128.load(from, 48), f32x4.mul(s, c3));
  const a4 = f32x4.add(v128.load(from, 64), f32x4.mul(s, c4)), a5 = f32x4.add(v128.load(from, 80), f32x4.mul(s, c5));
  const a6 = f32x4.add(v128.load(from, 96), f32x4.mul(s, c6)), a7 = f32x4.add(v128.load(from, 112), f32x4.mul(s, c7));
  v128.store(to, a1, 16); v128.store(to, a0, 0); v128.store(to, a3, 48); v128.store(to, a2, 32);
  v128.store(to, a5, 80); v128.store(to, a4, 64); v128.store(to, a7, 112); v128.store(to, a6, 96);
}

/**
 * Four sums of eight lanes each, from partial sums stored at `from` one after another:
 * lanes i and i + 4 first, then i and i + 2, then the last two.
 */
@inline
export function sumLanes(from: usize): v128 {
  const v0 = f32x4.add(v128.load(from, 0), v128.load(from, 16));
  const v1 = f32x4.add(v128.load(from, 32), v128.load(from, 48));
  const v2 = f32x4.add(v128.load(from, 64), v128.load(from, 80));
  const v3 = f32x4.add(v128.load(from, 96), v128.load(from, 112));
  const t0 = f32x4.add(v128.shuffle<f32>(v0, v1, 0, 4, 1, 5), v128.shuffle<f32>(v0, v1, 2, 6, 3, 7));
  const t1 = f32x4.add(v128.shuffle<f32>(v2, v3, 0, 4, 1, 5), v128.shuffle<f32>(v2, v3, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(t0, t1, 0, 1, 4, 5), v128.shuffle<f32>(t0, t1, 2, 3, 6, 7));
}

/** Copies `bytes` bytes, a multiple of 32, from each of `count` places `stride` apart to `to`, side by side; returns where they end. */
export function pack(from: usize, stride: usize, bytes: usize, count: i32, to: usize): usize {
  for (; count > 0; count--) {
    for (let i: usize = 0; i < bytes; i += 32) {
      const u = v128.load(from + i, 0), v = v128.load(from + i, 16);
      v128.store(to + i, v, 16); v128.store(to + i, u, 0);
    }
    from += stride;
    to += bytes;
  }
  return to;
}
