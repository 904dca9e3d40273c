/** The middle one of the values, or the mean of the two in the middle. Throws RangeError where there are none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("Cannot take a median: there must be a value, found none");
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Median over the rounds of one program's time by another's in the same round: what slows a whole round cancels. */
export function medianRatio(times: readonly number[], reference: readonly number[]): number {
  return median(times.map((seconds, round) => seconds / reference[round]));
}
