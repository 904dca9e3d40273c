import { METRIC, type Metric, METRICS, possibleDifference } from "../tables/metrics.ts";
import { isBeyondChance, pairCount, type PairedDifference, pairedDifference } from "../metrics/intervals.ts";
import { type SampleStatistics, sampleStatistics } from "../metrics/statistics.ts";
import type { Guessing } from "../metrics/guessing.ts";
import { idleRuns } from "./idle_runs.ts";
import { type Objective, type RankedTrial, rankTrials } from "./ranking.ts";
import type { ValueRange } from "../settings/setting.ts";
import { takesBeyond } from "../settings/takes_beyond.ts";
import { isDrawn } from "../text/numbers.ts";
import { groupBy } from "./lists.ts";
import type { RunRow } from "../tables/results_csv.ts";
import { type StatisticColumn, STATISTICS, type SummaryRow } from "../tables/summary_csv.ts";
import type { TrialParameters } from "./trial_parameters.ts";

/** How a trial compares with the best one. */
export type Verdict =
  | "best"
  /** The difference may be chance, or there is none. */
  | "not_distinguishable"
  /** By its own interval there is one, but so many trials were compared that it may be chance all the same. */
  | "uncertain"
  /** Beyond chance, as isBeyondChance() has it over all pairs of the ranked trials: the best was chosen among them by the same runs. */
  | "worse"
  /** As much, on the better side: of seeds that both have, where not all runs ended ok, which ranks a trial behind. */
  | "better"
  /** There is no interval: fewer than two seeds that both have, or the same difference in each. */
  | "unknown"
  /** Halving stopped it at fewer epochs than the best: not measured alike. */
  | "eliminated"
  /** No run of it that ended ok has the metric. */
  | "no_result";

export interface TrialConclusion {
  readonly trial: number;
  /** From 1; null where no run that ended ok has the metric. */
  readonly rank: number | null;
  readonly runs: number;
  readonly ok: number;
  /** Of the objective: this trial's minus the best one's, paired by seed; null for the best itself and where they were not measured alike. */
  readonly difference: PairedDifference | null;
  readonly verdict: Verdict;
}

/** Something that weakens what the results say. Plain data: whoever shows it finds the words. */
export type Warning =
  /** One seed tells nothing of the spread. */
  | { readonly kind: "single_seed" }
  /** A better value may lie beyond those tried. */
  | {
    readonly kind: "edge";
    readonly path: string;
    readonly value: number;
    readonly end: "lowest" | "highest";
    /** Of how many different values. */
    readonly values: number;
    /** Between which values it was drawn; left out, the values were listed. */
    readonly range?: ValueRange;
  }
  /** What trials differ by with one seed and not with another is more than what their means differ by, and none is worse beyond chance. */
  | { readonly kind: "seed_spread"; readonly seeds: number; readonly trials: number }
  /** So few images validate that chance alone makes accuracies of two runs differ by `difference`, a fraction; 1 for any difference. */
  | { readonly kind: "few_images"; readonly images: number; readonly difference: number }
  /** The choice was made by what should only judge it. */
  | { readonly kind: "test_metric"; readonly metric: Metric };

export interface Conclusions {
  readonly objective: Objective;
  /** Null where no trial has the metric. */
  readonly best: number | null;
  /** How many trials are ranked: the best was chosen among so many. */
  readonly ranked: number;
  readonly trials: readonly TrialConclusion[];
  readonly warnings: readonly Warning[];
}

/** A report says how much chance does where fewer images than this validate. */
const FEW_IMAGES = 200;

/** Compares every trial with the best one and tells what weakens the comparison; `trials` says what the sweep set in each. */
export function conclude(options: {
  rows: readonly RunRow[];
  trials: readonly TrialParameters[];
  objective: Objective;
  /** Between which values those settings were drawn that were, by path. */
  ranges?: Readonly<Record<string, ValueRange>> | undefined;
  /** How many images validate, of the trial with the fewest; left out, nobody knows. */
  validationImages?: number | undefined;
  /** Trials of which runs are under way: halving has not stopped them. */
  underWay?: { has(trial: number): boolean };
}): Conclusions {
  const { rows, objective, underWay } = options;
  const ranking = rankTrials(rows, objective);
  const best = ranking.length > 0 && ranking[0].rank !== null ? ranking[0] : null;
  const fromBest = differencesFrom(best?.runs ?? []);
  const ranked = ranking.filter(({ rank }) => rank !== null).length;
  const pairs = pairCount(ranked);
  const trials = ranking.map((trial) => {
    const concluded = concludeTrial(trial, { best, fromBest, objective, pairs });
    const goesOn = concluded.verdict === "eliminated" && underWay?.has(trial.trial) === true;
    return goesOn ? { ...concluded, verdict: "unknown" as const } : concluded;
  });
  return {
    objective,
    best: best === null ? null : best.trial,
    ranked,
    trials,
    warnings: best === null ? [] : [...warn({ ranking, trials }, best, options)],
  };
}

