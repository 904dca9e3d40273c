import {
  finalValues,
  type MarginalMean,
  marginalMean,
  MAX_LEVELS,
  meansBy,
  quarters,
  type RunValue,
  valuesAfter,
} from "../../analysis/effects.ts";
import { isBroken } from "../../analysis/ranking.ts";
import { groupBy } from "../../analysis/lists.ts";
import { bySize, isSizes } from "../../analysis/trial_parameters.ts";
import { isAccuracy, type Metric } from "../../tables/metrics.ts";
import { shortNumber } from "../../text/numbers.ts";
import { formatValue, type ReportModel } from "../report_model.ts";
import { type EffectAxis, type EffectPoint, positionOn } from "./effect_axis.ts";

/** Numbers whose ends are so many times apart span decades. */
const LOG_FROM = 10;

/**
 * The runs' values that trials are compared by, one for each run that has the metric: of halving after the last epoch that all runs have,
 * as only these were measured alike; otherwise after each run's last, and the epoch is null.
 */
export function alikeValues(
  { input: { objective: { metric, by_epochs }, rows, history } }: ReportModel,
): { values: readonly RunValue[]; epoch: number | null } {
  const epoch = rows.reduce(
    (least, { epochs, stopped_epoch }) => Math.min(least, stopped_epoch ?? epochs),
    Infinity,
  );
  const after = by_epochs ? valuesAfter(epoch, history, metric) : [];
  return after.length > 0 ? { values: after, epoch } : { values: finalValues(rows, metric), epoch: null };
}

/** The trials, best first. */
export function effectPoints(
  { ranking, paths, set, t }: ReportModel,
  { values, axes }: { values: readonly RunValue[]; axes: readonly EffectAxis[] },
): EffectPoint[] {
  const means = meansBy(values, ({ trial }) => trial);
  const places = axes.map(({ levels }) => new Map(levels?.map((level, place) => [level, place])));
  const placeOf = (value: unknown, i: number): number | null => {
    if (value === undefined) return null;
    if (axes[i].levels === null) return Number(value);
    return places[i].get(formatValue(value, t)) ?? places[i].get(formatValue(briefly(value), t)) ?? null;
  };
  // Many trials have the same values.
  const known = axes.map(() => new Map<unknown, number | null>());
  const at = (trial: number) => {
    const parameters = set(trial);
    return paths.map((path, i) => {
      const value = parameters[path];
      let place = known[i].get(value);
      if (place === undefined) known[i].set(value, place = placeOf(value, i));
      return place;
    });
  };
  // What has not ended is no trial without a value.
  const begun = ranking.filter(({ runs }) => runs.some(({ status }) => status !== "running"));
  return begun.map(({ trial, runs }) => ({
    trial,
    value: means.get(trial) ?? null,
    broken: isBroken({ runs }),
    at: at(trial),
  }));
}

/** A drawn number without the digits that nobody can tell apart. */
function briefly(value: unknown): unknown {
  return typeof value === "number" ? shortNumber(value) : value;
}

/** What differs between trials as axes, in the order of the sweep. */
export function effectAxes(model: ReportModel): EffectAxis[] {
  const trials = model.ranking.map(({ trial }) => trial).sort((a, b) => a - b);
  return model.paths.map((path): EffectAxis => {
    const title = model.title(path);
    const values = trials.map((trial) => model.set(trial)[path]).filter((value) => value !== undefined);
    // In the order in which they come; of those with the same text the last.
    const distinct = new Map([...new Set(values)].map((value) => [formatValue(value, model.t), value]));
    const numeric = values.every((value) => typeof value === "number");
    if (numeric && distinct.size > MAX_LEVELS) {
      const [low, high] = extent(values);
      return {
        title,
        levels: null,
        numbers: null,
        ordered: true,
        low,
        high,
        log: spansDecades(low, high),
        format: "number",
      };
    }
    // What has a size by size, everything else in the order of the sweep.
    const exact = [...distinct].sort(([, a], [, b]) => bySize(a, b));
    const brief = exact.map((
      [, value],
    ): [string, unknown] => [formatValue(briefly(value), model.t), briefly(value)]);
    const sorted = new Map(brief).size === exact.length ? brief : exact;
    const numbers = sorted.map(([, value]) => Number(value));
    const log = numeric && spansDecades(numbers[0], numbers[numbers.length - 1]);
    return {
      title,
      levels: sorted.map(([label]) => label),
      numbers: numeric && haveRoom(numbers, log) ? numbers : null,
      ordered: [...distinct.values()].every((value) => typeof value === "number" || isSizes(value)),
      low: 0,
      high: sorted.length - 1,
      log,
      format: "level",
    };
  });
}

