import { pairCount, type PairedDifference, pairedDifference } from "../metrics/intervals.ts";
import { distinct, type SampleStatistics, sampleStatistics } from "../metrics/statistics.ts";
import { type ChangeVerdict, changeVerdict, seedDifferences } from "./conclusions.ts";
import { groupBy } from "./lists.ts";
import { keepsBest } from "../settings/early_stopping.ts";
import type { EpochRow } from "../tables/history_csv.ts";
import {
  CURVE_METRICS,
  type CurveMetric,
  METRIC,
  type Metric,
  METRICS,
  possibleDifference,
} from "../tables/metrics.ts";
import type { RunRow } from "../tables/results_csv.ts";

export interface ComparedTrial {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly runs: readonly RunRow[];
  readonly history: readonly EpochRow[];
}

/** How a metric changed from the first trial to another. */
export interface MetricChange {
  /** The other minus the first, paired over the seeds that both have. */
  readonly difference: PairedDifference;
  /** Whether that is good. */
  readonly verdict: ChangeVerdict;
}

/** Trials side by side; every list has one item a trial, in their order. */
export interface Comparison {
  readonly names: readonly string[];
  /** How many runs ended ok. */
  readonly runs: readonly number[];
  /** How many trials have such runs: verdicts hold for all pairs of them at once. */
  readonly compared: number;
  /** What all means and changes are over, and the seeds of other runs, where not all trials have ended ok with the same. */
  readonly seeds: { readonly common: readonly number[]; readonly left_out: readonly number[] };
  /** The settings that are not the same in all; undefined where a trial has no such setting. */
  readonly settings: readonly { readonly path: string; readonly values: readonly unknown[] }[];
  /** Those that are the same in all. */
  readonly same: readonly { readonly path: string; readonly value: unknown }[];
  /** Whether a trial keeps its best weights, whose metrics are then told, and not its last ones. */
  readonly keeps_best: boolean;
  readonly metrics: readonly {
    readonly metric: Metric;
    /** After the last epoch, or of the weights that are kept, over the common seeds; where there are none, over all seeds. */
    readonly values: readonly SampleStatistics[];
    /** Against the first trial; null for itself. */
    readonly changes: readonly (MetricChange | null)[];
  }[];
  readonly curves: readonly {
    readonly metric: CurveMetric;
    /** Over the same runs, of those that have the epoch, by epoch from the first: `n` falls where runs end at different epochs. */
    readonly values: readonly (readonly SampleStatistics[])[];
  }[];
}

/** Compares trials with the first of them. @throws RangeError if there are fewer than two */
export function compareTrials(trials: readonly ComparedTrial[]): Comparison {
  if (trials.length < 2) {
    throw new RangeError(`Cannot compare: trials must be 2 or more, found ${trials.length}`);
  }
  const ended = trials.map(({ runs }) => runs.filter(({ status }) => status === "ok"));
  const seeds = shareSeeds(ended);
  const isCompared = seeds.common.length === 0
    ? () => true
    : ({ seed }: { seed: number }) => seeds.common.includes(seed);
  const compared = ended.map((runs) => runs.filter(isCompared));
  const count = ended.filter(({ length }) => length > 0).length;
  const settings = groupBy(
    allSettings(trials),
    ({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1 ? "different" : "same",
  );
  return {
    names: trials.map(({ name }) => name),
    runs: ended.map(({ length }) => length),
    compared: count,
    seeds,
    settings: settings.get("different") ?? [],
    keeps_best: ended.flat().some(({ early_stopping }) => keepsBest(early_stopping)),
    same: (settings.get("same") ?? []).map(({ path, values }) => ({ path, value: values[0] })),
    metrics: METRICS.map((metric) => ({
      metric,
      values: compared.map((runs) => sampleStatistics(runs.map((run) => run[metric]))),
      changes: compared.map((runs, i) =>
        i === 0 ? null : change(compared[0], runs, { metric, pairs: pairCount(count) })
      ),
    })).filter(({ values }) => values.some(({ n }) => n > 0)),
    curves: CURVE_METRICS.map((metric) => ({
      metric,
      values: trials.map(({ history }) => epochStatistics(history.filter(isCompared), metric)),
    })).filter(({ values }) => values.some((curve) => curve.some(({ n }) => n > 0))),
  };
}

/** A trial of which no run ended ok has no say. */
function shareSeeds(trials: readonly (readonly RunRow[])[]): Comparison["seeds"] {
  const sets = trials.map((runs) => new Set(runs.map(({ seed }) => seed))).filter(({ size }) => size > 0);
  const all = distinct(sets.flatMap((seeds) => [...seeds]));
  const isCommon = (seed: number) => sets.every((seeds) => seeds.has(seed));
  return { common: all.filter(isCommon), left_out: all.filter((seed) => !isCommon(seed)) };
}

function allSettings(trials: readonly ComparedTrial[]): Comparison["settings"] {
  const paths = new Set(trials.flatMap(({ settings }) => Object.keys(settings)));
  return [...paths].map((path) => ({ path, values: trials.map(({ settings }) => settings[path]) }));
}

function change(
  base: readonly RunRow[],
  runs: readonly RunRow[],
  { metric, pairs }: { metric: Metric; pairs: number },
): MetricChange {
  const possible = possibleDifference(metric);
  const difference = pairedDifference(seedDifferences(base, runs, metric), { possible });
  return { difference, verdict: changeVerdict(difference, METRIC[metric].goal, pairs) };
}

function epochStatistics(history: readonly EpochRow[], metric: CurveMetric): SampleStatistics[] {
  const epochs = groupBy(history, ({ epoch }) => epoch);
  const last = history.reduce((last, { epoch }) => Math.max(last, epoch), 0);
  return Array.from(
    { length: last },
    (_, i) => sampleStatistics((epochs.get(i + 1) ?? []).map((row) => row[metric])),
  );
}
