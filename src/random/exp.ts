import { FIXED, FLOAT, naturalLog, split, WORDS } from "./fixed_point.ts";

/*
 * exp x = 2^k 2^(j/128) exp(r), where k*128 + j = round(128 x / ln 2) and |r| <= ln 2 / 256: the scheme of Tang (1989). 128 x / ln 2
 * is taken off in two parts whose first product is exact, the table holds 2^(j/128) as the sum of two doubles, and what is left to
 * round is small: the result is within 0.51 ulp, and so almost always the double nearest to exp x.
 */
const INTERVALS = 128;

/** ln 2 / 128 as a double of few bits, so that its products with whole numbers below 2^18 are exact, and the rest. */
const [STEP_HIGH, STEP_LOW] = split(naturalLog(2n, 1n) / BigInt(INTERVALS), 42n);
const INVERSE_STEP = 1 / (STEP_HIGH + STEP_LOW);

/** 2^(j/128): the nearest double, and the rest. */
const TABLE = new Float64Array(2 * INTERVALS);
{
  // Seven square roots of two give the factors of every power.
  const roots: bigint[] = [];
  for (let i = 0, root = 2n << FIXED; i < 7; i++) roots.push(root = squareRoot(root << FIXED));
  for (let j = 0; j < INTERVALS; j++) {
    let power = 1n << FIXED;
    for (let bit = 0; bit < 7; bit++) if (j & (64 >> bit)) power = (power * roots[bit]) >> FIXED;
    [TABLE[2 * j], TABLE[2 * j + 1]] = split(power, 52n);
  }
}

/**
 * e to the power of a float64, from IEEE operations alone, hence the same bits on every engine (`Math.exp`'s differ). Within
 * 0.51 ulp where the result is a normal number. As `Math.exp` it gives Infinity, 0 and NaN where those are due.
 */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const n = Math.round(x * INVERSE_STEP);
  const high = x - n * STEP_HIGH;
  const low = n * STEP_LOW;
  const r = high - low;
  const rLow = (high - r) - low;
  const j = n & (INTERVALS - 1);
  const k = (n - j) / INTERVALS;
  const r2 = r * r;
  const tail = r2 * (0.5 + r * (1 / 6)) + r2 * r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720));
  const power = TABLE[2 * j];
  const small = TABLE[2 * j + 1] + power * (r + (rLow + tail));
  const value = power + small;
  // Two halves, so that neither overflows and only the last one rounds.
  const half = Math.trunc(k / 2);
  return value * powerOf2(half) * powerOf2(k - half);
}

/** 2^k, -1022 <= k <= 1023. */
function powerOf2(k: number): number {
  WORDS[0] = 0;
  WORDS[1] = (k + 1023) << 20;
  return FLOAT[0];
}

/** The floor of the square root, by Newton's method from above. */
function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt(value.toString(2).length / 2 + 1 | 0);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
