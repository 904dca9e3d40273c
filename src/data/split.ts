import { RandomState } from "../random/random_state.ts";

/** Row numbers of each part, in the order the permutation gives them. */
export interface Split {
  /** Rows to learn from. */
  readonly train: Uint32Array;
  /** Rows held out. */
  readonly validation: Uint32Array;
}

/** How many of `count` rows are trained on, and how many are for validation: ceil(validation * count) of them. */
export function countRows(
  { count, validation }: { count: number; validation: number },
): { train: number; validation: number } {
  const held = Math.ceil(validation * count);
  return { train: count - held, validation: held };
}

/**
 * Splits `count` rows as scikit-learn's `train_test_split(test_size=validation, random_state=seed)`: of a permutation of
 * the rows the first ceil(validation * count) are for validation, the rest for training. With 0 all are for training.
 * Throws RangeError unless `count` is a positive integer, `validation` in [0, 1), and a row is left to train on.
 */
export function splitTrainValidation(
  { count, validation, seed }: { count: number; validation: number; seed: number },
): Split {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot split: count must be a positive integer, found ${count}`);
  }
  if (!(validation >= 0 && validation < 1)) {
    throw new RangeError(`Cannot split: validation must be at least 0 and below 1, found ${validation}`);
  }
  const { validation: held } = countRows({ count, validation });
  if (held === count) {
    throw new RangeError(
      `Cannot split: validation must leave a row to train on, found ${validation} of ${count} rows, which is ${held}`,
    );
  }
  const permutation = new RandomState(seed).permutation(count);
  return { train: permutation.subarray(held), validation: permutation.subarray(0, held) };
}
