/** A mean and how many values it is over. */
export interface Mean {
  /** Number of values that were there and finite. */
  readonly n: number;
  /** Their mean; null if n is 0. */
  readonly mean: number | null;
}

/** The mean of the finite values, in the order given; null, NaN and infinities are left out and not counted. */
export function mean(values: Iterable<number | null>): Mean {
  let n = 0;
  let sum = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    n++;
    sum += value;
  }
  return { n, mean: n === 0 ? null : sum / n };
}
