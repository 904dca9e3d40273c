import { countRows } from "./split.ts";

/** By what rows are set aside for validation. */
export interface SplitSettings {
  /** Of how many rows, the first ones; left out, of all. */
  readonly limit?: number | undefined;
  readonly validation: number;
}

/**
 * The settings by which some of the trials train and validate on other rows than the rest; none where the rows are the same in all, as
 * where two shares come to as many rows.
 * @param count how many rows there are; left out, nobody knows
 */
export function unlikeSplits(
  splits: Iterable<SplitSettings>,
  count = Infinity,
): ("preprocess.limit" | "preprocess.validation")[] {
  const [limits, shares, rows] = [new Set<number>(), new Set<number>(), new Set<string>()];
  for (const { limit = Infinity, validation } of splits) {
    const used = Math.min(limit, count);
    limits.add(used);
    shares.add(validation);
    rows.add(`${used} ${used === Infinity ? validation : countRows({ count: used, validation }).validation}`);
  }
  if (rows.size < 2) return [];
  return [
    ...limits.size > 1 ? ["preprocess.limit" as const] : [],
    ...shares.size > 1 ? ["preprocess.validation" as const] : [],
  ];
}
