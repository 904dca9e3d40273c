// Where parallel axes and what stands on them go: side by side where there is room, otherwise one below the other.

import { type EffectAxis, labelledPositions, textAt } from "../../sections/effect_axis.ts";

/** Places in pixels from the top left. */
export interface ParallelLayout {
  readonly width: number;
  readonly height: number;
  /** Whether the axes stand side by side, from the bottom up; otherwise they lie one below the other, from left to right. */
  readonly upright: boolean;
  readonly axes: readonly AxisLayout[];
}

export interface AxisLayout {
  /** Where the axis stands across its direction, and its low and its high end along it. */
  readonly across: number;
  readonly low: number;
  readonly high: number;
  readonly texts: readonly PlacedText[];
}

export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly text: string;
  readonly title?: boolean;
}

/** How wide an axis with its labels is at least, where they stand side by side. */
const COLUMN = 105;
const PLOT_HEIGHT = 250;
const LINE = 15;
/** What a handle takes beyond the end of an axis. */
const HANDLE = 16;
/** Beyond the low end of the metric's axis: where lines without a value end. */
const MISSING = 26;
const PAD = 20;
/** Between an axis's labels and the next one's title, for the lines to be seen. */
const GAP = 26;

/** @param axes the metric's is the last */
export function parallelLayout(
  axes: readonly EffectAxis[],
  { width, missing }: { width: number; missing: boolean },
): ParallelLayout {
  const column = width / axes.length;
  const texts = axes.map((axis) => labelledPositions(axis).map((at) => ({ at, text: textAt(axis, at) })));
  const widest = Math.max(...texts.flat().map(({ text }) => textWidth(text)));
  const last = Math.max(...texts[axes.length - 1].map(({ text }) => textWidth(text)));
  const upright = column >= COLUMN && widest + 14 <= column && last + 12 <= column / 2;
  return (upright ? sideBySide : oneBelowAnother)(axes, texts, { width, missing });
}

/** Where a position on an axis is, in pixels along its direction. */
export function along({ low, high }: AxisLayout, position: number): number {
  return low + (high - low) * position;
}

/** A line through the axes, as the commands of an SVG path; `null` crossings are passed over, at the last axis they end beyond its low end. */
export function linePath({ axes, upright }: ParallelLayout, crossings: readonly (number | null)[]): string {
  return linePoints({ axes, upright }, crossings)
    .map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x.toFixed(1)},${y.toFixed(1)}`).join("");
}

/** Where a line crosses the axes. */
export function linePoints(
  { axes, upright }: Pick<ParallelLayout, "axes" | "upright">,
  crossings: readonly (number | null)[],
): { x: number; y: number }[] {
  return crossings.flatMap((position, i) => {
    const axis = axes[i];
    if (position === null && i < axes.length - 1) return [];
    const place = position === null ? beyondLow(axis) : along(axis, position);
    return [upright ? { x: axis.across, y: place } : { x: place, y: axis.across }];
  });
}

/** Where lines without a value end on the metric's axis. */
export function beyondLow({ low, high }: AxisLayout): number {
  return low - Math.sign(high - low) * MISSING;
}

/** How far from a line a place is, along the axes. */
export function distanceTo(
  points: readonly { x: number; y: number }[],
  { x, y }: { x: number; y: number },
  upright: boolean,
): number {
  const [across, at] = upright ? ["x", "y"] as const : ["y", "x"] as const;
  const here = { x, y };
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (here[across] < a[across] || here[across] > b[across]) continue;
    const part = (here[across] - a[across]) / (b[across] - a[across]);
    return Math.abs(here[at] - (a[at] + part * (b[at] - a[at])));
  }
  return Infinity;
}

type Labels = readonly (readonly { at: number; text: string }[])[];

function sideBySide(
  axes: readonly EffectAxis[],
  labels: Labels,
  { width, missing }: { width: number; missing: boolean },
): ParallelLayout {
  const column = width / axes.length;
  const titles = axes.map(({ title }) => wrap(title, column - 10));
  const top = LINE * Math.max(...titles.map(({ length }) => length)) + HANDLE + 6;
  const low = top + PLOT_HEIGHT;
  return {
    width,
    height: low + (missing ? MISSING + 8 : HANDLE + 4),
    upright: true,
    axes: axes.map((_, i) => {
      const across = column * (i + 0.5);
      const axis = { across, low, high: top };
      const title = titles[i].map((text, line): PlacedText => ({
        x: across,
        y: top - HANDLE - 6 - LINE * (titles[i].length - 1 - line),
        anchor: "middle",
        text,
        title: true,
      }));
      const placed = labels[i].map(({ at, text }): PlacedText => ({
        x: across + 12,
        y: along({ ...axis, texts: [] }, at) + 4,
        anchor: "start",
        text,
      }));
      return { ...axis, texts: [...title, ...placed] };
    }),
  };
}

function oneBelowAnother(
  axes: readonly EffectAxis[],
  labels: Labels,
  { width, missing }: { width: number; missing: boolean },
): ParallelLayout {
  let y = 0;
  const placed = axes.map(({ title }, i): AxisLayout => {
    const low = PAD + (missing && i === axes.length - 1 ? MISSING - 8 : 0);
    const lines = wrap(title, width).map((text): PlacedText => {
      y += LINE;
      return { x: 0, y, anchor: "start", text, title: true };
    });
    const across = y + 16;
    const axis = { across, low, high: width - PAD, texts: [] };
    const rows: number[] = [];
    const texts = labels[i].map(({ at, text }): PlacedText => {
      const wide = textWidth(text);
      const middle = along(axis, at);
      const start = Math.max(0, Math.min(width - wide, middle - wide / 2));
      // In the first row in which it does not touch the label before.
      let row = rows.findIndex((end) => end + 8 <= start);
      if (row < 0) row = rows.length;
      rows[row] = start + wide;
      return { x: start, y: across + 24 + 14 * row, anchor: "start", text };
    });
    y = across + 24 + 14 * rows.length + (i < axes.length - 1 ? GAP : 0);
    return { ...axis, texts: [...lines, ...texts] };
  });
  return { width, height: y, upright: false, axes: placed };
}

/** About how wide a text of the charts' labels is. */
function textWidth(text: string): number {
  return [...text].reduce((width, character) => width + (character > "\u2fff" ? 12 : 6.6), 0);
}

/** A text in lines of a width: broken between words, and where it has none between letters. */
function wrap(text: string, width: number): string[] {
  const parts = text.match(/[\u3000-\uffff]|[^\s\u3000-\uffff]+\s*/g) ?? [text];
  const lines = [""];
  for (const part of parts) {
    const line = lines.length - 1;
    // A line does not begin with what lengthens or ends the one before.
    const glued = /^[ー、。）」ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/.test(part);
    if (lines[line] === "" || glued || textWidth(lines[line] + part.trimEnd()) * 1.08 <= width) {
      lines[line] += part;
    } else lines.push(part);
  }
  return lines.map((line) => line.trimEnd());
}
