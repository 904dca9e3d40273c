/** Ticks this close to the end of an axis, as a share of it, would stick out of the frame. */
const END = 0.03;

/** Multiples of 1, 2 or 5 times a power of ten from 0 up to nearly `top`, at most `most` steps of them. */
export function linearTicks(top: number, most: number): number[] {
  let decade = exponent(top / most);
  let factor = [1, 2, 5].find((f) => Number(`${f}e${decade}`) * most >= top);
  if (factor === undefined) [factor, decade] = [1, decade + 1];
  const ticks: number[] = [];
  for (let k = 0; ticks.length <= most; k++) {
    // Read from decimal digits, so that a tick is 0.3 and not 0.30000000000000004.
    const tick = Number(`${k * factor}e${decade}`);
    if (tick > top * (1 - END)) break;
    ticks.push(tick);
  }
  return ticks;
}

/** Ticks at 1, 2 and 5 of each decade between two positive ends if there are few decades, else at powers of ten. */
export function logTicks(low: number, high: number): number[] {
  const first = exponent(low);
  const last = exponent(high);
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  // How far below the upper end a tick must stay for its label not to stick out.
  const clearance = factors.length > 1 ? 1.12 : 1.35;
  const every = Math.max(1, Math.ceil((last - first) / 8));
  const ticks: number[] = [];
  for (let decade = first; decade <= last; decade += every) {
    for (const factor of factors) {
      const tick = Number(`${factor}e${decade}`);
      if (tick >= low && tick * clearance <= high) ticks.push(tick);
    }
  }
  return ticks;
}

/** Whole numbers from 1 to `last`, or about ten multiples of a round number. */
export function epochTicks(last: number): number[] {
  return last <= 10
    ? Array.from({ length: last }, (_, i) => i + 1)
    : linearTicks(last / (1 - END), 10).slice(1);
}

/** From before the first epoch, never from one below 0, to so far after the last that its label stays within the frame. */
export function epochDomain(last: number): readonly [number, number] {
  const margin = last === 1 ? 0.5 : (last - 1) * 0.045;
  return [Math.max(0, 1 - margin), last + margin];
}

/** The power of ten at or below a positive number, read off its decimal digits and so exact. */
export function exponent(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

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
 * @param others losses of the trials drawn for comparison, which stretch the axis as far as lossTop() lets them
 */
export function lossScale(best: readonly number[], others: readonly number[]): LossScale {
  const top = lossTop(best, others);
  const positive = [...best, ...others].filter((loss) => loss > 0 && loss <= top);
  const bottom = positive.reduce((a, b) => Math.min(a, b), Infinity);
  if (!(top > 0)) return linear(1);
  if (top / bottom <= 10) return linear(top * 1.05);
  const domain = [bottom / 1.15, top * 1.15] as const;
  return { type: "log", domain, ticks: logTicks(...domain) };
}

/**
 * The largest loss that an axis must show: that of the best trials, and of the others up to a tenfold of it, as one trial that goes astray
 * must not flatten the rest. -Infinity where there is none.
 */
export function lossTop(best: readonly number[], others: readonly number[]): number {
  const ceiling = best.length > 0 ? HEADROOM * largest(best) : Infinity;
  return Math.max(largest(best), largest(others.filter((loss) => loss <= ceiling)));
}

function linear(top: number): LossScale {
  return { type: "linear", domain: [0, top], ticks: linearTicks(top, 6) };
}

function largest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
