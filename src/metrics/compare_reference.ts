import { sampleStatistics } from "./statistics.ts";

/** What a metric should be. */
interface ReferenceTarget {
  readonly metric: string;
  readonly value: number;
  /** How far off it may be, in either direction; 0 or more. */
  readonly tolerance: number;
}

export interface ReferenceComparison extends ReferenceTarget {
  /** Null where there is none, or it is not finite. */
  readonly found: number | null;
  /** found - value; null where nothing was found. */
  readonly difference: number | null;
  readonly within: boolean;
}

/** Holds a metric against its reference. One that was not found, or is not finite, is outside. */
export function compareReference(found: number | null, target: ReferenceTarget): ReferenceComparison {
  if (found === null || !Number.isFinite(found)) {
    return { ...target, found: null, difference: null, within: false };
  }
  const difference = found - target.value;
  // Decimals such as 0.962 - 0.96 <= 0.002 must not fail by a rounding of the last bit.
  const slack = 4 * Number.EPSILON * Math.max(Math.abs(found), Math.abs(target.value));
  return { ...target, found, difference, within: Math.abs(difference) <= target.tolerance + slack };
}

interface ReferenceBand extends ReferenceTarget {
  /** Standard deviation over the runs, that of a sample (n - 1). */
  readonly deviation: number;
}

/**
 * The band around the mean of runs that differ in their seed alone: maxZ standard deviations to either side, and never less than `floor`.
 * @throws RangeError for fewer than two finite values
 */
export function referenceBand(
  metric: string,
  values: readonly number[],
  { maxZ, floor }: { maxZ: number; floor: number },
): ReferenceBand {
  const { n, mean, sd } = sampleStatistics(values);
  if (mean === null || sd === null) {
    throw new RangeError(`Cannot make a reference band: the number of runs must be 2 or more, found ${n}`);
  }
  return { metric, value: mean, tolerance: Math.max(maxZ * sd, floor), deviation: sd };
}