/** What a trial's runs that ended ok have in common in a metric. */
export function trialStatistics({ runs }: Pick<RankedTrial, "runs">, metric: Metric): SampleStatistics {
  return sampleStatistics(runs.map((run) => run.status === "ok" ? run[metric] : null));
}

/**
 * The conclusions of each trial, with its settings from `rows`.
 * @param guessed of the test images; left out, nobody knows which runs learned something
 * @throws RangeError if a trial of the conclusions has no row
 */
export function summaryRows(
  { objective, trials }: Conclusions,
  rows: readonly RunRow[],
  guessed?: Guessing,
): SummaryRow[] {
  const idle = groupBy(idleRuns(rows, guessed), ({ trial }) => trial);
  const ranking = new Map(rankTrials(rows, objective).map((ranked) => [ranked.trial, ranked]));
  return trials.map(({ trial, rank, runs, ok, difference }) => {
    const ranked = ranking.get(trial);
    if (ranked === undefined) {
      throw new RangeError(`Cannot format summary.csv: trial ${trial} must have a row, found none`);
    }
    const values = METRICS.flatMap((name) => {
      const found = trialStatistics(ranked, name);
      return STATISTICS.map((statistic) => [`${name}_${statistic}`, found[statistic]]);
    });
    return {
      ...ranked.runs[0],
      ...Object.fromEntries(values) as Record<StatisticColumn, number | null>,
      trial,
      rank,
      runs,
      n: ok,
      difference: difference?.mean ?? null,
      difference_low: difference?.low ?? null,
      difference_high: difference?.high ?? null,
      learned: guessed === undefined ? null : ok - (idle.get(trial) ?? []).length,
    };
  });
}

function concludeTrial(
  ranked: RankedTrial,
  { best, fromBest, objective: { metric, by_epochs = false }, pairs }: {
    best: RankedTrial | null;
    fromBest: ReturnType<typeof differencesFrom>;
    objective: Objective;
    pairs: number;
  },
): TrialConclusion {
  const { trial, rank, runs, ok } = ranked;
  const conclusion = { trial, rank, runs: runs.length, ok };
  if (best === null || rank === null) return { ...conclusion, difference: null, verdict: "no_result" };
  if (trial === best.trial) return { ...conclusion, difference: null, verdict: "best" };
  if (by_epochs && runs[0].epochs !== best.runs[0].epochs) {
    return { ...conclusion, difference: null, verdict: "eliminated" };
  }
  const possible = possibleDifference(metric);
  const difference = pairedDifference(fromBest(runs, metric), { possible });
  const verdict = changeVerdict(difference, METRIC[metric].goal, pairs);
  return { ...conclusion, difference, verdict: verdict === "same" ? "not_distinguishable" : verdict };
}

/** Whether a change is good: `unknown` where there is no interval, `same` where every pair of several is equal. */
export type ChangeVerdict = "better" | "worse" | "same" | "not_distinguishable" | "uncertain" | "unknown";

/** @param pairs among so many pairs the two were looked at */
export function changeVerdict(
  difference: PairedDifference,
  goal: Objective["goal"],
  pairs: number,
): ChangeVerdict {
  const { n, mean, low } = difference;
  if (mean === null || low === null) return n > 1 && mean === 0 ? "same" : "unknown";
  if (!isBeyondChance(difference, pairs)) {
    return isBeyondChance(difference) ? "uncertain" : "not_distinguishable";
  }
  return (mean > 0) === (goal === "maximize") ? "better" : "worse";
}

/** The metric of `runs` minus that of `base`, for each seed with which both ended ok and have it. By seed. */
export function seedDifferences(base: readonly RunRow[], runs: readonly RunRow[], metric: Metric): number[] {
  return differencesFrom(base)(runs, metric);
}

/** seedDifferences() of many lists of runs from the same ones. */
function differencesFrom(base: readonly RunRow[]): (runs: readonly RunRow[], metric: Metric) => number[] {
  const bases = new Map(base.map((run) => [run.seed, run]));
  return (runs, metric) => {
    const differences: number[] = [];
    for (const run of runs.length > 1 ? runs.toSorted((a, b) => a.seed - b.seed) : runs) {
      const other = bases.get(run.seed);
      if (run.status !== "ok" || other?.status !== "ok") continue;
      const [value, reference] = [run[metric], other[metric]];
      if (value !== null && reference !== null) differences.push(value - reference);
    }
    return differences;
  };
}

