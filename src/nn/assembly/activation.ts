// Activations in place on n floats (n a multiple of 16) and their derivatives from the activation's own value, in pairs of vectors.
// Where the value does not give the derivative (gelu), or not to its last digits (softplus), the forward pass keeps it.

import {
  clamp4, EXP_HIGH, EXP_LOW, EXP_Q1, EXP_Q2, EXP_Q3, EXP_Q4, EXP_Q5, exp4, expm14, expOf, kept, LN2_HIGH, LN2_LOW, LOG2E, log1p4, ROUND,
  TANH_LIMIT, TANH_P1, TANH_P2, TANH_P3, TANH_P4, TANH_P5, TANH_Q1, TANH_Q2, TANH_Q3, tanh4,
} from "./math";

/** z = tanh z. */
export function tanhForward(z: usize, n: i32): void {
  const zero = n & 15;
  const low = kept(-TANH_LIMIT, zero), high = kept(TANH_LIMIT, zero), one = kept(1.0, zero);
  const p1 = kept(TANH_P1, zero), p2 = kept(TANH_P2, zero), p3 = kept(TANH_P3, zero), p4 = kept(TANH_P4, zero), p5 = kept(TANH_P5, zero);
  const q1 = kept(TANH_Q1, zero), q2 = kept(TANH_Q2, zero), q3 = kept(TANH_Q3, zero);
  for (let end = z + (<usize>n << 2); z < end; z += 32) {
    const a = tanh4(v128.load(z, 0), low, high, p1, p2, p3, p4, p5, q1, q2, q3, one);
    const b = tanh4(v128.load(z, 16), low, high, p1, p2, p3, p4, p5, q1, q2, q3, one);
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

/** z = 1 / (1 + exp(-z)) on f32[Np / 16][B][16]; the columns from N on are set back to zero, where padding must stay. */
export function sigmoidForward(z: usize, B: i32, N: i32, Np: i32): void {
  const zero = Np & 15;
  const low = kept(EXP_LOW, zero), high = kept(EXP_HIGH, zero), log2e = kept(LOG2E, zero), round = kept(ROUND, zero);
  const ln2High = kept(LN2_HIGH, zero), ln2Low = kept(LN2_LOW, zero), one = kept(1.0, zero);
  const q1 = kept(EXP_Q1, zero), q2 = kept(EXP_Q2, zero), q3 = kept(EXP_Q3, zero), q4 = kept(EXP_Q4, zero), q5 = kept(EXP_Q5, zero);
  const end = z + ((<usize>B * <usize>Np) << 2);
  for (let q = z; q < end; q += 32) {
    const x = f32x4.neg(v128.load(q, 0)), y = f32x4.neg(v128.load(q, 16));
    const a = expOf(x, low, high, log2e, round, ln2High, ln2Low, q1, q2, q3, q4, q5, one);
    const b = expOf(y, low, high, log2e, round, ln2High, ln2Low, q1, q2, q3, q4, q5, one);
    v128.store(q, f32x4.div(one, f32x4.add(one, b)), 16);
    v128.store(q, f32x4.div(one, f32x4.add(one, a)), 0);
  }
  clearPadding(end, B, N, Np);
}

/** Sets the columns from N on of the last panel, which ends at `end`, to zero. */
function clearPadding(end: usize, B: i32, N: i32, Np: i32): void {
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

/** What leaky_relu leaves of a negative z: PyTorch's default. */
const LEAK: f32 = 0.01;

/** x where `sign` > 0, else 0.01 x. */
@inline
function leak4(x: v128, sign: v128): v128 {
  return v128.bitselect(x, f32x4.mul(x, f32x4.splat(LEAK)), f32x4.gt(sign, f32x4.splat(0.0)));
}

/** z = z where z > 0, else 0.01 z. */
export function leakyReluForward(z: usize, n: i32): void {
  for (let end = z + (<usize>n << 2); z < end; z += 32) {
    const x = v128.load(z, 0), y = v128.load(z, 16);
    v128.store(z, leak4(y, y), 16);
    v128.store(z, leak4(x, x), 0);
  }
}

/** delta = delta where a > 0, else 0.01 delta. */
export function leakyReluBackward(a: usize, delta: usize, n: i32): void {
  for (let end = a + (<usize>n << 2); a < end; a += 32, delta += 32) {
    const g = leak4(v128.load(delta, 0), v128.load(a, 0));
    const h = leak4(v128.load(delta, 16), v128.load(a, 16));
    v128.store(delta, h, 16);
    v128.store(delta, g, 0);
  }
}

@inline
function elu4(x: v128): v128 {
  return v128.bitselect(x, expm14(x), f32x4.gt(x, f32x4.splat(0.0)));
}

/** z = z where z > 0, else exp(z) - 1. */
export function eluForward(z: usize, n: i32): void {
  for (let end = z + (<usize>n << 2); z < end; z += 32) {
    const a = elu4(v128.load(z, 0)), b = elu4(v128.load(z, 16));
    v128.store(z, b, 16);
    v128.store(z, a, 0);
  }
}

/** delta = delta where a > 0, else delta * (a + 1). */
export function eluBackward(a: usize, delta: usize, n: i32): void {
  const one = f32x4.splat(1.0), zero = f32x4.splat(0.0);
  for (let end = a + (<usize>n << 2); a < end; a += 32, delta += 32) {
    const x = v128.load(a, 0), y = v128.load(a, 16);
    const d = v128.load(delta, 0), e = v128.load(delta, 16);
    const g = v128.bitselect(d, f32x4.mul(d, f32x4.add(x, one)), f32x4.gt(x, zero));
    const h = v128.bitselect(e, f32x4.mul(e, f32x4.add(y, one)), f32x4.gt(y, zero));
    v128.store(delta, h, 16);
    v128.store(delta, g, 0);
  }
}

/** softplus of the four lanes at z, in place, and its derivative at `slope`: with e = exp(-|z|), max(z, 0) + ln(1 + e), and 1 / (1 + e) or e / (1 + e). */
@inline
function softplus4(z: usize, slope: usize): void {
  const zero = f32x4.splat(0.0), one = f32x4.splat(1.0);
  const x = v128.load(z);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  const d = f32x4.div(one, f32x4.add(one, e));
  v128.store(slope, v128.bitselect(f32x4.mul(e, d), d, f32x4.lt(x, zero)));
  v128.store(z, f32x4.add(f32x4.max(x, zero), log1p4(e)));
}

/**
 * z = ln(1 + exp z) on f32[Np / 16][B][16], and the derivative at `slope`, laid out alike; the columns from N on are set back to zero,
 * where padding must stay.
 */
export function softplusForward(z: usize, slope: usize, B: i32, N: i32, Np: i32): void {
  const end = z + ((<usize>B * <usize>Np) << 2);
  for (let q = z; q < end; q += 16, slope += 16) softplus4(q, slope);
  clearPadding(end, B, N, Np);
}

/** 2 sqrt(2 / pi), and the factor of z³. */
const GELU_SCALE: f32 = 1.5957691216057308;
const GELU_CUBE: f32 = 0.044715;
/** Beyond this the derivative is 1, or below 1e-26 in magnitude: taken as here, so that the powers of z stay finite. */
const GELU_LIMIT: f32 = 9.0;

/**
 * gelu of the four lanes at z, in place, and its derivative at `slope`: z / (1 + e) with e = exp(-2 sqrt(2 / pi) (z + 0.044715 z³)), which
 * is z (1 + tanh(...)) / 2 without the cancellation where z is far below 0.
 */
@inline
function gelu4(z: usize, slope: usize): void {
  const one = f32x4.splat(1.0), scale = f32x4.splat(GELU_SCALE);
  const x = v128.load(z);
  const t = clamp4(x, f32x4.splat(-GELU_LIMIT), f32x4.splat(GELU_LIMIT));
  const cubic = f32x4.mul(f32x4.splat(GELU_CUBE), f32x4.mul(t, t));
  const e = exp4(f32x4.neg(f32x4.mul(f32x4.mul(scale, t), f32x4.add(cubic, one))));
  const s = f32x4.div(one, f32x4.add(one, e));
  const inner = f32x4.mul(scale, f32x4.add(f32x4.mul(f32x4.splat(3.0), cubic), one));
  const rest = f32x4.mul(f32x4.mul(t, inner), f32x4.mul(f32x4.mul(e, s), s));
  v128.store(slope, f32x4.add(s, rest));
  v128.store(z, f32x4.mul(x, s));
}

/** z = gelu z in its tanh form, and the derivative at `slope`. */
export function geluForward(z: usize, slope: usize, n: i32): void {
  for (let end = z + (<usize>n << 2); z < end; z += 16, slope += 16) gelu4(z, slope);
}

/** delta = delta * slope, the derivative that a forward pass kept. */
export function slopeBackward(slope: usize, delta: usize, n: i32): void {
  for (let end = slope + (<usize>n << 2); slope < end; slope += 32, delta += 32) {
    const g = f32x4.mul(v128.load(delta, 0), v128.load(slope, 0));
    const h = f32x4.mul(v128.load(delta, 16), v128.load(slope, 16));
    v128.store(delta, h, 16);
    v128.store(delta, g, 0);
  }
}
