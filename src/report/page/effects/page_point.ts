/** A trial, its metric, its flags, and its value on each parameter's axis. */
export type PagePoint = readonly [
  trial: number,
  value: number | null,
  flags: number,
  ...at: (number | null)[],
];

// What is said of a point, added up.

/** A run diverged or failed. */
export const BROKEN = 1;
/** Drawn in any case, not only when it is ticked. */
export const DRAWN = 2;
export const TICKABLE = 4;