function* warn(
  { ranking, trials: conclusions }: {
    ranking: readonly RankedTrial[];
    /** In the same order. */
    trials: readonly TrialConclusion[];
  },
  best: RankedTrial,
  { trials, objective: { metric }, validationImages: images, ranges = {} }: Parameters<typeof conclude>[0],
): Generator<Warning> {
  if (METRIC[metric].on === "test") yield { kind: "test_metric", metric };
  if (conclusions.length < 2) return;
  if (images !== undefined && images < FEW_IMAGES && metric === "val_accuracy") {
    yield {
      kind: "few_images",
      images,
      difference: chanceDifference(best.means.val_accuracy ?? 0.5, images),
    };
  }
  if (ranking.every(({ runs }) => runs.length < 2)) yield { kind: "single_seed" };
  const parameters = new Map(trials.map(({ trial, parameters }) => [trial, parameters]));
  // Of equally good ones the first by number is the best, which says nothing of where good values lie.
  const isTie = (trial: RankedTrial) =>
    trial.means[metric] === best.means[metric] && trial.ok === best.ok &&
    trial.runs.length === best.runs.length;
  const ties = ranking.filter(isTie).map(({ trial }) => parameters.get(trial) ?? {});
  for (const [path, value] of Object.entries(parameters.get(best.trial) ?? {})) {
    const chosen = magnitude(value);
    const tried = new Set<number | null>();
    for (const set of parameters.values()) tried.add(magnitude(set[path]));
    if (chosen === null || tried.has(null) || tried.size < 2) continue;
    const numbers = [...tried].filter((number) => number !== null);
    const range = ranges[path];
    const end = endOf(range ?? numbers, chosen);
    // The largest of those drawn is at no end, and where nobody knows how values came, one that was drawn can be seen.
    if (end === null || range === undefined && numbers.some(isDrawn)) continue;
    if (!takesBeyond(path, chosen, end) || ties.some((set) => magnitude(set[path]) !== chosen)) continue;
    yield { kind: "edge", path, value: chosen, end, values: tried.size, ...range && { range } };
  }
  const isAlike = ({ verdict }: TrialConclusion) => verdict !== "eliminated" && verdict !== "no_result";
  if (conclusions.some(({ verdict }) => verdict === "worse" || verdict === "better")) return;
  const spread = seedSpread(ranking.filter((_, i) => isAlike(conclusions[i])), metric);
  if (spread !== null && spread.seeds > spread.trials) yield { kind: "seed_spread", ...spread };
}

/**
 * How far values lie off what their trial and their seed have them at, and how far the means of trials differ: the standard deviations
 * of the residuals of a two-way layout without interaction, and of the means, over the seeds with which all trials ended ok. What a
 * seed does to all of them alike says nothing of trials, which are compared seed by seed. Null of fewer than two trials or seeds.
 */
function seedSpread(
  trials: readonly RankedTrial[],
  metric: Metric,
): { readonly seeds: number; readonly trials: number } | null {
  const values = trials.map(({ runs }) =>
    new Map(runs.flatMap((run) => {
      const value = run.status === "ok" ? run[metric] : null;
      return value === null ? [] : [[run.seed, value] as const];
    }))
  );
  const seeds = [...values[0]?.keys() ?? []].filter((seed) => values.every((of) => of.has(seed)));
  if (seeds.length < 2) return null;
  const rows = values.map((of) => seeds.map((seed) => of.get(seed)!));
  const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b) / numbers.length;
  const ofTrials = rows.map(mean);
  const ofSeeds = seeds.map((_, i) => mean(rows.map((row) => row[i])));
  const all = mean(ofTrials);
  const { sd } = sampleStatistics(ofTrials);
  if (sd === null) return null;
  const squares = rows.map((row, i) =>
    mean(row.map((value, j) => (value - ofTrials[i] - ofSeeds[j] + all) ** 2))
  );
  const degrees = (rows.length - 1) * (seeds.length - 1);
  return { seeds: Math.sqrt(mean(squares) * rows.length * seeds.length / degrees), trials: sd };
}

/**
 * How far two networks of the same true accuracy come out apart on so many images in one of twenty cases: 1.96 standard deviations of
 * the difference of two proportions, each with two right and two wrong added (Agresti and Caffo, 2000, Simple and effective confidence
 * intervals for proportions, The American Statistician 54), and an image for continuity. Both see the same images, so it is rather less.
 */
function chanceDifference(accuracy: number, images: number): number {
  const p = (accuracy * images + 2) / (images + 4);
  return Math.min(1, 1.96 * Math.sqrt(2 * p * (1 - p) / (images + 4)) + 1 / images);
}

/** At which end of the numbers tried, or of a range, a number is; null between them. */
function endOf(numbers: readonly number[], chosen: number): "lowest" | "highest" | null {
  return numbers.every((number) => number >= chosen)
    ? "lowest"
    : numbers.every((number) => number <= chosen)
    ? "highest"
    : null;
}

/** A value as a size: a number, or the units of a single hidden layer; null for what has no order. */
function magnitude(value: unknown): number | null {
  if (Array.isArray(value)) return value.length === 1 ? magnitude(value[0]) : null;
  return typeof value === "number" ? value : null;
}
