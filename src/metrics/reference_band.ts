import type { ReferenceTarget } from "./compare_reference.ts";
import { sampleStatistics } from "./statistics.ts";

/** A reference made of runs over several seeds. */
export interface ReferenceBand extends ReferenceTarget {
  /** Standard deviation over the runs, that of a sample (n - 1). */
  readonly deviation: number;
}

/**
 * The band around the mean of runs that differ in their seed alone: maxZ standard deviations to either side, and never less than `floor`.
 *
 * @param values of two runs or more, finite
 * @throws RangeError for fewer
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
