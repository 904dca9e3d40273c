import { distinct } from "../../metrics/statistics.ts";
import { isBroken, type RankedTrial } from "../../analysis/ranking.ts";
import { type SplitSettings, unlikeSplits } from "../../data/unlike_splits.ts";
import { isAccuracy, METRIC } from "../../tables/metrics.ts";
import type { RunStatus } from "../../tables/results_csv.ts";
import { idleRunsOf, oncePerInput, oncePerWords, type ReportModel, trainingCount } from "../report_model.ts";
import type { TrialTable } from "./trial_table.ts";

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
  const below = ranking.slice(most).filter(isBroken);
  return { shown, broken: below.slice(0, MAX_BROKEN), brokenBelow: below.length };
}

/** What the reader must know of the table. */
export function tableNotes(model: ReportModel, { metrics }: TrialTable): string[] {
  const { t, ranking, seeded, input: { objective: { metric } } } = model;
  const broken = ranking.filter(isBroken).length;
  const isRanked = ranking[0].rank !== null;
  const unlike = !isRanked || METRIC[metric].on === "test" ? [] : unlikeTrials(model);
  return [
    ...unlike.length > 0
      ? [
        t.table.unlikeRows(
          unlike.map((path) => model.title(path)).join(t.comma),
          METRIC[metric].label[t.language],
        ),
      ]
      : [],
    ...seeded && metrics.length > 0
      ? [t.table.meanNote(metrics.some(({ metric }) => isAccuracy(metric)))]
      : [],
    ...broken > 0 && broken < ranking.length ? [t.table.brokenNote] : [],
  ];
}

/** The settings by which trials train and validate on other rows; none where nobody knows. */
export const unlikeTrials = oncePerInput(({ ranking, set, input }): string[] => {
  const { preprocess } = input;
  if (preprocess === undefined) return [];
  const splits = ranking.map(({ trial }): SplitSettings => {
    const { limit, validation } = preprocess;
    const own = set(trial);
    // What a sweep sets are values of these settings.
    return {
      limit: (own["preprocess.limit"] ?? limit) as number | undefined,
      validation: (own["preprocess.validation"] ?? validation) as number,
    };
  });
  return unlikeSplits(splits, trainingCount({ input }));
});

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

export const namedSeeds = oncePerWords(({ t, input: { rows } }): string => {
  const seeds = distinct(rows.map(({ seed }) => seed));
  const named = seeds.slice(0, MAX_NAMED).join(t.comma);
  const more = seeds.length - MAX_NAMED;
  return more > 0 ? named + t.comma + t.table.more(more) : named;
});
