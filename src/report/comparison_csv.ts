import { type Codec, count, metric, oneOf, optional, text } from "../text/codecs.ts";
import type { Comparison } from "../analysis/comparison.ts";
import { formatTable, type Table } from "../tables/table.ts";

/** One value of a comparison, in the long form that pandas and R like. */
interface ComparisonRow {
  readonly kind: "curve" | "metric" | "setting";
  readonly name: string;
  readonly epoch: number | null;
  /** The trial's place, from 0, and what it is called. */
  readonly index: number;
  readonly trial: string;
  /** A setting as JSON, otherwise the mean over the seeds; empty where there is none. */
  readonly value: string;
  readonly sd: number | null;
  readonly n: number | null;
  /** The metric minus the first trial's, paired over seeds, and its 95 % interval. */
  readonly change: number | null;
  readonly change_low: number | null;
  readonly change_high: number | null;
}

const anyText: Codec<string> = { ...text, write: (value) => value, read: (cell) => cell };

const TABLE: Table<ComparisonRow> = {
  name: "comparison.csv",
  columns: {
    kind: oneOf(["curve", "metric", "setting"]),
    name: text,
    epoch: optional(count),
    index: count,
    trial: text,
    value: anyText,
    sd: metric,
    n: optional(count),
    change: metric,
    change_low: metric,
    change_high: metric,
  },
  key: ["kind", "name", "epoch", "index"],
};

/** A comparison as CSV: a row for each trial of each setting that differs, each metric and each epoch of each curve. */
export function formatComparisonCsv({ names, settings, metrics, curves }: Comparison): string {
  const nothing = { epoch: null, sd: null, n: null, change: null, change_low: null, change_high: null };
  const rows = names.flatMap((trial, index): ComparisonRow[] => [
    ...settings.map(({ path, values }) => ({
      ...nothing,
      kind: "setting" as const,
      name: path,
      index,
      trial,
      value: JSON.stringify(values[index]) ?? "",
    })),
    ...metrics.map(({ metric, values, changes }) => ({
      ...nothing,
      kind: "metric" as const,
      name: metric,
      index,
      trial,
      value: String(values[index].mean ?? ""),
      sd: values[index].sd,
      n: values[index].n,
      change: changes[index]?.difference.mean ?? null,
      change_low: changes[index]?.difference.low ?? null,
      change_high: changes[index]?.difference.high ?? null,
    })),
    ...curves.flatMap(({ metric, values }) =>
      values[index].map(({ mean, sd, n }, i) => ({
        ...nothing,
        kind: "curve" as const,
        name: metric,
        epoch: i + 1,
        index,
        trial,
        value: String(mean ?? ""),
        sd,
        n,
      }))
    ),
  ]);
  return formatTable(TABLE, rows);
}
