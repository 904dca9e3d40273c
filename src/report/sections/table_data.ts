import { formatMetric, formatSpread, isAccuracy, type Metric } from "../../tables/metrics.ts";
import type { RunRow, RunStatus } from "../../tables/results_csv.ts";
import type { RankedTrial } from "../../analysis/ranking.ts";
import { formatValue, type ReportModel } from "../report_model.ts";
import { statusCounts } from "./answer_data.ts";

/** The metrics that the ranked table shows. */
export const TABLE_METRICS = [
  "val_accuracy",
  "val_loss",
  "train_loss",
  "test_accuracy",
] as const satisfies readonly Metric[];

/** Trials with a diverged or failed run that a cut table shows besides the best. */
const MAX_BROKEN = 20;

/** Which trials the ranked table shows. */
export interface TableCut {
  /** The first of the ranking. */
  readonly shown: readonly RankedTrial[];
  /** After the shown ones, from further down the ranking. */
  readonly broken: readonly RankedTrial[];
  /** How many trials have a run that did not end ok and are not among the shown ones. */
  readonly brokenBelow: number;
}

/** The first `most` trials by rank, and of those below some that have a diverged or failed run. */
export function cutTable({ ranking }: ReportModel, most: number): TableCut {
  const shown = ranking.slice(0, most);
  const below = ranking.slice(most).filter(({ ok, runs }) => ok < runs.length);
  return { shown, broken: below.slice(0, MAX_BROKEN), brokenBelow: below.length };
}

/** What a cut table must say; empty where nothing is cut. */
export function cutNote({ t, ranking }: ReportModel, { shown, broken, brokenBelow }: TableCut): string {
  if (shown.length === ranking.length) return "";
  const first = t.table.cut(shown.length, ranking.length);
  return broken.length === 0 ? first : first + t.comma + t.table.cutBroken(broken.length, brokenBelow);
}

/** A trial's metric: its mean, and of an accuracy over several seeds the standard deviation in points. */
export function metricCell({ means, runs }: RankedTrial, metric: Metric): string {
  const values = runs.filter(({ status }) => status === "ok").map((run) => run[metric]).filter((value) =>
    value !== null
  );
  const mean = means[metric];
  if (mean === null || values.length < 2 || !isAccuracy(metric)) return formatMetric(metric, mean);
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) /
    (values.length - 1);
  const std = Math.sqrt(variance);
  return `${formatMetric(metric, mean)} ± ${formatSpread(metric, std)}`;
}

/** What the sweep set in a trial, a text a path; layer sizes get hyphens that do not break. */
export function parameterCells(model: ReportModel, trial: number): string[] {
  const set = model.set(trial);
  return model.paths.map((path) => {
    if (!(path in set)) return "–";
    const text = formatValue(set[path], model.t);
    return Array.isArray(set[path]) ? text.replaceAll("-", "\u2011") : text;
  });
}

/** How a trial's runs ended. */
export function runsCell(model: ReportModel, { runs }: RankedTrial): string {
  return statusCounts(model, runs);
}

/** Runs that diverged or failed, by trial and seed. */
export function unfinishedRuns(rows: readonly RunRow[], status: Exclude<RunStatus, "ok">): RunRow[] {
  return rows.filter((row) => row.status === status).sort((a, b) => a.trial - b.trial || a.seed - b.seed);
}
