import { formatMetric, METRIC, METRICS } from "../../tables/metrics.ts";
import { oncePerWords } from "../report_model.ts";

/** The runs of a single trial: what was measured of each, and how it ended. */
export interface RunTable {
  readonly titles: readonly string[];
  /** The first by seed. */
  readonly rows: readonly {
    readonly seed: number;
    readonly cells: readonly string[];
    readonly status: string;
  }[];
  /** That these are not all; empty where they are. */
  readonly cut: string;
}

/** Rows of the table: a reader who wants more has `results.csv`. */
const MAX_LISTED = 100;

/** Null where there are several trials, which have a table of their own, or one run, of which the answer says everything. */
export const runTable = oncePerWords(({ t, single, input: { rows } }): RunTable | null => {
  if (single === null || rows.length === 1) return null;
  const measured = METRICS.filter((metric) => rows.some((row) => row[metric] !== null));
  return {
    titles: measured.map((metric) => METRIC[metric].shortLabel[t.language]),
    rows: rows.slice(0, MAX_LISTED).map((row) => ({
      seed: row.seed,
      cells: measured.map((metric) => formatMetric(metric, row[metric])),
      status: t.status[row.status],
    })),
    cut: rows.length <= MAX_LISTED ? "" : t.runTable.cut(MAX_LISTED, rows.length),
  };
});
