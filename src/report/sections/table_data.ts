import { formatMetric, formatSpread, isAccuracy, METRIC, type Metric } from "../../tables/metrics.ts";
import { statusCounts } from "./answer_data.ts";
import { concludeReport, conclusionSentences, differenceCell } from "./conclusion_data.ts";
import { sampleStatistics } from "../../metrics/statistics.ts";
import type { RankedTrial } from "../../analysis/ranking.ts";
import type { RunStatus } from "../../tables/results_csv.ts";
import { formatValue, idleRunsOf, type ReportModel } from "../report_model.ts";

const TABLE_METRICS: readonly Metric[] = ["val_accuracy", "val_loss", "train_loss", "test_accuracy"];

/** Trials with a diverged or failed run that a cut table shows besides the best. */
const MAX_BROKEN = 20;

export interface TableCut {
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

export interface TrialsTable {
  /** Titles of the columns of parameters and metrics, which every row has the cells of. */
  readonly titles: readonly string[];
  /** Title of the column of differences to the best; null where there is nothing to tell. */
  readonly compared: string | null;
  readonly rows: readonly {
    readonly ranked: RankedTrial;
    readonly cells: readonly string[];
    /** To the best trial, and in words what that means. */
    readonly difference: string;
    readonly ends: string;
  }[];
  readonly conclusions: readonly string[];
}

export function trialsTable(model: ReportModel, { shown, broken }: TableCut): TrialsTable {
  const { t, ranking, seeded, input: { objective } } = model;
  const conclusions = concludeReport(model);
  const differences = new Map(conclusions.trials.map((trial) => [trial.trial, differenceCell(model, trial)]));
  return {
    titles: [
      ...model.paths.map(model.title),
      ...TABLE_METRICS.map((metric) => METRIC[metric].shortLabel[t.language]),
    ],
    compared: seeded && ranking.length > 1 ? t.conclusions.column(isAccuracy(objective.metric)) : null,
    rows: [...shown, ...broken].map((ranked) => ({
      ranked,
      cells: [
        ...parameterCells(model, ranked.trial),
        ...TABLE_METRICS.map((metric) => metricCell(ranked, metric)),
      ],
      difference: differences.get(ranked.trial) ?? "",
      ends: statusCounts(model, ranked.runs),
    })),
    conclusions: conclusionSentences(model, conclusions),
  };
}

export function tableNotes({ t, ranking, seeded }: ReportModel): string[] {
  return [
    ...seeded ? [t.table.meanNote] : [],
    ...ranking.some(({ ok, runs }) => ok < runs.length) ? [t.table.brokenNote] : [],
  ];
}

/** What a cut table must say, with a link to all that there is; empty where nothing is cut. */
export function cutNote(
  { t, ranking }: ReportModel,
  { shown, broken, brokenBelow }: TableCut,
  link: string,
): string {
  if (shown.length === ranking.length) return "";
  const more = broken.length === 0 ? "" : t.comma + t.table.cutBroken(broken.length, brokenBelow);
  return t.table.cut(shown.length, ranking.length) + more + (t.language === "ja" ? "。" : ". ") +
    t.table.cutFile(link);
}

/** A trial's metric: its mean, and of an accuracy over several seeds the standard deviation in points. */
function metricCell({ means, runs }: RankedTrial, metric: Metric): string {
  const value = formatMetric(metric, means[metric]);
  if (!isAccuracy(metric)) return value;
  const { sd } = sampleStatistics(runs.filter(({ status }) => status === "ok").map((run) => run[metric]));
  return sd === null ? value : `${value} ± ${formatSpread(metric, sd)}`;
}

/** What the sweep set in a trial, a text a path; layer sizes get hyphens that do not break. */
function parameterCells(model: ReportModel, trial: number): string[] {
  const set = model.set(trial);
  return model.paths.map((path) => {
    if (!(path in set)) return "–";
    const text = formatValue(set[path], model.t);
    return Array.isArray(set[path]) ? text.replaceAll("-", "\u2011") : text;
  });
}

/** Runs, and seeds, that are listed by name. */
const MAX_NAMED = 20;

/** The runs that diverged, failed or learned nothing, each list with its title; none where there is none. */
export function unfinishedRuns(model: ReportModel): { title: string; runs: string }[] {
  const { t, input: { rows } } = model;
  const ended = (wanted: RunStatus) => rows.filter(({ status }) => status === wanted);
  const lists = [
    { title: t.table.divergedRuns, runs: ended("diverged") },
    { title: t.table.failedRuns, runs: ended("failed") },
    { title: t.table.idleRuns, runs: idleRunsOf(model) },
  ];
  return lists.flatMap(({ title, runs }) => {
    if (runs.length === 0) return [];
    const named = runs.slice(0, MAX_NAMED).map(model.runLabel);
    if (runs.length > MAX_NAMED) named.push(t.table.more(runs.length - MAX_NAMED));
    return [{ title, runs: named.join(t.language === "ja" ? "、" : "; ") }];
  });
}

export function namedSeeds({ t, input: { rows } }: ReportModel): string {
  const seeds = [...new Set(rows.map(({ seed }) => seed))].sort((a, b) => a - b);
  const named = seeds.slice(0, MAX_NAMED).join(t.comma);
  const more = seeds.length - MAX_NAMED;
  return more > 0 ? named + t.comma + t.table.more(more) : named;
}
