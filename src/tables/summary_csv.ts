import { type Codec, count, metric, optional } from "../text/codecs.ts";
import type { Conclusions } from "../analysis/conclusions.ts";
import { type Metric, METRICS } from "./metrics.ts";
import { type RunSettings, SETTING_COLUMNS } from "../settings/settings.ts";
import type { RunRow } from "./results_csv.ts";
import { formatTable, parseTable, type Table } from "./table.ts";

const STATISTICS = ["mean", "sd", "min", "max"] as const;
type StatisticColumn = `${Metric}_${(typeof STATISTICS)[number]}`;

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
  }
  & RunSettings
  & Readonly<Record<StatisticColumn, number | null>>;

const statistics = Object.fromEntries(
  METRICS.flatMap((name) => STATISTICS.map((statistic) => [`${name}_${statistic}`, metric])),
) as Record<StatisticColumn, Codec<number | null>>;

const TABLE: Table<SummaryRow> = {
  name: "summary.csv",
  columns: {
    trial: count,
    rank: optional(count),
    ...SETTING_COLUMNS,
    runs: count,
    n: count,
    ...statistics,
    difference: metric,
    difference_low: metric,
    difference_high: metric,
  },
  key: ["trial"],
};

/**
 * Writes `summary.csv`: one row a trial, by trial. Times are not in it: they are never the same twice (`timings.csv` has them).
 * @param rows the rows of `results.csv` that the conclusions are from
 * @throws RangeError if a trial of the conclusions has no row
 */
export function formatSummary({ trials }: Conclusions, rows: readonly RunRow[]): string {
  const first = new Map<number, RunRow>();
  for (const row of rows) if (!first.has(row.trial)) first.set(row.trial, row);
  return formatTable(
    TABLE,
    trials.map(({ trial, rank, runs, ok, metrics, difference }): SummaryRow => {
      const settings = first.get(trial);
      if (settings === undefined) {
        throw new RangeError(`Cannot format summary.csv: trial ${trial} must have a row, found none`);
      }
      const values = METRICS.flatMap((name) =>
        STATISTICS.map((statistic) => [`${name}_${statistic}`, metrics[name][statistic]])
      );
      return {
        ...settings,
        ...Object.fromEntries(values) as Record<StatisticColumn, number | null>,
        trial,
        rank,
        runs,
        n: ok,
        difference: difference?.mean ?? null,
        difference_low: difference?.low ?? null,
        difference_high: difference?.high ?? null,
      };
    }),
  );
}

/**
 * Reads `summary.csv`.
 * @throws SyntaxError that names the line and column at fault
 */
export function parseSummary(text: string): SummaryRow[] {
  return parseTable(TABLE, text);
}
