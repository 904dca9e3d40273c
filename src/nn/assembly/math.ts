// Transcendental functions from IEEE operations alone, so that every engine gives the same bits (../reference/functions.ts mirrors each one).

/**
 * `value` in all lanes, for a loop that comes after. V8 (15.0) makes a constant anew wherever it is used, three instructions each time: for
 * this one it must add `zero`, which is 0 and no constant. With it, and clamp4(), tanh takes a third of the time.
 */
@inline
export function kept(value: f32, zero: i32): v128 {
  return f32x4.splat(reinterpret<f32>(reinterpret<i32>(value) + zero));
}

/** Four lanes kept within low and high; NaN stays NaN. An instruction each in V8, where min and max take six and seven. */
@inline
export function clamp4(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

/** Beyond this tanh is 1 to within 5 ulp. */
export const TANH_LIMIT: f32 = 7.9;
/** P's and Q's coefficients from the highest on, but their last, 1. */
export const TANH_P1: f32 = 2.4105327109391617e-11, TANH_P2: f32 = -1.4906357037602902e-8, TANH_P3: f32 = 9.939240953826811e-6;
export const TANH_P4: f32 = 0.0029921040404587984, TANH_P5: f32 = 0.1298491656780243;
export const TANH_Q1: f32 = 0.00023808774130884558, TANH_Q2: f32 = 0.024053122848272324, TANH_Q3: f32 = 0.46318235993385315;

/**
 * tanh of four lanes, within 6 ulp: t * P(t²) / Q(t²), a minimax fit of relative error 1.7e-8 on [0, 7.9]; one division.
 * Exactly 0 at 0, odd, and below 1 in magnitude. NaN stays NaN. All but x are the constants above, of which `low` is -TANH_LIMIT.
 */
@inline
export function tanh4(
  x: v128, low: v128, high: v128, p1: v128, p2: v128, p3: v128, p4: v128, p5: v128, q1: v128, q2: v128, q3: v128, one: v128,
): v128 {
  const t = clamp4(x, low, high);
  const u = f32x4.mul(t, t);
  let p = f32x4.add(f32x4.mul(p1, u), p2);
  p = f32x4.add(f32x4.mul(p, u), p3);
  p = f32x4.add(f32x4.mul(p, u), p4);
  p = f32x4.add(f32x4.mul(p, u), p5);
  p = f32x4.add(f32x4.mul(p, u), one);
  let q = f32x4.add(f32x4.mul(q1, u), q2);
  q = f32x4.add(f32x4.mul(q, u), q3);
  q = f32x4.add(f32x4.mul(q, u), one);
  return f32x4.div(f32x4.mul(t, p), q);
}

/** exp's argument is clamped here: 2^-126 and 2^127 are the last powers of two that need no subnormal or infinity. */
export const EXP_LOW: f32 = -87.0, EXP_HIGH: f32 = 88.0;
/** 1.5 * 2^23: adding and subtracting it rounds to the nearest integer, ties to even. */
export const ROUND: f32 = 12582912.0;
export const LOG2E: f32 = 1.4426950408889634;
/** ln 2 in two parts, the first with trailing zeros, so that k * LN2_HIGH is exact (Cody and Waite). */
export const LN2_HIGH: f32 = 0.693359375, LN2_LOW: f32 = -2.12194440e-4;
/** q's coefficients, from the highest on: exp(r) - 1 = r + r² q(r), a minimax fit of degree 6. */
export const EXP_Q1: f32 = 0.001381459878757596, EXP_Q2: f32 = 0.008368716575205326, EXP_Q3: f32 = 0.04166838899254799;
export const EXP_Q4: f32 = 0.1666652113199234, EXP_Q5: f32 = 0.4999999403953552;

/** k + ROUND, where t = k ln 2 + r with |r| <= ln(2) / 2. */
@inline
function shiftedPower(t: v128, log2e: v128, round: v128): v128 {
  return f32x4.add(f32x4.mul(t, log2e), round);
}

/** exp(r) - 1. */
@inline
function expSeries(
  t: v128, shifted: v128, round: v128, ln2High: v128, ln2Low: v128, q1: v128, q2: v128, q3: v128, q4: v128, q5: v128,
): v128 {
  const k = f32x4.sub(shifted, round);
  const r = f32x4.sub(f32x4.sub(t, f32x4.mul(k, ln2High)), f32x4.mul(k, ln2Low));
  let q = f32x4.add(f32x4.mul(q1, r), q2);
  q = f32x4.add(f32x4.mul(q, r), q3);
  q = f32x4.add(f32x4.mul(q, r), q4);
  q = f32x4.add(f32x4.mul(q, r), q5);
  return f32x4.add(f32x4.mul(f32x4.mul(q, r), r), r);
}

/** 2^k. The low bits of `shifted` are k + 0x4B400000's: moved to the exponent they are 2^k's bits less the bias, those of 1. */
@inline
function powerOf(shifted: v128, one: v128): v128 {
  return i32x4.add(i32x4.shl(shifted, 23), one);
}

/** exp of four lanes clamped to [-87, 88], within 1 ulp: 2^k * (1 + r + r² q(r)). All but x are the constants above, and 1. */
@inline
export function expOf(
  x: v128, low: v128, high: v128, log2e: v128, round: v128, ln2High: v128, ln2Low: v128,
  q1: v128, q2: v128, q3: v128, q4: v128, q5: v128, one: v128,
): v128 {
  const t = clamp4(x, low, high);
  const shifted = shiftedPower(t, log2e, round);
  return f32x4.mul(
    f32x4.add(expSeries(t, shifted, round, ln2High, ln2Low, q1, q2, q3, q4, q5), one),
    powerOf(shifted, one),
  );
}

/** expOf() where no loop is worth keeping constants for. */
@inline
export function exp4(x: v128): v128 {
  return expOf(
    x, f32x4.splat(EXP_LOW), f32x4.splat(EXP_HIGH), f32x4.splat(LOG2E), f32x4.splat(ROUND), f32x4.splat(LN2_HIGH), f32x4.splat(LN2_LOW),
    f32x4.splat(EXP_Q1), f32x4.splat(EXP_Q2), f32x4.splat(EXP_Q3), f32x4.splat(EXP_Q4), f32x4.splat(EXP_Q5), f32x4.splat(1.0),
  );
}

/** exp - 1 of four lanes clamped alike, within 2 ulp: 2^k * (r + r² q(r)) + (2^k - 1), of which near 0 nothing cancels. */
@inline
export function expm14(x: v128): v128 {
  const one = f32x4.splat(1.0), round = f32x4.splat(ROUND);
  const t = clamp4(x, f32x4.splat(EXP_LOW), f32x4.splat(EXP_HIGH));
  const shifted = shiftedPower(t, f32x4.splat(LOG2E), round);
  const series = expSeries(
    t, shifted, round, f32x4.splat(LN2_HIGH), f32x4.splat(LN2_LOW),
    f32x4.splat(EXP_Q1), f32x4.splat(EXP_Q2), f32x4.splat(EXP_Q3), f32x4.splat(EXP_Q4), f32x4.splat(EXP_Q5),
  );
  const power = powerOf(shifted, one);
  return f32x4.add(f32x4.mul(series, power), f32x4.sub(power, one));
}

/** ln(1 + x) of four lanes of [0, 1], within 4 ulp: 2 atanh(s) of s = x / (2 + x), at most 1/3, by its series to s^17. */
@inline
export function log1p4(x: v128): v128 {
  const s = f32x4.div(x, f32x4.add(x, f32x4.splat(2.0)));
  const u = f32x4.mul(s, s);
  let p = f32x4.add(f32x4.mul(f32x4.splat(1.0 / 17.0), u), f32x4.splat(1.0 / 15.0));
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(1.0 / 13.0));
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(1.0 / 11.0));
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(1.0 / 9.0));
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(1.0 / 7.0));
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(1.0 / 5.0));
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(1.0 / 3.0));
  p = f32x4.add(f32x4.mul(p, u), f32x4.splat(1.0));
  return f32x4.mul(f32x4.add(s, s), p);
}

/** ln x for finite normal x > 0, within 2 ulp of float64: x = 2^e m, m in [1/sqrt 2, sqrt 2), ln m = 2 atanh((m - 1)/(m + 1)). */
@inline
export function log1(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  // Subtracting 1/sqrt 2's bits makes the exponent field round at 1/sqrt 2 instead of at 1.
  const e = (bits - 0x3FE6A09E667F3BCD) >> 52;
  const m = reinterpret<f64>(bits - (e << 52));
  const s = (m - 1.0) / (m + 1.0);
  const u = s * s;
  let p: f64 = 2.0 / 21.0;
  p = p * u + 2.0 / 19.0;
  p = p * u + 2.0 / 17.0;
  p = p * u + 2.0 / 15.0;
  p = p * u + 2.0 / 13.0;
  p = p * u + 2.0 / 11.0;
  p = p * u + 2.0 / 9.0;
  p = p * u + 2.0 / 7.0;
  p = p * u + 2.0 / 5.0;
  p = p * u + 2.0 / 3.0;
  return <f64>e * 0.6931471805599453 + (2.0 * s + s * u * p);
}
