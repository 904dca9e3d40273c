import type { RandomState } from "./random_state.ts";

/** The bases of the dimensions. */
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71];

export const HALTON_DIMENSIONS = PRIMES.length;

/**
 * Gives the points of Halton's sequence one by one, each number of them in [0, 1): of point i the digits of i in the dimension's prime
 * base, mirrored at the point, as the nearest float64. The first is all zeros, as in SciPy's `qmc.Halton(d, scramble=False)`. With `state`
 * they are moved by `shift = state.random_sample(d)`: (point + shift) % 1.
 * Throws RangeError unless `dimensions` is an integer from 1 to HALTON_DIMENSIONS.
 */
export function haltonPoints(dimensions: number, state?: RandomState): () => number[] {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > HALTON_DIMENSIONS) {
    throw new RangeError(
      `Cannot make Halton's sequence: dimensions must be an integer from 1 to ${HALTON_DIMENSIONS}, found ${dimensions}`,
    );
  }
  const bases = PRIMES.slice(0, dimensions);
  const shift = bases.map(() => state?.random() ?? 0);
  let index = 0;
  return () => {
    const point = bases.map((base, d) => (mirrored(index, base) + shift[d]) % 1);
    index++;
    return point;
  };
}

function mirrored(index: number, base: number): number {
  // Both are whole and exact, so that the quotient is rounded once.
  let digits = 0, scale = 1;
  for (let rest = index; rest > 0; rest = Math.floor(rest / base)) {
    digits = digits * base + rest % base;
    scale *= base;
  }
  return digits / scale;
}
