import { keepsBest } from "../../settings/early_stopping.ts";
import { formatMetric, METRIC, METRICS } from "../../tables/metrics.ts";
import { RUN_STATUSES, type RunState } from "../../tables/results_csv.ts";
import { misclassified } from "../../metrics/classification.ts";
import { pairedDifference, wilsonInterval } from "../../metrics/intervals.ts";
import { formatPercent } from "../../text/numbers.ts";
import type { RankedTrial } from "../../analysis/ranking.ts";
import {
  idleRunsOf,
  namedDataset,
  oncePerWords,
  type ReportModel,
  testsOnTraining,
} from "../report_model.ts";

export interface Answer {
  readonly best: RankedTrial;
  readonly title: string;
  /** What its numbers are over: epochs, seeds and, where not all ended ok, how runs ended. */
  readonly over: readonly string[];
  /** The test accuracy and where it comes from, in words; null where there is none. */
  readonly accuracy: { readonly value: number; readonly basis: readonly string[] } | null;
  /** What was measured of it, and what came out. */
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  /** Null where none are known. */
  readonly published: Published | null;
}

/** Errors of such networks on the same test images, the largest first, this experiment's among them; shares from 0 to 1. */
export interface Published {
  readonly title: string;
  readonly results: readonly { readonly network: string; readonly error: number; readonly own: boolean }[];
  readonly source: string;
}

/** The answer; null where no run ended ok with a value of the metric. */
export const answerData = oncePerWords((model): Answer | null => {
  const { ranking, t, best: run } = model;
  const [best] = ranking;
  if (best.rank === null || run === undefined) return null;
  const value = best.means.test_accuracy;
  return {
    best,
    title: model.single === null
      ? t.answer.best(best.trial, model.describe(best.trial))
      : t.answer.only(best.runs.length),
    over: [
      keepsBest(run.early_stopping) ? t.answer.kept : t.answer.after,
      ...best.ok > 1 ? [t.answer.seeds(best.ok)] : [],
      ...best.ok < best.runs.length ? [statusCounts(model, best.runs)] : [],
    ],
    accuracy: value === null ? null : { value, basis: accuracyBasis(model, best) },
    figures: METRICS.filter((metric) => best.means[metric] !== null).map((metric) => ({
      label: METRIC[metric].label[t.language],
      value: formatMetric(metric, best.means[metric]),
    })),
    published: value === null ? null : publishedResults(model, 1 - value),
  };
});

function accuracyBasis(model: ReportModel, { ok, runs }: RankedTrial): string[] {
  const { t, best, input } = model;
  // What was trained on is no sample of what is to come: nothing is estimated by it.
  const known = testsOnTraining(model);
  const values = runs.filter(({ status }) => status === "ok").map(({ test_accuracy }) => test_accuracy);
  // The interval of a mean is that of differences to 0.
  const mean = pairedDifference(values, { possible: { low: 0, high: 1 } });
  const basis = known || mean.low === null || mean.high === null
    ? mean.n > 1 ? [t.answer.seeds(mean.n)] : []
    : [t.answer.overSeeds(mean.n, formatPercent(mean.low), formatPercent(mean.high))];
  const accuracy = best?.test_accuracy ?? null;
  if (best !== undefined && accuracy !== null && input.predictions !== undefined) {
    const { labels, predictions } = input.predictions;
    const all = labels.length;
    const right = all - misclassified(labels, predictions).length;
    const { low, high } = wilsonInterval(right, all);
    const count = t.answer.images(right, all);
    const images = known
      ? count
      : count + t.answer.semicolon + t.answer.overImages(formatPercent(low), formatPercent(high));
    const chosenBy = METRIC[input.objective.metric].label[t.language];
    const seed = ok > 1 ? t.answer.bestSeed(best.seed, chosenBy, formatPercent(accuracy)) + t.colon : "";
    basis.push(seed + images);
  }
  return known ? [...basis, t.answer.sameTest] : basis;
}

function publishedResults(model: ReportModel, error: number): Published | null {
  const { t, best, input } = model;
  const dataset = namedDataset(model);
  if (dataset?.published === undefined) return null;
  const { title, features, classes, published } = dataset;
  const hidden = best?.hidden ?? [];
  const sizes = [features.rows * features.columns, ...hidden, classes];
  const own = { network: hidden.length === 0 ? t.answer.linear : sizes.join("-"), error, own: true };
  const others = published.results.map(({ network, error }) => ({
    network: network[input.language],
    error,
    own: false,
  }));
  return {
    title: t.answer.published(title[input.language]),
    results: [...others, own].sort((a, b) => b.error - a.error),
    source: t.answer.source(published.source[input.language]),
  };
}

/** `15 ok, 1 diverged`; with runs that are known to have learned nothing, all of which ended ok, `15 ok (2 learned nothing), 1 diverged` */
export function statusCounts(
  { t }: Pick<ReportModel, "t">,
  runs: readonly { status: RunState }[],
  idle = 0,
): string {
  return [...RUN_STATUSES, "running" as const]
    .map((status) => ({ status, count: runs.filter((run) => run.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) =>
      t.statuses(count, t.status[status]) + (status === "ok" && idle > 0 ? t.answer.idleAmong(idle) : "")
    )
    .join(t.comma);
}

/** `36 trials, 108 runs: 106 ok (39 learned nothing), 2 diverged`; null where there is one trial alone, which says so itself. */
export function sweepCounts(model: ReportModel): string | null {
  const { t, ranking, single, input: { rows } } = model;
  if (single !== null) return null;
  const counts = statusCounts(model, rows, idleRunsOf(model).length);
  return `${t.trials(ranking.length)}${t.comma}${t.runs(rows.length)}${t.colon}${counts}`;
}

/** How many trials and runs there were, how they ended and by what they are ranked. Markdown for **bold**. */
export const introduction = oncePerWords((model): string => {
  const { t, ranking, seeded, input: { rows, objective: { metric, goal } } } = model;
  const idle = idleRunsOf(model).length;
  const trials = ranking.length === 1 ? [] : [t.trials(ranking.length)];
  const counts = t.answer.counts([...trials, t.runs(rows.length)].join(t.comma), statusCounts(model, rows)) +
    (idle === 0 ? "" : t.space + t.answer.idle(idle));
  if (ranking.length === 1 || ranking[0].rank === null) return counts;
  const honesty = METRIC[metric].on === "test"
    ? t.answer.dishonest
    : testsOnTraining(model)
    ? t.answer.end
    : t.answer.honest;
  return counts + t.space + t.answer.ranked(METRIC[metric].label[t.language], goal, seeded) + honesty;
});
