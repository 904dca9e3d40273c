import type { Workspace } from "../memory.ts";

/** The transcendental functions of the reference kernels. */
export interface Functions {
  /** Hyperbolic tangent. */
  tanh(x: number): number;
  /** e to the power of x. */
  exp(x: number): number;
  /** Natural logarithm. */
  log(x: number): number;
  /** exp(x) - 1. */
  expm1(x: number): number;
  /** Natural logarithm of 1 + x, for x from 0 to 1. */
  log1p(x: number): number;
}

/** What the reference kernels work with: memory by type, and how a result is rounded. */
export interface ReferenceContext extends Omit<Workspace, "kernels"> {
  readonly halves: Uint16Array;
  /** The memory as float32, where the data set lies: `floats` themselves, or in float64 beside them. */
  readonly singles: Float32Array;
  readonly functions: Functions;
  /** Rounds the result of every operation on floats: Math.fround, or nothing in float64. */
  readonly round: (x: number) => number;
}

const f = Math.fround;
const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);
const double = new Float64Array(1);
const doubleBits = new BigInt64Array(double.buffer);

const TANH_LIMIT = f(7.9);
const TANH_P = [
  2.4105327109391617e-11,
  -1.4906357037602902e-8,
  9.939240953826811e-6,
  0.0029921040404587984,
  0.1298491656780243,
  1,
];
const TANH_Q = [0.00023808774130884558, 0.024053122848272324, 0.46318235993385315, 1];

const EXP_LOW = f(-87);
const EXP_HIGH = f(88);
const ROUND = f(12582912);
const LOG2E = f(1.4426950408889634);
const LN2_HIGH = f(0.693359375);
const LN2_LOW = f(-2.12194440e-4);
const EXP_Q = [
  0.001381459878757596,
  0.008368716575205326,
  0.04166838899254799,
  0.1666652113199234,
  0.4999999403953552,
];

/** A polynomial by Horner's rule in float32, highest coefficient first. */
function horner(coefficients: number[], x: number): number {
  let p = f(coefficients[0]);
  for (let i = 1; i < coefficients.length; i++) p = f(f(p * x) + f(coefficients[i]));
  return p;
}

/** tanh of a float32, in float32: assembly/math.ts tanh4(). */
function tanh(x: number): number {
  const t = Math.min(Math.max(x, -TANH_LIMIT), TANH_LIMIT);
  const u = f(t * t);
  return f(f(t * horner(TANH_P, u)) / horner(TANH_Q, u));
}

/** exp(x) = 2^k * (1 + p): p and 2^k, in float32. */
function expParts(x: number): { p: number; power: number } {
  const t = Math.min(Math.max(x, EXP_LOW), EXP_HIGH);
  const shifted = f(f(t * LOG2E) + ROUND);
  const k = f(shifted - ROUND);
  const r = f(f(t - f(k * LN2_HIGH)) - f(k * LN2_LOW));
  const p = f(f(f(horner(EXP_Q, r) * r) * r) + r);
  float[0] = shifted;
  floatBits[0] = (floatBits[0] << 23) + 0x3F800000;
  return { p, power: float[0] };
}

/** exp of a float32, in float32: assembly/math.ts exp4(). */
function exp(x: number): number {
  const { p, power } = expParts(x);
  return f(f(p + 1) * power);
}

/** exp - 1 of a float32, in float32: assembly/math.ts expm14(). */
function expm1(x: number): number {
  const { p, power } = expParts(x);
  return f(f(p * power) + f(power - 1));
}

const LOG1P_SERIES = [1 / 17, 1 / 15, 1 / 13, 1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1];

/** ln(1 + x) of a float32 from 0 to 1, in float32: assembly/math.ts log1p4(). */
function log1p(x: number): number {
  const s = f(x / f(x + 2));
  return f(f(s + s) * horner(LOG1P_SERIES, f(s * s)));
}

/** ln of a float64, in float64: assembly/math.ts log1(). */
function log(x: number): number {
  double[0] = x;
  const bits = doubleBits[0];
  const e = (bits - 0x3FE6A09E667F3BCDn) >> 52n;
  doubleBits[0] = bits - (e << 52n);
  const m = double[0];
  const s = (m - 1) / (m + 1);
  const u = s * s;
  let p = 2 / 21;
  for (let d = 19; d >= 3; d -= 2) p = p * u + 2 / d;
  return Number(e) * 0.6931471805599453 + (2 * s + s * u * p);
}

/** The kernels' own functions, bit for bit. */
export const FLOAT32_FUNCTIONS: Functions = { tanh, exp, log, expm1, log1p };
