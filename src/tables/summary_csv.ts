import { type Codec, count, finite, metric, optional, whereSet } from "../text/codecs.ts";
import { measureOf, type Metric, METRICS } from "./metrics.ts";
import { layerSizesForSheets } from "../settings/model.ts";
import { type RunSettings, SETTING_COLUMNS } from "../settings/settings.ts";
import { formatTable, parseTable, type Table } from "./table.ts";

/** What is said of a metric over a trial's seeds, each in a column of its own. */
export const STATISTICS = ["mean", "sd", "min", "max"] as const;
export type StatisticColumn = `${Metric}_${(typeof STATISTICS)[number]}`;

/** One row of `summary.csv`: a trial, over its seeds. */
export type SummaryRow =
  & {
    readonly trial: number;
    /** From 1; null if no run that ended ok has the metric that trials are ranked by. */
    readonly rank: number | null;
    /** How many runs it has, and how many of them ended ok: the statistics are over these. */
    readonly runs: number;
    readonly n: number;
    /** The metric that trials are ranked by, minus that of the best trial, paired over seeds, with its 95 % interval. */
    readonly difference: number | null;
    readonly difference_low: number | null;
    readonly difference_high: number | null;
    /** How many of the runs that ended ok are better on the test images than always guessing the largest class; null where nobody knows. */
    readonly learned: number | null;
  }
  & RunSettings
  & Readonly<Record<StatisticColumn, number | null>>;

const statistics = Object.fromEntries(
  METRICS.flatMap((name) => {
    const codec = measureOf(name) === undefined ? metric : whereSet(finite);
    return STATISTICS.map((statistic) => [`${name}_${statistic}`, codec]);
  }),
) as Record<StatisticColumn, Codec<number | null>>;

const TABLE: Table<SummaryRow> = {
  name: "summary.csv",
  columns: {
    trial: count,
    rank: optional(count),
    ...SETTING_COLUMNS,
    // results.csv keeps its bytes, `12-5`; nobody compares these.
    hidden: layerSizesForSheets,
    runs: count,
    n: count,
    ...statistics,
    difference: metric,
    difference_low: metric,
    difference_high: metric,
    learned: { ...optional(count), absent: null },
  },
  key: ["trial"],
};

/** Times are not in it: they are never the same twice (`timings.csv` has them). Throws as formatTable(). */
export function formatSummary(rows: readonly SummaryRow[]): string {
  return formatTable(TABLE, rows);
}

export function parseSummary(text: string): SummaryRow[] {
  return parseTable(TABLE, text);
}
