import { type Axis, shareOf, valueAt } from "./axis.ts";

/** A point of a line, in the units of its chart's axes. */
export interface TracePoint {
  /** From 1. */
  readonly epoch: number;
  readonly x: number;
  readonly y: number;
  /** Over the seeds; none where all are the same. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** A line of a chart. */
export interface Trace {
  readonly trial: number;
  /** As charts name it, such as `token:c0`; null for one that is grey, drawn for comparison. */
  readonly colour: string | null;
  readonly dashed: boolean;
  /** By x, ascending. */
  readonly points: readonly TracePoint[];
}

/** A mark at the chart's upper edge: here a trial's line ended, as there was no finite value any more. */
export interface Cross {
  readonly trial: number;
  readonly x: number;
  readonly colour: string | null;
}

/** A plot without its axes, in pixels of the place that it is drawn in. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

/** The places along x where a cursor can stand: those of all points, ascending. */
export function stopsOf(traces: readonly Trace[]): number[] {
  return [...new Set(traces.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
}

/** The index of the nearest value; -1 where there is none. */
export function nearest(values: readonly number[], to: number): number {
  return values.reduce((a, value, b) => a < 0 || Math.abs(value - to) < Math.abs(values[a] - to) ? b : a, -1);
}

/** The line's last point up to the cursor; undefined before its first, and from where the next after its last would be. */
export function pointAt({ points }: Pick<Trace, "points">, x: number): TracePoint | undefined {
  // Products of an epoch and its length differ in their last bits.
  const reached = x * (1 + 1e-9);
  const i = points.findLastIndex((point) => point.x <= reached);
  const point: TracePoint | undefined = points[i];
  if (point === undefined || i < points.length - 1) return point;
  return reached < point.x + point.x / point.epoch ? point : undefined;
}

/** How far from a line the pointer still means it, in pixels. */
const REACH = 7;

/** The trial whose line or cross is pointed at: of several the nearest, of equally near ones the last, which is drawn on top. */
export function trialAt(
  { x, y }: { x: number; y: number },
  { traces, crosses, axes, frame }: {
    traces: readonly Trace[];
    crosses: readonly Cross[];
    axes: Axes;
    frame: Frame;
  },
): number | null {
  const left = (value: number) => frame.left + frame.width * shareOf(axes.x, value);
  const top = (value: number) => frame.top + frame.height * (1 - shareOf(axes.y, value));
  let found: number | null = null;
  let least = REACH;
  const consider = (trial: number, distance: number) => {
    if (distance <= least) [found, least] = [trial, distance];
  };
  for (const { trial, points } of traces) {
    for (const [i, point] of points.entries()) {
      const before = points[i - 1] ?? point;
      // Of many thousand points most are far away.
      if (left(before.x) > x + REACH || left(point.x) < x - REACH) continue;
      const [from, to] = [before, point].map((end) => ({ x: left(end.x), y: top(end.y) }));
      consider(trial, distanceTo(from, to, { x, y }));
    }
  }
  for (const cross of crosses) {
    consider(cross.trial, Math.hypot(left(cross.x) - x, frame.top + CROSS_PLACE - y));
  }
  return found;
}

/** How far below the frame's upper edge a cross stands, in pixels. */
const CROSS_PLACE = 7;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** From a place to the stroke between two others. */
function distanceTo(a: Place, b: Place, { x, y }: Place): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
}

/** The values that a line has on an axis of x, with those at its ends, and those of its band, which a grey line has not. @param y the type of the axis of values */
export function valuesOn(
  x: Axis,
  { points, colour }: Pick<Trace, "points" | "colour">,
  y: Axis["type"],
): number[] {
  const [low, high] = x.domain;
  const values: number[] = [];
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    for (const end of before === undefined ? [] : x.domain) {
      if (!(before.x < end && end < point.x)) continue;
      // As the stroke between the two is drawn: straight in pixels.
      const [from, to] = [shareOf(x, before.x), shareOf(x, point.x)];
      const share = (shareOf(x, end) - from) / (to - from);
      values.push(valueAt({ type: y, domain: [before.y, point.y] }, share));
    }
    if (point.x < low || high < point.x) continue;
    values.push(point.y);
    if (colour !== null) values.push(point.low ?? point.y, point.high ?? point.y);
  }
  return values;
}
