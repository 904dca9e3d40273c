import { type Observation, varianceShares } from "../metrics/variance_shares.ts";
import type { EpochRow } from "../tables/history_csv.ts";
import { type CurveMetric, METRIC, type Metric } from "../tables/metrics.ts";
import type { RunRow } from "../tables/results_csv.ts";
import { formatParameter, type TrialParameters } from "./trial_parameters.ts";

export interface RunValue {
  readonly trial: number;
  readonly seed: number;
  readonly value: number;
}

/** What one swept parameter does to the metric, whatever the others are. */
export interface ParameterEffect {
  readonly path: string;
  /** Each value, or group of neighbouring values, with the mean over the runs that have it; numbers in order. */
  readonly levels: readonly { readonly level: string; readonly runs: number; readonly mean: number }[];
  /** Share of the variance over all runs that the parameter explains, 0 to 1; null where there is none. */
  readonly share: number | null;
}

export interface Effects {
  readonly runs: number;
  readonly mean: number;
  /** Every combination was run, each as often. Only then are shares apart and add up to 1; else they overlap: no pairs, rest and seeds. */
  readonly balanced: boolean;
  /** In the order of the sweep; parameters that have one value only are left out. */
  readonly parameters: readonly ParameterEffect[];
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
 * Marginal means and shares of variance of each swept parameter, by analysis of variance (see varianceShares). Null where fewer than
 * two runs have a value, or nothing was swept. `values` are one a run, of runs that were measured alike.
 */
export function parameterEffects(
  { values, trials }: { values: readonly RunValue[]; trials: readonly TrialParameters[] },
): Effects | null {
  const parameters = new Map(trials.map(({ trial, parameters }) => [trial, parameters]));
  const measured = values.filter(({ trial }) => parameters.has(trial));
  const of = (path: string) => measured.map(({ trial }) => parameters.get(trial)?.[path]);
  const factors = [...new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)))]
    .map((path) => ({ path, ...levelsOf(of(path)) }))
    .filter(({ levels }) => new Set(levels).size > 1);
  if (factors.length === 0 || measured.length < 2) return null;
  const observations = measured.map(({ value }, i): Observation => ({
    levels: factors.map(({ levels }) => levels[i]),
    value,
  }));
  const { n, mean, balanced, factors: shares, pairs, rest, replicates } = varianceShares(observations);
  return {
    runs: n,
    mean,
    balanced,
    parameters: factors.map(({ path, ordered }, i) => {
      const levels = shares[i].levels.map(({ level, n, mean }) => ({ level, runs: n, mean }));
      if (ordered) levels.sort((a, b) => parseFloat(a.level) - parseFloat(b.level));
      return { path, levels, share: shares[i].share };
    }),
    pairs: pairs.map(({ factors: [a, b], share }) => ({ paths: [factors[a].path, factors[b].path], share })),
    rest,
    seeds: replicates,
  };
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
function levelsOf(values: readonly unknown[]): { levels: string[]; ordered: boolean } {
  const distinct = [...new Set(values)];
  const numbers = distinct.filter((value) => typeof value === "number").sort((a, b) => a - b);
  const ordered = numbers.length === distinct.length;
  if (!ordered || numbers.length <= MAX_LEVELS) return { levels: values.map(formatParameter), ordered };
  const size = Math.ceil(numbers.length / GROUPS);
  const places = new Map(numbers.map((number, place) => [number, place]));
  const levels = values.map((value) => {
    const group = Math.floor((places.get(Number(value)) ?? 0) / size);
    const [low, high] = [numbers[group * size], numbers[Math.min(numbers.length, (group + 1) * size) - 1]];
    return `${short(low)} to ${short(high)}`;
  });
  return { levels, ordered };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
