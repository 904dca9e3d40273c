import { criticalT, sampleStatistics } from "./statistics.ts";

/** How much two things that were measured in pairs differ. */
export interface PairedDifference {
  readonly n: number;
  /** Null without a pair. */
  readonly mean: number | null;
  /** Standard deviation (n - 1) of the differences; null below two pairs, as is the interval. */
  readonly sd: number | null;
  /** The interval that would hold the true difference in `level` of such experiments; null where all differences are equal. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A range with its ends. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

const ANY: Range = { low: -Infinity, high: Infinity };

/** Differences of equal numbers of right answers are this near, as they are rounded. */
const ROUNDED = 1e-12;

/**
 * The mean of the differences and its interval by Student's t with n - 1 degrees, as `scipy.stats.ttest_rel(a, b)` has it, as far as it
 * lies in what is `possible`: from 0 to 1 for a mean of accuracies, from -1 to 1 for one of their differences. What is cut off cannot be
 * the true mean, so the interval holds that as often as before (Mandelkern, 2002, Setting confidence intervals for bounded parameters,
 * Statistical Science 17, section 3). Of equal differences there is none: t is a ratio to their spread, and one of two or three seeds
 * that got as many of a few images right is no sign that the next would too.
 * @param differences one a pair; what is null or not finite is left out
 */
export function pairedDifference(
  differences: Iterable<number | null>,
  { level = 0.95, possible = ANY }: { level?: number; possible?: Range } = {},
): PairedDifference {
  const { n, mean, sd } = sampleStatistics(differences);
  const isEqual = sd !== null && mean !== null && sd <= ROUNDED * Math.max(1, Math.abs(mean));
  if (mean === null || sd === null || isEqual) return { n, mean, sd, low: null, high: null };
  const half = criticalT(level, n - 1) * sd / Math.sqrt(n);
  return {
    n,
    mean,
    sd,
    low: Math.max(possible.low, mean - half),
    high: Math.min(possible.high, mean + half),
  };
}

/** How many pairs there are of so many things. */
export function pairCount(things: number): number {
  return things * (things - 1) / 2;
}

/**
 * Whether a mean difference is more than chance at 5 % for all of so many pairs at once, by the paired t test of each at 5 % over their
 * number (Bonferroni): which of them is looked at may then have been chosen by the same data. Of one pair it is whether the interval of
 * 95 % leaves zero out. False where there is no interval.
 */
export function isBeyondChance({ n, mean, sd, low }: PairedDifference, pairs = 1): boolean {
  if (mean === null || sd === null || low === null) return false;
  return Math.abs(mean) > criticalT(1 - 0.05 / Math.max(1, pairs), n - 1) * sd / Math.sqrt(n);
}

/** The 97.5 % quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * The 95 % confidence interval of a proportion (Wilson, 1927: Probable inference, the law of succession, and statistical inference),
 * which keeps within 0 and 1 and holds for proportions near them.
 * @throws RangeError unless `successes` is a whole number from 0 to `trials`, and `trials` 1 or more
 */
export function wilsonInterval(successes: number, trials: number): { low: number; high: number } {
  if (!Number.isInteger(trials) || trials < 1) {
    throw new RangeError(`Cannot form an interval: trials must be an integer of 1 or more, found ${trials}`);
  }
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(
      `Cannot form an interval: successes must be an integer from 0 to ${trials}, found ${successes}`,
    );
  }
  const p = successes / trials;
  const z2 = Z * Z / trials;
  const center = (p + z2 / 2) / (1 + z2);
  const half = Z / (1 + z2) * Math.sqrt(p * (1 - p) / trials + z2 / 4 / trials);
  return {
    low: successes === 0 ? 0 : Math.max(0, center - half),
    high: successes === trials ? 1 : Math.min(1, center + half),
  };
}
