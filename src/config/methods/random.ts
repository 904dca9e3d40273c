import { exp } from "../../random/exp.ts";
import { log } from "../../random/log.ts";
import { RandomState } from "../../random/random_state.ts";
import type { Distribution } from "./distribution.ts";
import type { SettingValue } from "../schemas/sweepable.ts";
import type { Points, SweptValues } from "./method.ts";

/** After so many draws in a row without a new point that is kept, no more are expected. */
const MIN_PATIENCE = 100_000;
const MAX_PATIENCE = 5_000_000;

/** What is drawn. */
export interface RandomSearch {
  /** How many points are wanted. */
  readonly count: number;
  /** Of np.random.RandomState. */
  readonly seed: number;
  /** How each setting is drawn, in this order. */
  readonly parameters: Readonly<Record<string, Distribution>>;
  /** Which points are taken; left out, all. */
  readonly keep?: ((point: SweptValues) => boolean) | undefined;
}

/**
 * Points drawn by `np.random.RandomState(seed)`: for each one a value of each parameter, in the order written. A point that came
 * before, or that `keep` refuses, is drawn anew, all of it. They are drawn as far as somebody asks; `count` is less than wanted
 * where there are no more.
 */
export function randomPoints(search: RandomSearch): Points {
  const paths = Object.keys(search.parameters);
  const rows: SettingValue[][] = [];
  const draws = drawRows(search);
  const drawTo = (count: number) => {
    while (rows.length < count) {
      const { value } = draws.next();
      if (value === undefined) return;
      rows.push(value);
    }
  };
  const { size } = spaceOf(search.parameters);
  return {
    get count() {
      if (search.keep === undefined) return Math.min(search.count, size);
      // Whether as many as wanted are kept shows only when they are drawn.
      drawTo(search.count);
      return rows.length;
    },
    at(index) {
      drawTo(index + 1);
      return toPoint(paths, rows[index]);
    },
    place: (_, path) => ["parameters", path],
  };
}

function* drawRows({ seed, parameters, keep }: RandomSearch): Generator<SettingValue[], undefined> {
  const paths = Object.keys(parameters);
  const state = new RandomState(seed);
  const { size, draws } = spaceOf(parameters);
  const patience = keep === undefined ? Infinity : Math.max(MIN_PATIENCE, Math.min(20 * size, MAX_PATIENCE));
  const seen = new Set<string>();
  for (let misses = 0; misses < patience && seen.size < size; misses++) {
    const row = draws.map((draw) => draw(state));
    const key = JSON.stringify(row);
    if (seen.has(key)) continue;
    seen.add(key);
    if (keep !== undefined && !keep(toPoint(paths, row))) continue;
    yield row;
    misses = 0;
  }
}

function toPoint(paths: readonly string[], row: readonly SettingValue[]): SweptValues {
  const point: SweptValues = {};
  for (let i = 0; i < paths.length; i++) point[paths[i]] = row[i];
  return point;
}

type Draw = (state: RandomState) => SettingValue;

/** How to draw each parameter, and how many different points there are; Infinity where they are as many as numbers. */
function spaceOf(parameters: RandomSearch["parameters"]): { size: number; draws: Draw[] } {
  const axes = Object.values(parameters).map(axisOf);
  return {
    size: axes.reduce((size, axis) => size * axis.size, 1),
    draws: axes.map(({ draw }) => draw),
  };
}

function axisOf(distribution: Distribution): { size: number; draw: Draw } {
  if ("choice" in distribution) {
    const { choice } = distribution;
    return { size: choice.length, draw: (state) => choice[state.interval(choice.length - 1)] };
  }
  if ("uniform" in distribution) {
    const [low, high] = distribution.uniform;
    return { size: Infinity, draw: (state) => state.uniform(low, high) };
  }
  if ("log_uniform" in distribution) {
    const [low, high] = distribution.log_uniform;
    const [from, to] = [log(low), log(high)];
    // exp(log(low)) may be a bit below low.
    const draw: Draw = (state) => Math.min(high, Math.max(low, exp(state.uniform(from, to))));
    return { size: Infinity, draw };
  }
  if ("int_uniform" in distribution) {
    const [low, high] = distribution.int_uniform;
    return { size: high - low + 1, draw: (state) => low + state.interval(high - low) };
  }
  const [low, high, step] = distribution.quantized;
  const steps = quantizedSteps(low, high, step);
  // Twelve digits: 0.1 + 2 * 0.1 is 0.3, as people expect, and not 0.30000000000000004.
  const draw: Draw = (state) => Number((low + state.interval(steps) * step).toPrecision(12));
  return { size: steps + 1, draw };
}

/** How many whole steps lead from low to high; a step that misses high by rounding alone counts. */
export function quantizedSteps(low: number, high: number, step: number): number {
  return Math.floor((high - low) / step + 1e-9);
}
