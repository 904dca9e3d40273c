import type { GradeTensor } from "../student_program.ts";
import { relativeError, sameShape, tensor } from "../tensors.ts";

/** A smaller factor is none: the numbers are as good as nothing. */
const LEAST = 1e-4;

/** By what all of an array's numbers are larger than what they should be; null where that is not one number. */
export function ratioOf(found: GradeTensor, expected: GradeTensor, rtol: number): number | null {
  if (!sameShape(found.shape, expected.shape)) return null;
  let product = 0;
  let square = 0;
  for (const [i, e] of expected.data.entries()) {
    product += found.data[i] * e;
    square += e * e;
  }
  // One number is a multiple of any other, which tells nothing.
  if (square === 0 || expected.data.length < 2) return null;
  if (found.data.every((x) => x === 0)) return 0;
  const ratio = product / square;
  if (!(Math.abs(ratio) > LEAST)) return null;
  // Back in the size of what is expected, below which nothing is told apart.
  const scaled = tensor(expected.shape, (i) => found.data[i] / ratio);
  return relativeError(scaled, expected) <= rtol ? ratio : null;
}

/** The ratio as `20/16`, made of two of these sizes; null where it is none, or is a whole number. */
export function fractionOf(ratio: number, sizes: readonly number[], rtol: number): string | null {
  if (Math.abs(ratio - Math.round(ratio)) <= rtol) return null;
  for (const a of [1, ...sizes]) {
    for (const b of sizes) {
      if (a !== b && Math.abs(ratio * b / a - 1) <= rtol) return `${a}/${b}`;
    }
  }
  return null;
}
