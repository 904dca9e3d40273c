// Ranges that are chosen on axes: between which positions, from 0 to 1, a trial must lie.

import { type EffectAxis, positionOn } from "../../sections/effect_axis.ts";
import type { PagePoint } from "./page_point.ts";

/** Null where every place is in. */
export type Range = readonly [from: number, to: number] | null;

/**
 * What is chosen on an axis: between which values, numbers or names of levels. Whatever its ends become, these stay what was chosen. Null at
 * an end of a range of numbers: that of the axis.
 */
export interface Chosen {
  readonly from: string | number | null;
  readonly to: string | number | null;
}

/** The values of a range of positions. */
export function chosenOn({ levels, low, high, log }: EffectAxis, range: Range): Chosen | null {
  if (range === null) return null;
  const [from, to] = levels === null
    ? range.map((position) =>
      position <= 0 || position >= 1
        ? null
        : log
        ? low * (high / low) ** position
        : low + (high - low) * position
    )
    : range.map((position) => levels[Math.round(position * high)]);
  return { from, to };
}

/**
 * Where the values stand on the axis, which may be another than that on which they were chosen: beyond its ends too, and null where it
 * does not have them.
 */
export function rangeOf(axis: EffectAxis, chosen: Chosen | null): Range {
  if (chosen === null) return null;
  const { levels } = axis;
  const [from, to] = [chosen.from, chosen.to].map((value, end) => {
    if (levels === null) return value === null ? end : positionOn(axis, Number(value));
    const place = levels.indexOf(String(value));
    return place < 0 ? NaN : positionOn(axis, place);
  });
  return Number.isNaN(from + to) ? null : whole([from, to]);
}

/** The least that a range of numbers is long. */
const LEAST = 0.01;
/** How far a key moves the end of a range of numbers, as a part of the axis. */
const STEP = 0.02;

/** The range between two positions; of levels from the first in it to the last, and at least one. */
export function rangeBetween(axis: EffectAxis, a: number, b: number): Range {
  const [from, to] = [Math.max(0, Math.min(a, b)), Math.min(1, Math.max(a, b))];
  const last = axis.high;
  if (axis.levels === null) return whole([from, Math.max(to, Math.min(1, from + LEAST))]);
  const [first, end] = [Math.ceil(from * last), Math.floor(to * last)];
  if (first <= end) return whole([first / last, end / last]);
  const nearest = Math.round((from + to) / 2 * last) / last;
  return whole([nearest, nearest]);
}

/** The range with one of its ends moved by a number of steps, up to the other end. */
export function moveEnd(
  axis: EffectAxis,
  range: Range,
  { end, steps }: { end: 0 | 1; steps: number },
): Range {
  const step = axis.levels === null ? STEP : 1 / axis.high;
  const moved = [...range ?? [0, 1]] as [number, number];
  const [least, most] = end === 0 ? [0, moved[1]] : [moved[0], 1];
  moved[end] = Math.min(most, Math.max(least, moved[end] + steps * step));
  return rangeBetween(axis, nearby(axis, moved[0]), nearby(axis, moved[1]));
}

/** The range shifted along its axis, as far as that goes. */
export function shift(axis: EffectAxis, [from, to]: NonNullable<Range>, by: number): Range {
  const amount = Math.min(1 - to, Math.max(-from, by));
  return rangeBetween(axis, nearby(axis, from + amount), nearby(axis, to + amount));
}

/** Whether a trial lies within the ranges of all axes, the metric's the last. */
export function isWithin(
  axes: readonly EffectAxis[],
  ranges: readonly Range[],
  [, metric, , ...at]: PagePoint,
): boolean {
  return axes.every((axis, i) => {
    const range = ranges[i];
    if (range === null) return true;
    const value = i < at.length ? at[i] : metric;
    if (value === null) return false;
    const position = positionOn(axis, value);
    return position >= range[0] - TINY && position <= range[1] + TINY;
  });
}

/** What rounding may do to a position. */
const TINY = 1e-6;

/** A position, of levels that of the nearest one. */
function nearby({ levels, high }: EffectAxis, position: number): number {
  return levels === null ? position : Math.round(position * high) / high;
}

function whole(range: readonly [number, number]): Range {
  return range[0] <= 0 && range[1] >= 1 ? null : range;
}
