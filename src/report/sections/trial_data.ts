import { type TrialConclusion, trialStatistics } from "../../analysis/conclusions.ts";
import type { RankedTrial } from "../../analysis/ranking.ts";
import { bySize, isSizes } from "../../analysis/trial_parameters.ts";
import { ASKED_METRICS, isAccuracy, type Metric } from "../../tables/metrics.ts";
import { shortNumber } from "../../text/numbers.ts";
import { formatValue, idleRunsOf, oncePerWords, type ReportModel, runsUnderWay } from "../report_model.ts";
import { concludeReport } from "./conclusion_data.ts";
import { deviationText } from "./trial_cells.ts";
import {
  type DifferenceColumn,
  type Mark,
  type MarkKind,
  MARKS,
  type MetricColumn,
  type ParameterColumn,
  type TrialTable,
  VERDICT_LETTERS,
} from "./trial_table.ts";

const TABLE_METRICS: readonly Metric[] = [
  "val_accuracy",
  "val_loss",
  "train_loss",
  "test_accuracy",
  ...ASKED_METRICS,
];

export const trialTable = oncePerWords((model): TrialTable => {
  const { ranking, seeded, paths, input: { objective } } = model;
  const counts = ranking.map(({ runs }) => runs.length);
  const conclusions = new Map(concludeReport(model).trials.map((trial) => [trial.trial, trial]));
  const concluded = ranking.map(({ trial }) => conclusions.get(trial)!);
  const marks = trialMarks(model, concluded);
  const metrics = [...new Set([objective.metric, ...TABLE_METRICS, "test_loss" as const])];
  return {
    trials: ranking.map(({ trial }) => trial),
    ranked: ranking.filter(({ rank }) => rank !== null).length,
    runs: new Set(counts).size === 1 ? counts[0] : counts,
    parameters: paths.map((path) => parameterColumn(model, path)),
    metrics: metrics.filter((metric) => ranking.some(({ means }) => means[metric] !== null))
      .map((metric) => ({
        ...metricColumn(ranking, metric, seeded),
        extra: metric !== objective.metric && !TABLE_METRICS.includes(metric),
      })),
    difference: seeded && ranking.length > 1 && ranking[0].rank !== null
      ? differenceColumn(concluded, { metric: objective.metric, marks })
      : null,
    marks,
  };
});

function parameterColumn(model: ReportModel, path: string): ParameterColumn {
  const keys = new Map<string, { shown: number | string; value: unknown }>();
  const keyOf = (value: unknown) => {
    const shown = typeof value === "number" ? shortNumber(value) : shownText(value, model);
    const key = `${typeof shown} ${shown}`;
    if (!keys.has(key)) keys.set(key, { shown, value });
    return key;
  };
  // Many trials have the same values.
  const known = new Map<unknown, string>();
  const texts = model.ranking.map(({ trial }) => {
    const set = model.set(trial);
    if (!(path in set)) return null;
    let key = known.get(set[path]);
    if (key === undefined) known.set(set[path], key = keyOf(set[path]));
    return key;
  });
  const sorted = [...keys].sort(([, a], [, b]) => compareValues(a.value, b.value));
  const places = new Map(sorted.map(([key], i) => [key, i]));
  return {
    title: model.title(path),
    values: sorted.map(([, { shown }]) => shown),
    cells: texts.map((key) => key === null ? -1 : places.get(key)!),
  };
}

/** What layers have gets hyphens that do not break. */
function shownText(value: unknown, { t }: ReportModel): string {
  const text = formatValue(value, t);
  return Array.isArray(value) ? text.replaceAll("-", "\u2011") : text;
}

/** Numbers by size; layers by how many there are, then by their sizes; everything else after these, as text. */
export function compareValues(a: unknown, b: unknown): number {
  const kind = (value: unknown) => typeof value === "number" ? 0 : isSizes(value) ? 1 : 2;
  if (kind(a) !== kind(b)) return kind(a) - kind(b);
  if (kind(a) < 2) return bySize(a, b);
  const [left, right] = [JSON.stringify(a) ?? "", JSON.stringify(b) ?? ""];
  return left < right ? -1 : Number(left > right);
}

