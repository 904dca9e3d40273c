// What the charts of parameters share, when the file is written and in the browser: plain data, and places on it.

import { formatLoss, formatPercent } from "../../text/numbers.ts";

/** A parameter, or the metric, as an axis. */
export interface EffectAxis {
  readonly title: string;
  /** Few values, each with a place of its own, in order; null for numbers along a range. */
  readonly levels: readonly string[] | null;
  /** The levels' numbers where they stand to scale in a chart of one parameter; null where they are evenly spaced, or a range. */
  readonly numbers: readonly number[] | null;
  /** Whether the levels have an order by size, so that a line from one to the next says something. */
  readonly ordered: boolean;
  /** The ends: of levels the places of the first and the last, from 0. */
  readonly low: number;
  readonly high: number;
  /** Whether a range, or levels' numbers, span decades and read better on a logarithmic axis. */
  readonly log: boolean;
  /** How its values are written; `level` where they are levels. */
  readonly format: "level" | "number" | "percent" | "loss";
}

/** A trial in the charts. */
export interface EffectPoint {
  readonly trial: number;
  /** The metric's mean over the trial's runs that have it; null where none has. */
  readonly value: number | null;
  readonly broken: boolean;
  /** By axis: a level's place, a number, or null where the trial does not set it. */
  readonly at: readonly (number | null)[];
}

/** Where a value stands on an axis, from 0 to 1; in the middle where its ends are one. */
export function positionOn(
  { levels, low, high, log }: Pick<EffectAxis, "levels" | "low" | "high" | "log">,
  value: number,
): number {
  if (high === low) return 0.5;
  return log && levels === null ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

/** What a value of the axis is to the chart of its parameter alone: a number, or the name of a level that stands evenly spaced. */
export function placeOnChart({ levels, numbers }: EffectAxis, at: number): string | number {
  return levels === null ? at : numbers === null ? levels[at] : numbers[at];
}

/** What stands at a position, in words: of levels the nearest. */
export function textAt(axis: EffectAxis, position: number): string {
  const { levels, low, high, log } = axis;
  if (levels !== null) return levels[Math.round(position * high)];
  return textOf(axis, log ? low * (high / low) ** position : low + (high - low) * position);
}

/** A number along a range, in words. */
export function textOf({ format }: Pick<EffectAxis, "format">, value: number): string {
  if (format === "percent") return formatPercent(value);
  if (format === "loss") return formatLoss(value);
  return String(Number(value.toPrecision(3)));
}

/** The positions that are labelled: every level, or a range's ends and its middle. */
export function labelledPositions({ levels, low, high }: EffectAxis): number[] {
  if (levels !== null) return levels.length === 1 ? [0.5] : levels.map((_, i) => i / (levels.length - 1));
  return low === high ? [0.5] : [0, 0.5, 1];
}

/** How far lines that share a level are spread, as a part of the axis: they would lie on one another. */
const SPREAD = 0.07;

/**
 * A trial's line through parallel axes, the metric's the last: where it crosses each, from 0 to 1; null where it does not. Lines that
 * share a level cross there side by side, the best uppermost.
 * @param place the trial's place among the points, 0 the best and 1 the last
 */
export function crossings(
  axes: readonly EffectAxis[],
  { at, value }: EffectPoint,
  place: number,
): (number | null)[] {
  return axes.map((axis, i) => {
    const here = i < at.length ? at[i] : value;
    if (here === null) return null;
    return positionOn(axis, here) + (axis.levels === null ? 0 : SPREAD * (0.5 - place));
  });
}

/** How good a trial's metric is, from 0, the worst of all trials, to 1, the best; null where it has none. */
export function goodness(
  metric: EffectAxis,
  goal: "minimize" | "maximize",
  value: number | null,
): number | null {
  if (value === null) return null;
  const position = positionOn(metric, value);
  return goal === "maximize" ? position : 1 - position;
}
