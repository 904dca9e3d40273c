import { pairedDifference } from "../metrics/intervals.ts";
import { distinct, mean } from "../metrics/statistics.ts";
import { type Observation, varianceShares } from "../metrics/variance_shares.ts";
import type { EpochRow } from "../tables/history_csv.ts";
import { type CurveMetric, METRIC, type Metric, possibleValues } from "../tables/metrics.ts";
import type { RunRow } from "../tables/results_csv.ts";
import { groupBy } from "./lists.ts";
import { formatParameter, type TrialParameters } from "./trial_parameters.ts";

export interface RunValue {
  readonly trial: number;
  readonly seed: number;
  readonly value: number;
}

/** How much one swept parameter explains, whatever the others are. */
export interface ParameterEffect {
  readonly path: string;
  /** Share of the variance over all runs that the parameter explains, 0 to 1; null where there is none. */
  readonly share: number | null;
}

export interface Effects {
  readonly runs: number;
  /** Every combination was run, each as often. Only then are shares apart and add up to 1; else they overlap: no pairs, rest and seeds. */
  readonly balanced: boolean;
  /** In the order of the sweep; parameters that have one value only are left out. */
  readonly parameters: readonly ParameterEffect[];
  /**
   * Of several, those whose every value one trial alone has: they tell trials apart, whatever these differ in, and would be said to
   * explain all of it.
   */
  readonly untold: readonly string[];
  /** What two parameters explain together beyond each alone. */
  readonly pairs: readonly { readonly paths: readonly [string, string]; readonly share: number | null }[];
  /** What takes three parameters or more to explain. */
  readonly rest: number | null;
  /** What differs between seeds of the same trial. */
  readonly seeds: number | null;
}

/**
 * More different numbers than this are no levels of a grid but a range: here taken together in quarters (as many levels as runs would
 * explain all of the variance), in charts along an axis of numbers.
 */
export const MAX_LEVELS = 10;
const GROUPS = 4;

/**
 * Shares of variance of each swept parameter, by analysis of variance (see varianceShares). Null where fewer than
 * two runs have a value, or nothing was swept. `values` are one a run, of runs that were measured alike.
 */
export function parameterEffects(
  { values, trials }: { values: readonly RunValue[]; trials: readonly TrialParameters[] },
): Effects | null {
  const parameters = new Map(trials.map(({ trial, parameters }) => [trial, parameters]));
  const measured = values.filter(({ trial }) => parameters.has(trial));
  const sets = measured.map(({ trial }) => parameters.get(trial));
  const of = (path: string) => sets.map((set) => set?.[path]);
  const factors = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))]
    .map((path) => ({ path, levels: levelsOf(of(path)) }))
    .filter(({ levels }) => new Set(levels).size > 1);
  if (factors.length === 0 || measured.length < 2) return null;
  const observations = measured.map(({ value }, i): Observation => ({
    levels: factors.map(({ levels }) => levels[i]),
    value,
  }));
  const { n, balanced, factors: shares, pairs, rest, replicates } = varianceShares(observations);
  const all = new Set(measured.map(({ trial }) => trial)).size;
  const isTold = ({ levels }: typeof factors[number]) => factors.length === 1 || new Set(levels).size < all;
  return {
    runs: n,
    balanced,
    parameters: factors.flatMap((factor, i) =>
      isTold(factor) ? [{ path: factor.path, share: shares[i] }] : []
    ),
    untold: factors.filter((factor) => !isTold(factor)).map(({ path }) => path),
    pairs: pairs.map(({ factors: [a, b], share }) => ({ paths: [factors[a].path, factors[b].path], share })),
    rest,
    seeds: replicates,
  };
}

