const BARS = "▁▂▃▄▅▆▇█";

interface SparkScale {
  /** What the lowest and the highest bar stand for. */
  readonly low: number;
  readonly high: number;
  /** Whether each bar is as many times the one below it, as losses read best; only where low is above 0. */
  readonly log?: boolean;
}

/** A curve as a line of bars; a space where there is no value. */
export function sparkline(values: readonly (number | null)[], scale: SparkScale): string {
  const steps = thresholds(scale);
  return values.map((value) => value === null ? " " : BARS[steps.filter((step) => value >= step).length])
    .join("");
}

/** Where each bar but the lowest begins. */
function thresholds({ low, high, log = false }: SparkScale): number[] {
  if (!(high > low)) return [];
  const steps = Array.from({ length: BARS.length - 1 }, (_, i) => i + 1);
  if (!log || low <= 0) return steps.map((step) => low + (high - low) * step / BARS.length);
  // The eighth root, for eight bars.
  const factor = Math.sqrt(Math.sqrt(Math.sqrt(high / low)));
  let threshold = low;
  return steps.map(() => threshold *= factor);
}

/** At most `count` indices of a list of this length, evenly apart, with the first and the last. */
export function evenIndices(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, i) => i);
  return Array.from({ length: count }, (_, i) => Math.round(i * (length - 1) / (count - 1)));
}