function metricColumn(
  ranking: readonly RankedTrial[],
  metric: Metric,
  seeded: boolean,
): Omit<MetricColumn, "extra"> {
  const shown = (value: number | null) =>
    value === null ? null : Number(isAccuracy(metric) ? (100 * value).toFixed(2) : value.toPrecision(4));
  const spread = (trial: RankedTrial) => {
    const { sd } = trialStatistics(trial, metric);
    if (sd === null) return null;
    return Number(deviationText(metric, isAccuracy(metric) ? 100 * sd : sd, trial.means[metric]));
  };
  return {
    metric,
    means: ranking.map(({ means }) => shown(means[metric])),
    sds: seeded ? ranking.map(spread) : null,
  };
}

function shownSpread(metric: Metric, value: number): number {
  return Number(isAccuracy(metric) ? (100 * value).toFixed(2) : value.toPrecision(2));
}

function differenceColumn(
  concluded: readonly TrialConclusion[],
  { metric, marks }: Pick<DifferenceColumn, "metric"> & Pick<TrialTable, "marks">,
): DifferenceColumn {
  const shown = (value: number) => shownSpread(metric, value);
  const values = concluded.map(({ difference }) => {
    if (!difference || difference.mean === null) return null;
    const { mean, low, high } = difference;
    return low === null || high === null
      ? [shown(mean)] as const
      : [shown(mean), shown(low), shown(high)] as const;
  });
  return {
    metric,
    values,
    verdicts: concluded.map(({ verdict }) => VERDICT_LETTERS[verdict]).join(""),
    axis: differenceAxis(values, marks),
  };
}

/** Three quarters of the intervals end within the axis. */
const WITHIN = 0.75;

/** One trial at chance level would press all others into a point: those without a mark decide, where there are any. */
function differenceAxis(
  differences: DifferenceColumn["values"],
  marks: TrialTable["marks"],
): DifferenceColumn["axis"] {
  const compared = [...differences.entries()].flatMap(([row, value]) =>
    value?.[1] === undefined ? [] : [{ row, value }]
  );
  if (compared.length === 0) return null;
  const unmarked = compared.filter(({ row }) => !(row in marks));
  const values = (unmarked.length > 0 ? unmarked : compared).map(({ value }) => value);
  const quantile = (amounts: number[]) => {
    amounts.sort((a, b) => a - b);
    return roundUp(amounts[Math.ceil(WITHIN * (amounts.length - 1))]);
  };
  const below = quantile(values.map(([, low = 0]) => Math.max(0, -low)));
  const above = quantile(values.map(([, , high = 0]) => Math.max(0, high)));
  // Zero stands a little inside, so that a point on it is whole.
  const least = roundUp((Math.max(below, above) || 1) / 8);
  return [-Math.max(below, least), Math.max(above, least)];
}

/** The next number of one digit: 0.034 to 0.04. By its decimal text, as logarithms are not the same everywhere. */
function roundUp(value: number): number {
  const [digits, exponent] = value.toExponential().split("e");
  return Number(`${Math.ceil(Number(digits) - 1e-9)}e${exponent}`);
}

function trialMarks(
  model: ReportModel,
  concluded: readonly TrialConclusion[],
): Record<string, readonly Mark[]> {
  const idle = new Map<number, number>();
  for (const { trial } of idleRunsOf(model)) idle.set(trial, (idle.get(trial) ?? 0) + 1);
  const running = runsUnderWay(model);
  const marks = model.ranking.map(({ trial, runs }, row): [number, Mark[]] => {
    const counts: Record<MarkKind, number> = {
      failed: 0,
      diverged: 0,
      idle: idle.get(trial) ?? 0,
      stopped: concluded[row].verdict === "eliminated" ? runs[0].epochs : 0,
      running: running.get(trial) ?? 0,
    };
    for (const { status } of runs) if (status === "failed" || status === "diverged") counts[status]++;
    return [row, MARKS.filter((kind) => counts[kind] > 0).map((kind) => [kind, counts[kind]] as const)];
  });
  return Object.fromEntries(marks.filter(([, found]) => found.length > 0));
}
