// Optimizer steps over n floats (n a multiple of 16) from a whole gradient. Padding has gradient zero and stays zero.

/** w -= rate * g. */
export function sgdStep(w: usize, g: usize, n: i32, rate: f32): void {
  const r = f32x4.splat(rate);
  for (let end = w + (<usize>n << 2); w < end; w += 32, g += 32) {
    const x = f32x4.sub(v128.load(w, 0), f32x4.mul(r, v128.load(g, 0)));
    const y = f32x4.sub(v128.load(w, 16), f32x4.mul(r, v128.load(g, 16)));
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}

/** v = momentum * v + g, then w -= rate * v (Polyak's heavy ball, as PyTorch writes it). */
export function momentumStep(w: usize, v: usize, g: usize, n: i32, rate: f32, momentum: f32): void {
  const r = f32x4.splat(rate), m = f32x4.splat(momentum);
  for (let end = w + (<usize>n << 2); w < end; w += 32, v += 32, g += 32) {
    const a = f32x4.add(f32x4.mul(m, v128.load(v, 0)), v128.load(g, 0));
    const b = f32x4.add(f32x4.mul(m, v128.load(v, 16)), v128.load(g, 16));
    const x = f32x4.sub(v128.load(w, 0), f32x4.mul(r, a));
    const y = f32x4.sub(v128.load(w, 16), f32x4.mul(r, b));
    v128.store(v, b, 16);
    v128.store(v, a, 0);
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}

/** h = h + g², then w -= rate * g / (sqrt(h) + 1e-7) (Duchi, Hazan and Singer 2011). */
export function adagradStep(w: usize, h: usize, g: usize, n: i32, rate: f32): void {
  const r = f32x4.splat(rate), epsilon = f32x4.splat(1e-7);
  for (let end = w + (<usize>n << 2); w < end; w += 32, h += 32, g += 32) {
    const p = v128.load(g, 0), q = v128.load(g, 16);
    const a = f32x4.add(v128.load(h, 0), f32x4.mul(p, p));
    const b = f32x4.add(v128.load(h, 16), f32x4.mul(q, q));
    const x = f32x4.sub(v128.load(w, 0), f32x4.div(f32x4.mul(r, p), f32x4.add(f32x4.sqrt(a), epsilon)));
    const y = f32x4.sub(v128.load(w, 16), f32x4.div(f32x4.mul(r, q), f32x4.add(f32x4.sqrt(b), epsilon)));
    v128.store(h, b, 16);
    v128.store(h, a, 0);
    v128.store(w, y, 16);
    v128.store(w, x, 0);
  }
}
