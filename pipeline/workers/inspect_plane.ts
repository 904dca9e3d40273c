import type { Dataset, RealRows } from "../../src/data/dataset.ts";
import type { Bench } from "../../src/nn/bench.ts";
import { evaluateWeights, type EvaluationOptions, predictAt } from "../../src/nn/evaluate.ts";
import type { Plane, PlanePoints } from "../../src/numpy/plane_npz.ts";

/** Places of the field each way. */
const SIZE = 100;
/** Points of a part: more would hide the field. */
const MAX_POINTS = 1000;
/** Of the points' square, on each side. */
const MARGIN = 0.06;

/** So many classes have colours of their own: see the report's palette. */
const MAX_COLOURED = 6;

/** Whether rows of real numbers can be drawn as points of a plane. */
export function isPlane({ features, classes }: Dataset): boolean {
  return features === 2 && classes <= MAX_COLOURED;
}

/** A close look at a network on points in a plane: what it says of every place around them. */
export function inspectPlane(
  bench: Bench,
  { limit = Infinity, ...options }: EvaluationOptions & { limit?: number | undefined },
): Plane {
  const { train: all, test, features, classes } = bench.dataset;
  const train = all.storage === "real" ? firstRows(all, Math.min(limit, all.count)) : all;
  if (train.storage !== "real" || test.storage !== "real" || features !== 2) {
    throw new TypeError(`Cannot look at a plane: rows must be points in it, found ${features} features`);
  }
  const { predictions } = evaluateWeights(bench, options);
  const square = squareAround([train, test]);
  const { x0, y0, side } = square;
  const places = new Float32Array(2 * SIZE * SIZE);
  for (let row = 0, i = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      places[i++] = x0 + side * (column + 0.5) / SIZE;
      places[i++] = y0 + side * (row + 0.5) / SIZE;
    }
  }
  const field = predictAt(bench, { ...options, features }, places);
  return {
    ...square,
    size: SIZE,
    classes,
    field,
    train: firstPoints(train),
    test: { ...firstPoints(test), predictions: predictions.slice(0, MAX_POINTS) },
  };
}

/** The smallest square around the points' middle that holds them all, and a margin. */
function squareAround(parts: readonly RealRows[]): { x0: number; y0: number; side: number } {
  const low = [Infinity, Infinity], high = [-Infinity, -Infinity];
  for (const { numbers } of parts) {
    for (let i = 0; i < numbers.length; i++) {
      low[i % 2] = Math.min(low[i % 2], numbers[i]);
      high[i % 2] = Math.max(high[i % 2], numbers[i]);
    }
  }
  const longest = Math.max(high[0] - low[0], high[1] - low[1]);
  const side = (longest > 0 ? longest : 1) * (1 + 2 * MARGIN);
  return { x0: (low[0] + high[0] - side) / 2, y0: (low[1] + high[1] - side) / 2, side };
}

function firstRows({ storage, labels, numbers }: RealRows, count: number): RealRows {
  return { storage, count, labels: labels.subarray(0, count), numbers: numbers.subarray(0, 2 * count) };
}

function firstPoints({ count, labels, numbers }: RealRows): PlanePoints {
  const held = Math.min(count, MAX_POINTS);
  // Copies: they are views of the workers' memory.
  return { total: count, coordinates: numbers.slice(0, 2 * held), labels: labels.slice(0, held) };
}
