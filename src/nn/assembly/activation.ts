// Activations in place on n floats (n a multiple of 16) and their derivatives from the activation's own value, in pairs of vectors.

import { exp4, tanh4 } from "./math";

/** z = tanh z. */
export function tanhForward(z: usize, n: i32): void {
  for (let end = z + (<usize>n << 2); z < end; z += 32) {
    const a = tanh4(v128.load(z, 0)), b = tanh4(v128.load(z, 16));
    v128.store(z, b, 16);
    v128.store(z, a, 0);
  }
}

/** delta = delta * (1 - a²). */
export function tanhBackward(a: usize, delta: usize, n: i32): void {
  const one = f32x4.splat(1.0);
  for (let end = a + (<usize>n << 2); a < end; a += 32, delta += 32) {
    const x = v128.load(a, 0), y = v128.load(a, 16);
    const g = f32x4.mul(v128.load(delta, 0), f32x4.sub(one, f32x4.mul(x, x)));
    const h = f32x4.mul(v128.load(delta, 16), f32x4.sub(one, f32x4.mul(y, y)));
    v128.store(delta, h, 16);
    v128.store(delta, g, 0);
  }
}

@inline
function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1.0);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** z = 1 / (1 + exp(-z)) on f32[Np / 16][B][16]; the columns from N on are set back to zero, where padding must stay. */
export function sigmoidForward(z: usize, B: i32, N: i32, Np: i32): void {
  const end = z + ((<usize>B * <usize>Np) << 2);
  for (let q = z; q < end; q += 32) {
    const a = sigmoid4(v128.load(q, 0)), b = sigmoid4(v128.load(q, 16));
    v128.store(q, b, 16);
    v128.store(q, a, 0);
  }
  if (N == Np) return;
  const padding = <usize>(Np - N) << 2;
  for (let q = end - (<usize>B << 6); q < end; q += 64) memory.fill(q + 64 - padding, 0, padding);
}

/** delta = delta * (a * (1 - a)). */
export function sigmoidBackward(a: usize, delta: usize, n: i32): void {
  const one = f32x4.splat(1.0);
  for (let end = a + (<usize>n << 2); a < end; a += 32, delta += 32) {
    const x = v128.load(a, 0), y = v128.load(a, 16);
    const g = f32x4.mul(v128.load(delta, 0), f32x4.mul(x, f32x4.sub(one, x)));
    const h = f32x4.mul(v128.load(delta, 16), f32x4.mul(y, f32x4.sub(one, y)));
    v128.store(delta, h, 16);
    v128.store(delta, g, 0);
  }
}

/** z = max(z, 0); NaN stays NaN. */
export function reluForward(z: usize, n: i32): void {
  const zero = f32x4.splat(0.0);
  for (let end = z + (<usize>n << 2); z < end; z += 32) {
    const a = f32x4.max(v128.load(z, 0), zero), b = f32x4.max(v128.load(z, 16), zero);
    v128.store(z, b, 16);
    v128.store(z, a, 0);
  }
}

/** delta = delta where a > 0, else 0. */
export function reluBackward(a: usize, delta: usize, n: i32): void {
  const zero = f32x4.splat(0.0);
  for (let end = a + (<usize>n << 2); a < end; a += 32, delta += 32) {
    const x = f32x4.gt(v128.load(a, 0), zero), y = f32x4.gt(v128.load(a, 16), zero);
    const g = v128.and(v128.load(delta, 0), x), h = v128.and(v128.load(delta, 16), y);
    v128.store(delta, h, 16);
    v128.store(delta, g, 0);
  }
}
