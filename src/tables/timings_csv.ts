import { count, finite, metric, optional, text } from "../text/codecs.ts";
import { formatTable, parseTable, type Table } from "./table.ts";

/** How long a step took, in wall-clock seconds. Never hashed, never compared. */
export interface TimingRow {
  readonly step: string;
  /** Null for a step that all runs share, such as preprocess. */
  readonly trial: number | null;
  /** Null where the trial is. */
  readonly seed: number | null;
  readonly seconds: number;
  /** Throughput; null where a step has none. */
  readonly images_per_second: number | null;
}

const TABLE: Table<TimingRow> = {
  name: "timings.csv",
  columns: {
    step: text,
    trial: optional(count),
    seed: optional(count),
    seconds: finite,
    images_per_second: metric,
  },
  // Shared steps, whose trial is null, come first.
  key: ["trial", "seed", "step"],
};

/**
 * Writes the shared steps, then each run's by trial, seed and step. Seconds are rounded to microseconds and images a second
 * to whole ones, which is all that a clock can tell. Throws as formatTable().
 */
export function formatTimings(rows: readonly TimingRow[]): string {
  return formatTable(
    TABLE,
    rows.map((row) => ({
      ...row,
      seconds: Math.round(row.seconds * 1e6) / 1e6,
      images_per_second: row.images_per_second === null ? null : Math.round(row.images_per_second),
    })),
  );
}

export function parseTimings(text: string, maxRows?: number): TimingRow[] {
  return parseTable(TABLE, text, maxRows);
}
