import { sampleStatistics } from "./statistics.ts";
import { criticalT } from "./student_t.ts";

/** How much two things that were measured in pairs differ. */
export interface PairedDifference {
  /** How many pairs there are. */
  readonly n: number;
  /** Mean of the differences; null without a pair. */
  readonly mean: number | null;
  /** Their standard deviation (n - 1); null below two pairs, as is the interval. */
  readonly sd: number | null;
  /** The interval that would hold the true difference in `level` of such experiments. */
  readonly low: number | null;
  /** Its other end. */
  readonly high: number | null;
}

/** The confidence that intervals are stated with. */
export const CONFIDENCE = 0.95;

/**
 * The mean of the differences and its interval by Student's t with n - 1 degrees, as `scipy.stats.ttest_rel(a, b)` has it.
 * @param differences one a pair; what is null or not finite is left out
 */
export function pairedDifference(
  differences: Iterable<number | null>,
  level = CONFIDENCE,
): PairedDifference {
  const { n, mean, sd } = sampleStatistics(differences);
  if (mean === null || sd === null) return { n, mean, sd, low: null, high: null };
  const half = sd === 0 ? 0 : criticalT(level, n - 1) * sd / Math.sqrt(n);
  return { n, mean, sd, low: mean - half, high: mean + half };
}
