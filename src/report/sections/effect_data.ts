import { finalValues, MAX_LEVELS, type RunValue, valuesAfter } from "../../analysis/effects.ts";
import { mean } from "../../metrics/statistics.ts";
import { groupBy } from "../../analysis/lists.ts";
import { formatValue, type ReportModel } from "../report_model.ts";

export interface EffectPoint {
  readonly trial: number;
  /** The metric's mean over the trial's runs that have it; null where none has. */
  readonly value: number | null;
  readonly broken: boolean;
}

export interface EffectAxis {
  readonly path: string;
  readonly title: string;
  /** Few values, each with a place of its own, in order; null for numbers along a range. */
  readonly levels: readonly string[] | null;
  /** Whether the levels have an order by size, so that a line from one to the next says something. */
  readonly ordered: boolean;
  /** The ends of a range; of levels the numbers of the first and the last, from 0. */
  readonly range: readonly [low: number, high: number];
  /** Whether a range spans decades and reads better on a logarithmic axis; false for levels. */
  readonly log: boolean;
  /** Where a trial stands: a level's label, a number, or null where the trial does not set it. */
  at(trial: number): string | number | null;
}

/** A range whose ends are so many times apart spans decades. */
const LOG_FROM = 20;

/**
 * The runs' values that trials are compared by, one for each run that has the metric: of halving after the last epoch that all runs have,
 * as only these were measured alike; otherwise after each run's last, and the epoch is null.
 */
export function alikeValues(
  { input: { objective: { metric, by_epochs }, rows, history } }: ReportModel,
): { values: readonly RunValue[]; epoch: number | null } {
  const epoch = rows.reduce((least, { epochs }) => Math.min(least, epochs), Infinity);
  const after = by_epochs ? valuesAfter(epoch, history, metric) : [];
  return after.length > 0 ? { values: after, epoch } : { values: finalValues(rows, metric), epoch: null };
}

export function effectPoints({ ranking }: ReportModel, values: readonly RunValue[]): EffectPoint[] {
  const byTrial = groupBy(values, ({ trial }) => trial);
  return ranking.map(({ trial, ok, runs }) => ({
    trial,
    value: mean((byTrial.get(trial) ?? []).map(({ value }) => value)).mean,
    broken: ok < runs.length,
  }));
}

/** What differs between trials as axes, in the order of the sweep. */
export function effectAxes(model: ReportModel): EffectAxis[] {
  const trials = model.ranking.map(({ trial }) => trial).sort((a, b) => a - b);
  return model.paths.map((path): EffectAxis => {
    const title = model.title(path);
    const values = trials.map((trial) => model.set(trial)[path]).filter((value) => value !== undefined);
    const numbers = values.filter((value) => typeof value === "number");
    const distinct = new Map(values.map((value) => [formatValue(value, model.t), value]));
    const at = (trial: number) => model.set(trial)[path];
    if (numbers.length === values.length && distinct.size > MAX_LEVELS) {
      const [low, high] = extent(numbers);
      return {
        path,
        title,
        levels: null,
        ordered: true,
        range: [low, high],
        log: low > 0 && high / low >= LOG_FROM,
        at: (trial) => {
          const value = at(trial);
          return typeof value === "number" ? value : null;
        },
      };
    }
    // Numbers by size, everything else in the order of the sweep.
    const levels = [...distinct]
      .sort(([, a], [, b]) => typeof a === "number" && typeof b === "number" ? a - b : 0)
      .map(([label]) => label);
    return {
      path,
      title,
      levels,
      ordered: [...distinct.values()].every((value) => typeof value === "number" || Array.isArray(value)),
      range: [0, levels.length - 1],
      log: false,
      at: (trial) => {
        const value = at(trial);
        return value === undefined ? null : formatValue(value, model.t);
      },
    };
  });
}

/** The marginal mean of each level of an axis that has levels, over the trials that have a value, and how many have the level. */
export function levelMeans(
  axis: EffectAxis,
  points: readonly EffectPoint[],
): { level: string; mean: number | null; trials: number }[] {
  const byLevel = groupBy(points, ({ trial }) => axis.at(trial));
  return (axis.levels ?? []).map((level) => {
    const here = byLevel.get(level) ?? [];
    return { level, mean: mean(here.map(({ value }) => value)).mean, trials: here.length };
  });
}

/** How far lines that share a level are spread, as a part of the axis: they would lie on one another. */
const SPREAD = 0.07;

/**
 * A trial's line through parallel axes: where it crosses each, from 0 to 1, in order, and at the end its metric. Lines that share a
 * level cross there side by side, the best uppermost.
 * @param place the trial's place among the points, 0 the best and 1 the last
 */
export function parallelLine(
  axes: readonly EffectAxis[],
  { trial, value }: EffectPoint,
  { place, range }: { place: number; range: readonly [low: number, high: number] },
): { axis: number; y: number }[] {
  const crossings = axes.map((axis) => {
    const y = axisPosition(axis, trial);
    return y === null || axis.levels === null ? y : y + SPREAD * (0.5 - place);
  });
  crossings.push(value === null ? null : placeIn(range, value));
  return crossings.flatMap((y, axis) => y === null ? [] : [{ axis, y }]);
}

function axisPosition(axis: EffectAxis, trial: number): number | null {
  const value = axis.at(trial);
  if (value === null) return null;
  if (typeof value === "string") return placeIn(axis.range, (axis.levels ?? []).indexOf(value));
  const [low, high] = axis.range;
  return axis.log ? Math.log(value / low) / Math.log(high / low) : placeIn(axis.range, value);
}

export interface EffectFrame {
  readonly model: ReportModel;
  readonly name: string;
  readonly points: readonly EffectPoint[];
  readonly drawn: readonly EffectPoint[];
  /** How many of the best are drawn in colour; on a page its script does that. */
  readonly coloured?: number;
  /** Of the plot without its axes, in pixels; on a page its place decides instead. */
  readonly width: number;
  readonly height: number;
  readonly interactive?: boolean;
}

/** The lowest and the highest of some numbers, without those that are not there; 0 and 1 of none. */
export function extent(values: readonly (number | null)[]): [low: number, high: number] {
  const found = values.filter((value) => value !== null);
  if (found.length === 0) return [0, 1];
  return [found.reduce((a, b) => Math.min(a, b)), found.reduce((a, b) => Math.max(a, b))];
}

/** Where a value lies between two ends, from 0 to 1; in the middle where they are one. */
export function placeIn([low, high]: readonly [low: number, high: number], value: number): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}
