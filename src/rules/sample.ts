/** A point of the plane that a rule learns from. */
export interface Sample {
  /** -1 to 1, a multiple of 0.01: what is decided about samples is then decided exactly. */
  readonly x1: number;
  /** As x1. */
  readonly x2: number;
  /** The class. */
  readonly label: 0 | 1;
}

/** How many samples a page holds at most. */
export const MOST_SAMPLES = 60;

/** The nearest coordinate that a sample can have. */
export function toCoordinate(value: number): number {
  return Math.round(100 * Math.max(-1, Math.min(1, value))) / 100 + 0;
}
