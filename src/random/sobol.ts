import type { RandomState } from "./random_state.ts";

const BITS = 32;
/** 2^BITS. */
const STEPS = 4_294_967_296;

/**
 * Of each dimension after the first, its primitive polynomial (degree s, inner coefficients a) and first numbers m: the rows of Joe and
 * Kuo's table new-joe-kuo-6 (SIAM J. Sci. Comput. 30, 2008; https://web.maths.unsw.edu.au/~fkuo/sobol/).
 */
const JOE_KUO: readonly (readonly [s: number, a: number, m: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
];

/** As many as the table has, and the first. */
export const SOBOL_DIMENSIONS = JOE_KUO.length + 1;

/**
 * Gives the points of Sobol's sequence one by one, each number of them in [0, 1): in Gray code order, the first of all zeros, as SciPy's
 * `qmc.Sobol(d, scramble=False)` and PyTorch's `SobolEngine(d)` have them. With `state` each dimension's 32 bits are shifted (exclusive
 * or) by the next number of `state.randint(2**32, size=d, dtype=np.uint32)`, which keeps the sequence's balance.
 * There are 2**32 points. Throws RangeError unless `dimensions` is an integer from 1 to SOBOL_DIMENSIONS.
 */
export function sobolPoints(dimensions: number, state?: RandomState): () => number[] {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > SOBOL_DIMENSIONS) {
    throw new RangeError(
      `Cannot make Sobol's sequence: dimensions must be an integer from 1 to ${SOBOL_DIMENSIONS}, found ${dimensions}`,
    );
  }
  const directions = Array.from({ length: dimensions }, (_, d) => directionNumbers(d));
  const point = Uint32Array.from(directions, () => state?.interval(STEPS - 1) ?? 0);
  let index = 0;
  return () => {
    const result = Array.from(point, (word) => word / STEPS);
    // The next one differs by the direction of the lowest bit of the index that is 0.
    const bit = 31 - Math.clz32(~index & (index + 1));
    for (let d = 0; d < dimensions; d++) point[d] ^= directions[d][bit];
    index++;
    return result;
  };
}

/** As fractions of 2**32, the first the greatest. */
function directionNumbers(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  const [s, a, m]: (typeof JOE_KUO)[number] = dimension === 0
    ? [BITS, 0, Array.from(directions, () => 1)] // van der Corput's sequence
    : JOE_KUO[dimension - 1];
  for (let i = 0; i < BITS; i++) {
    if (i < s) directions[i] = m[i] << (BITS - 1 - i);
    else {
      directions[i] = directions[i - s] ^ (directions[i - s] >>> s);
      for (let k = 1; k < s; k++) if ((a >>> (s - 1 - k) & 1) === 1) directions[i] ^= directions[i - k];
    }
  }
  return directions;
}