/** The mean of the metric over the trials that have one value of a parameter. */
export interface MarginalMean {
  /** Those that have the metric. */
  readonly trials: number;
  /** Of the trials' means, each trial counted alike; null where there is none. */
  readonly mean: number | null;
  /** How many seeds the interval is over; 0 where there is none. */
  readonly seeds: number;
  /** Its 95 % interval; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * The marginal mean of some trials (Searle, Speed and Milliken, 1980, Population marginal means in the linear model, The American
 * Statistician 34: each cell counts alike) and the interval that would hold it in 95 of 100 such sweeps of other seeds: Student's t over
 * its values for each seed. Trials are no sample, as their parameters were chosen: how they differ is no error. Seeds are blocks, as a
 * seed gives all trials the same split and order. So there is none with one seed, nor where a trial lacks a seed that another has: then
 * each seed's mean would be of other trials.
 * @param values one a run, of all runs of these trials that were measured
 */
export function marginalMean(values: readonly RunValue[], metric: Metric): MarginalMean {
  const ofTrials = meansBy(values, ({ trial }) => trial);
  const marginal = { trials: ofTrials.size, mean: mean(ofTrials.values()).mean };
  const bySeed = groupBy(values, ({ seed }) => seed);
  const complete = bySeed.size > 1 && [...bySeed.values()].every(({ length }) => length === ofTrials.size);
  if (!complete) return { ...marginal, seeds: 0, low: null, high: null };
  const ofSeeds = [...meansBy(values, ({ seed }) => seed).values()];
  const { low, high } = pairedDifference(ofSeeds, { possible: possibleValues(metric) });
  return { ...marginal, seeds: low === null ? 0 : bySeed.size, low, high };
}

/** The means of groups of values, in the order in which groups come; null of a group without a finite value. As mean() has them. */
export function meansBy(
  values: readonly RunValue[],
  groupOf: (value: RunValue) => number,
): Map<number, number | null> {
  const sums = new Map<number, { n: number; sum: number }>();
  for (const value of values) {
    const key = groupOf(value);
    let group = sums.get(key);
    if (group === undefined) sums.set(key, group = { n: 0, sum: 0 });
    if (!Number.isFinite(value.value)) continue;
    group.n++;
    group.sum += value.value;
  }
  const means = new Map<number, number | null>();
  for (const [key, { n, sum }] of sums) means.set(key, n === 0 ? null : sum / n);
  return means;
}

/** The runs that ended ok with a value of the metric. */
export function finalValues(rows: readonly RunRow[], metric: Metric): RunValue[] {
  return rows.flatMap(({ trial, seed, status, [metric]: value }) =>
    status === "ok" && value !== null ? [{ trial, seed, value }] : []
  );
}

/** Values after an epoch that all runs have, as halving's first rung: measured alike. Empty for a test metric, measured only at the end. */
export function valuesAfter(epoch: number, history: readonly EpochRow[], metric: Metric): RunValue[] {
  if (!METRIC[metric].everyEpoch) return [];
  return history.flatMap(({ epoch: at, trial, seed, [metric as CurveMetric]: value }) =>
    at === epoch && value !== null ? [{ trial, seed, value }] : []
  );
}

/** The level of each value: the value itself, or of many different numbers the quarter that it is in. */
function levelsOf(values: readonly unknown[]): string[] {
  const numbers = values.filter((value) => typeof value === "number");
  if (numbers.length < values.length || new Set(numbers).size <= MAX_LEVELS) {
    return values.map(formatParameter);
  }
  const groups = quarters(numbers);
  return numbers.map((number) => String(groups.findIndex(({ high }) => number <= high)));
}

/** Numbers in up to four groups of neighbours, with as many different ones in each as can be. */
export function quarters(numbers: readonly number[]): { low: number; high: number }[] {
  const different = distinct(numbers);
  const size = Math.ceil(different.length / GROUPS);
  return Array.from({ length: Math.ceil(different.length / size) }, (_, i) => {
    const group = different.slice(i * size, (i + 1) * size);
    return { low: group[0], high: group[group.length - 1] };
  });
}
