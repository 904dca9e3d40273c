/** What a metric is held against. */
export interface ReferenceTarget {
  /** Its name, such as `test_accuracy`. */
  readonly metric: string;
  /** What it should be. */
  readonly value: number;
  /** How far off it may be, in either direction; 0 or more. */
  readonly tolerance: number;
}

/** A metric held against its reference. */
export interface ReferenceComparison extends ReferenceTarget {
  /** What it is; null where there is none, or it is not finite. */
  readonly found: number | null;
  /** found - value; null where nothing was found. */
  readonly difference: number | null;
  /** Whether it was found and is no further off than the tolerance. */
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
