/** What a sample's values have in common. */
export interface SampleStatistics {
  /** Number of values that were there and finite. */
  readonly n: number;
  /** Null if n is 0, as are min and max. */
  readonly mean: number | null;
  /** Standard deviation of the population that the sample is from (n - 1); null if n is below 2. */
  readonly sd: number | null;
  /** The least value. */
  readonly min: number | null;
  /** The greatest value. */
  readonly max: number | null;
}

/**
 * Mean, standard deviation and range of the finite values; null, NaN and infinities are left out and not counted. Two passes in
 * the order given, so that the result has the same bits everywhere.
 */
export function sampleStatistics(values: Iterable<number | null>): SampleStatistics {
  const sample: number[] = [];
  for (const value of values) if (value !== null && Number.isFinite(value)) sample.push(value);
  const n = sample.length;
  if (n === 0) return { n, mean: null, sd: null, min: null, max: null };
  const mean = sample.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  let [min, max] = [sample[0], sample[0]];
  for (const value of sample) {
    squares += (value - mean) * (value - mean);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  // Rounding may lift the mean of equal values off them; their spread is none all the same.
  const sd = n < 2 ? null : min === max ? 0 : Math.sqrt(squares / (n - 1));
  return { n, mean: min === max ? min : mean, sd, min, max };
}
