import { linearTicks, logTicks } from "./scales.ts";

/** A loss axis: its type, ends and where its ticks stand. */
export interface LossScale {
  /** Of lossScale(), log where losses span more than a decade. */
  readonly type: "linear" | "log";
  /** The lower and the upper end; of log both are above 0. */
  readonly domain: readonly [number, number];
  /** For a figure; a page sets its own. */
  readonly ticks: readonly number[];
}

/** Losses of other trials count up to this many times the worst of the best ones; beyond, their lines leave the frame. */
const HEADROOM = 10;

/**
 * The axis on which the best trials' losses read well: logarithmic if they span more than a decade, else linear from 0.
 * @param best losses of the trials that the chart is about
 * @param others losses of the trials drawn for comparison, which stretch the axis up to a tenfold only: one trial that
 * goes astray must not flatten the rest
 */
export function lossScale(best: readonly number[], others: readonly number[]): LossScale {
  const shown = best.length > 0 ? best : others;
  const ceiling = best.length > 0 ? HEADROOM * largest(best) : Infinity;
  const top = Math.max(largest(shown), largest(others.filter((loss) => loss <= ceiling)));
  const positive = [...best, ...others].filter((loss) => loss > 0 && loss <= top);
  const bottom = positive.reduce((a, b) => Math.min(a, b), Infinity);
  if (!(top > 0)) return linear(1);
  if (top / bottom <= 10) return linear(top * 1.05);
  const domain = [bottom / 1.15, top * 1.15] as const;
  return { type: "log", domain, ticks: logTicks(...domain) };
}

function linear(top: number): LossScale {
  return { type: "linear", domain: [0, top], ticks: linearTicks(top, 6) };
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
