export { log } from "../../random/log.ts";

/** The most that students may add to probabilities, or cut them off at, to keep the logarithm from 0. */
export const MOST_EPSILON = 1e-6;
/** The least of which a probability of 0 may be taken to have become that. */
export const LEAST_EPSILON = 1e-16;

const LN2_HIGH = 6.93147180369123816490e-01; // its last 21 bits are 0, so that k * LN2_HIGH is exact
const LN2_LOW = 1.90821492927058770002e-10;
const TERMS = 14;

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** e^x in float64 from IEEE operations alone, hence the same bits on every engine; right to about 1 ulp. */
export function exp(x: number): number {
  if (x > 709.78) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.round(x / (LN2_HIGH + LN2_LOW));
  const r = (x - k * LN2_HIGH) - k * LN2_LOW;
  let sum = 1;
  for (let n = TERMS; n > 0; n--) sum = 1 + sum * r / n; // Taylor's series by Horner's rule, |r| < 0.35
  // In two steps: 2^k itself may be subnormal or too large.
  const half = Math.floor(k / 2);
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

/** tanh x in float64, as exp(). */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 1e-4) return x - x * x * x / 3;
  const e = exp(-2 * size);
  return Math.sign(x) * (1 - e) / (1 + e);
}

/** 1 / (1 + e^-x) in float64, as exp(). */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** 2^k for a whole k from -1022 to 1023. */
function powerOfTwo(k: number): number {
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return double[0];
}
