import { mean } from "../metrics/statistics.ts";
import { groupBy, sample } from "./lists.ts";
import { type Metric, METRICS } from "../tables/metrics.ts";
import type { RunRow } from "../tables/results_csv.ts";

/** What trials are compared by. */
export interface Objective {
  /** Taken as the mean over a trial's runs that ended ok. */
  readonly metric: Metric;
  readonly goal: "minimize" | "maximize";
  /** Of successive halving: trials that were trained for more epochs come first, as those that got further. */
  readonly by_epochs?: boolean;
}

/** A trial's runs taken together. */
export interface RankedTrial {
  readonly trial: number;
  /** From 1; null if no run of the trial that ended ok has the metric. */
  readonly rank: number | null;
  readonly runs: readonly RunRow[];
  readonly ok: number;
  /** Means over the runs that ended ok; null if none did. */
  readonly means: Readonly<Record<Metric, number | null>>;
}

/**
 * Ranks trials by the mean of a metric over their runs that ended ok. A trial with a run that diverged or failed comes
 * after all trials without, whatever the mean of its other runs: leaving the bad seeds out would flatter it. Equal means
 * are ordered by trial. Trials without the metric come last. With `by_epochs` all of that holds among trials of as many
 * epochs, and more epochs come first.
 * @param rows the rows of `results.csv`, in any order; of a list that was ranked before, the same ranking is given again
 */
export function rankTrials(rows: readonly RunRow[], objective: Objective): readonly RankedTrial[] {
  const { metric, goal, by_epochs = false } = objective;
  const key = `${metric} ${goal} ${by_epochs}`;
  const known = rankings.get(rows) ?? new Map<string, readonly RankedTrial[]>();
  rankings.set(rows, known);
  const ranking = known.get(key) ?? rank(rows, { metric, goal, by_epochs });
  known.set(key, ranking);
  return ranking;
}

/** Each part of a report asks for that of the same rows, which may be ten thousands. */
const rankings = new WeakMap<readonly RunRow[], Map<string, readonly RankedTrial[]>>();

function rank(rows: readonly RunRow[], { metric, goal, by_epochs }: Required<Objective>): RankedTrial[] {
  const trials = Array.from(groupBy(rows, (row) => row.trial), ([trial, runs]) => {
    const sorted = runs.length > 1 ? runs.sort((a, b) => a.seed - b.seed) : runs;
    let ok = 0;
    for (const { status } of runs) if (status === "ok") ok++;
    const means = {} as Record<Metric, number | null>;
    for (const name of METRICS) {
      means[name] = mean(sorted.map((run) => run.status === "ok" ? run[name] : null)).mean;
    }
    return { trial, rank: null as number | null, runs: sorted, ok, means };
  });
  const sign = goal === "maximize" ? -1 : 1;
  trials.sort((a, b) => {
    const [valueA, valueB] = [a.means[metric], b.means[metric]];
    if (valueA === null || valueB === null) {
      return Number(valueA === null) - Number(valueB === null) || a.trial - b.trial;
    }
    const epochs = by_epochs ? b.runs[0].epochs - a.runs[0].epochs : 0;
    const broken = Number(a.ok < a.runs.length) - Number(b.ok < b.runs.length);
    return epochs || broken || sign * (valueA - valueB) || a.trial - b.trial;
  });
  for (const [i, trial] of trials.entries()) if (trial.means[metric] !== null) trial.rank = i + 1;
  return trials;
}

/** Whether some of a trial's runs ended otherwise than well. One that has not ended has not. */
export function isBroken({ runs }: Pick<RankedTrial, "runs">): boolean {
  return runs.some(({ status }) => status === "diverged" || status === "failed");
}

/** The run of a trial with the best value of the metric among those that ended ok, the lowest seed first. */
export function bestRun({ runs }: RankedTrial, { metric, goal }: Objective): RunRow | undefined {
  let best: RunRow | undefined;
  for (const run of runs) {
    const value = run[metric];
    if (run.status !== "ok" || value === null) continue;
    const leader = best?.[metric] ?? null;
    if (leader === null || (goal === "maximize" ? value > leader : value < leader)) best = run;
  }
  return best;
}

/** How many of the best trials a report looks at most closely: at their images and weights. */
export const MAX_INSPECTED = 10;
/** How many trials a report looks into. */
const MAX_EXAMINED = 40;

interface RunPlace {
  readonly trial: number;
  readonly seed: number;
}

/** The runs that are inspected, best first: the best run of each of the best trials. */
export function inspectedRuns(ranking: readonly RankedTrial[], objective: Objective): RunPlace[] {
  return ranking.slice(0, MAX_INSPECTED).flatMap((ranked) => {
    const run = bestRun(ranked, objective);
    return run === undefined ? [] : [{ trial: run.trial, seed: run.seed }];
  });
}

/**
 * The runs whose errors and layers a report shows, best first: of the best trials and of an even sample of the others by rank the best
 * run, or else the first.
 */
export function examinedRuns(ranking: readonly RankedTrial[], objective: Objective): RunPlace[] {
  const others = sample(ranking.slice(MAX_INSPECTED), MAX_EXAMINED - MAX_INSPECTED);
  return [...ranking.slice(0, MAX_INSPECTED), ...others].map((ranked) => {
    const { trial, seed } = bestRun(ranked, objective) ?? ranked.runs[0];
    return { trial, seed };
  });
}