/** The metric as an axis, over the values that the trials have. */
export function metricAxis(title: string, metric: Metric, points: readonly EffectPoint[]): EffectAxis {
  const [low, high] = extent(points.flatMap(({ value }) => value ?? []));
  const accuracy = isAccuracy(metric);
  return {
    title,
    levels: null,
    numbers: null,
    ordered: true,
    low,
    high,
    log: !accuracy && spansDecades(low, high),
    format: accuracy ? "percent" : "loss",
  };
}

/** The mean of the trials with one value of a parameter, or with one in a range of neighbouring ones. */
export interface LevelMean extends MarginalMean {
  readonly text: string;
  /** A level's place, from 0; of a range its ends. */
  readonly from: number;
  readonly to: number;
  /** How many trials there are, with those that are not in the mean. */
  readonly all: number;
}

/**
 * The marginal means along an axis: of each level, of a range of each quarter. Over the trials that have the metric with every seed, as
 * only these have it of the same seeds; and as in the ranking, the seeds that went well do not speak for a trial.
 */
export function levelMeans(
  axis: EffectAxis,
  index: number,
  { points, complete, metric }: {
    /** By trial. */
    points: ReadonlyMap<number, EffectPoint>;
    /** See completeTrials(). */
    complete: ReadonlyMap<number, readonly RunValue[]>;
    metric: Metric;
  },
): LevelMean[] {
  const groups = axis.levels?.map((text, i) => ({ text, from: i, to: i })) ??
    quarters([...points.values()].flatMap(({ at }) => at[index] ?? [])).map(({ low, high }) => ({
      text: `${short(low)}–${short(high)}`,
      from: low,
      to: high,
    }));
  const groupOf = (point: EffectPoint | undefined) => {
    const place = point?.at[index] ?? null;
    return place === null || axis.levels !== null ? place : groups.findIndex(({ to }) => place <= to);
  };
  const all = groups.map(() => 0);
  for (const point of points.values()) {
    const group = groupOf(point);
    if (group !== null) all[group]++;
  }
  const measured = groups.map((): RunValue[] => []);
  for (const [trial, values] of complete) {
    const group = groupOf(points.get(trial));
    if (group !== null) { for (const value of values) measured[group].push(value); }
  }
  return groups.map((group, i) => ({ ...group, ...marginalMean(measured[i], metric), all: all[i] }));
}

/** The values of the trials that have one with each seed that any has, by trial. */
export function completeTrials(values: readonly RunValue[]): Map<number, readonly RunValue[]> {
  const seeds = new Set<number>();
  for (const { seed } of values) seeds.add(seed);
  const complete = groupBy(values, ({ trial }) => trial);
  for (const [trial, { length }] of complete) if (length < seeds.size) complete.delete(trial);
  return complete;
}

/** The lowest and the highest of some numbers; 0 and 1 of none. */
export function extent(values: readonly number[]): [low: number, high: number] {
  if (values.length === 0) return [0, 1];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function spansDecades(low: number, high: number): boolean {
  return low > 0 && high / low >= LOG_FROM;
}

/** The part of an axis that a label takes. */
const LABEL = 0.13;

/** Whether numbers that stand to scale leave each other's labels room. */
function haveRoom(numbers: readonly number[], log: boolean): boolean {
  const [low, high] = [numbers[0], numbers[numbers.length - 1]];
  const places = numbers.map((number) => positionOn({ levels: null, low, high, log }, number));
  return places.every((place, i) => i === 0 || place - places[i - 1] >= LABEL);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
