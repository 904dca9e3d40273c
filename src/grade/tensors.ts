import type { GradeTensor } from "./student_program.ts";

export type Tensors = Readonly<Record<string, GradeTensor>>;

/** A tensor of this shape, each element from `value`, in row-major order. */
export function tensor(shape: readonly number[], value: (i: number) => number): GradeTensor {
  const data = new Float64Array(shape.reduce((size, length) => size * length, 1));
  for (let i = 0; i < data.length; i++) data[i] = value(i);
  return { shape, data };
}

/** A list of numbers as a tensor. */
export function vector(values: readonly number[]): GradeTensor {
  return tensor([values.length], (i) => values[i]);
}

/** Numbers below this are taken for 0: sums that cancel leave a rounding, which is not to be compared with another rounding. */
const NOTHING = 1e-6;

/** The largest difference of two tensors, relative to the largest element of `expected`; Infinity where shapes or NaNs differ. */
export function relativeError(found: GradeTensor, expected: GradeTensor): number {
  if (!sameShape(found.shape, expected.shape)) return Infinity;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < expected.data.length; i++) {
    const [a, b] = [found.data[i], expected.data[i]];
    if (Number.isNaN(a) && Number.isNaN(b) || a === b) {
      if (Number.isFinite(b)) largest = Math.max(largest, Math.abs(b));
      continue;
    }
    if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
    largest = Math.max(largest, Math.abs(b));
    difference = Math.max(difference, Math.abs(a - b));
  }
  return difference / Math.max(largest, NOTHING);
}

/**
 * The largest of the tensors' relative errors; Infinity where one that is expected is missing.
 *
 * @param enough where it is more than that, how much more does not matter
 */
export function worstError(found: Tensors, expected: Tensors, enough = Infinity): number {
  let worst = 0;
  for (const [name, tensor] of Object.entries(expected)) {
    if (worst > enough) break;
    worst = Math.max(worst, Object.hasOwn(found, name) ? relativeError(found[name], tensor) : Infinity);
  }
  return worst;
}

/** Whether shapes agree, leading dimensions of 1 aside: a bias of NumPy may be (1, N). */
export function sameShape(found: readonly number[], expected: readonly number[]): boolean {
  const [a, b] = [withoutOnes(found), withoutOnes(expected)];
  return a.length === b.length && a.every((length, i) => length === b[i]);
}

/** As NumPy shows it: `(20, 10)`, `(10,)`, `()`. */
export function showShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

function withoutOnes(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((length) => length !== 1);
  return first < 0 ? [] : shape.slice(first);
}
