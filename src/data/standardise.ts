import type { Rows } from "./dataset.ts";

/** What is done to each input before the network: by `true` (x - mean) / standard deviation, by `center` x - mean. */
export type Standardise = boolean | "center";

export const STANDARDISE_MODES: readonly Standardise[] = [true, false, "center"];

/** What is taken from each input, and what the rest is divided by. */
export interface Standardisation {
  /** Of each feature. */
  readonly centre: Float64Array;
  /** Of each feature; 1 where it is constant. */
  readonly divisor: Float64Array;
}

const EPSILON = 2 ** -52;

interface Fitted {
  readonly order: Uint32Array;
  readonly options: FitOptions;
  readonly standardisation: Standardisation;
}

/** The last of each part: a run's training, its evaluation and the next run of the same split ask for the same, which takes as long as half an epoch. */
const fitted = new WeakMap<Rows, Fitted>();

interface FitOptions {
  readonly features: number;
  /** What a pixel is divided by. */
  readonly scale: number;
  readonly standardise: Standardise;
}

/**
 * The mean and the standard deviation of each feature over some rows, those that are trained on: what scikit-learn's StandardScaler fits.
 * In float64, of the inputs as the network would get them (real numbers in float32; a pixel divided by `scale`, in float32), the rows in
 * the order of the part and not of the split: the sum of all divided by their number; then the root of the mean of the squared
 * differences from it. A feature is constant, and divided by 1, where its variance is no more than rounding makes it, by scikit-learn's
 * rule.
 */
export function fitStandardisation(rows: Rows, order: Uint32Array, options: FitOptions): Standardisation {
  const last = fitted.get(rows);
  const isSame = last !== undefined && last.order.length === order.length &&
    (["features", "scale", "standardise"] as const).every((name) => last.options[name] === options[name]) &&
    last.order.every((row, i) => row === order[i]);
  if (isSame) return last.standardisation;
  const standardisation = fit(rows, order, options);
  fitted.set(rows, { order: order.slice(), options, standardisation });
  return standardisation;
}

function fit(rows: Rows, order: Uint32Array, { features, scale, standardise }: FitOptions): Standardisation {
  const sorted = order.toSorted();
  const count = sorted.length;
  const centre = new Float64Array(features), divisor = new Float64Array(features).fill(1);
  eachValue(rows, sorted, { features, scale }, (j, x) => centre[j] += x);
  for (let j = 0; j < features; j++) centre[j] /= count;
  if (standardise === "center") return { centre, divisor };
  const squares = new Float64Array(features), seen = new Uint32Array(features);
  eachValue(rows, sorted, { features, scale }, (j, x) => {
    squares[j] += (x - centre[j]) * (x - centre[j]);
    seen[j]++;
  });
  for (let j = 0; j < features; j++) {
    // Of sparse rows the zeros, which nobody visited.
    const variance = (squares[j] + (count - seen[j]) * centre[j] * centre[j]) / count;
    const rounding = count * centre[j] * EPSILON;
    if (variance > count * EPSILON * variance + rounding * rounding) divisor[j] = Math.sqrt(variance);
  }
  return { centre, divisor };
}

/** Calls `visit` with each value that is stored of the rows, row by row. */
function eachValue(
  rows: Rows,
  order: Uint32Array,
  { features, scale }: { features: number; scale: number },
  visit: (feature: number, value: number) => void,
): void {
  for (const row of order) {
    switch (rows.storage) {
      case "real":
        for (let j = 0; j < features; j++) visit(j, rows.numbers[row * features + j]);
        break;
      case "dense":
        for (let j = 0; j < features; j++) visit(j, Math.fround(rows.pixels[row * features + j] / scale));
        break;
      case "sparse":
        for (let k = rows.rowStarts[row]; k < rows.rowStarts[row + 1]; k++) {
          visit(rows.columns[k], Math.fround(rows.values[k] / scale));
        }
    }
  }
}
