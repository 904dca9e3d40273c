import type { CourseActivation } from "../../../nn/activation.ts";
import { RandomState } from "../../../random/random_state.ts";

/** Numbers in rows and columns, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

export function matrix(rows: number, columns: number, at: (row: number, column: number) => number): Matrix {
  const data = Float64Array.from(
    { length: rows * columns },
    (_, i) => at(Math.floor(i / columns), i % columns),
  );
  return { rows, columns, data };
}

export interface Shape {
  /** Units from the features to the classes. */
  readonly sizes: readonly number[];
  /** n, the rows of the batch. */
  readonly rows: number;
}

/** A network and the one batch that goes through it. */
export interface SmallNet extends Shape {
  /** Of all hidden layers. */
  readonly activation: CourseActivation;
  /** (n, D). */
  readonly X: Matrix;
  /** The class of each row. */
  readonly labels: readonly number[];
  /** W1, B1, W2, ...: (K, N) and (1, N). */
  readonly parameters: readonly Matrix[];
  /** What the batch and the parameters were drawn with; null where they were given. */
  readonly seed: number | null;
}

/**
 * A batch and parameters from one generator, as NumPy draws them: X, W1, B1, W2, ..., each `randn(...).round(1)`, so that one can follow
 * with pen and paper; labels go round the classes.
 */
export function drawNet({ sizes, rows }: Shape, activation: CourseActivation, seed: number): SmallNet {
  const random = new RandomState(seed);
  const draw = (rows: number, columns: number) => {
    const drawn = new Float64Array(rows * columns);
    random.fillStandardNormal(drawn);
    return { rows, columns, data: drawn.map((value) => Math.round(value * 10) / 10 + 0) };
  };
  const X = draw(rows, sizes[0]);
  const parameters = layersOf(sizes).flatMap(({ K, N }) => [draw(K, N), draw(1, N)]);
  const labels = Array.from({ length: rows }, (_, row) => row % sizes[sizes.length - 1]);
  return { sizes, rows, activation, X, labels, parameters, seed };
}

/** Numbers that were given in place of drawn ones, row by row; an empty list: none. */
export interface Given {
  readonly x: readonly number[];
  readonly labels: readonly number[];
  /** W1, B1, W2, ... one after another. */
  readonly weights: readonly number[];
}

/** The drawn net with what was given in its place, and the names of what was given but does not fit the sizes, which is left out. */
export function netFrom(drawn: SmallNet, given: Given): { net: SmallNet; misfits: (keyof Given)[] } {
  const { X, parameters, labels, sizes } = drawn;
  const classes = sizes[sizes.length - 1];
  const fits = {
    x: given.x.length === X.data.length,
    labels: given.labels.length === labels.length && given.labels.every((label) => label < classes),
    weights: given.weights.length === countNumbers(parameters),
  };
  let start = 0;
  const filled = parameters.map(({ rows, columns, data }) => ({
    rows,
    columns,
    data: Float64Array.from(given.weights.slice(start, start += data.length)),
  }));
  const net = {
    ...drawn,
    X: fits.x ? { ...X, data: Float64Array.from(given.x) } : X,
    labels: fits.labels ? given.labels : labels,
    parameters: fits.weights ? filled : parameters,
    seed: fits.x || fits.labels || fits.weights ? null : drawn.seed,
  };
  const names = ["x", "labels", "weights"] as const;
  return { net, misfits: names.filter((name) => given[name].length > 0 && !fits[name]) };
}

function countNumbers(parameters: readonly Matrix[]): number {
  return parameters.reduce((count, { data }) => count + data.length, 0);
}

/** Each layer's inputs K and units N. */
function layersOf(sizes: readonly number[]): { K: number; N: number }[] {
  return sizes.slice(1).map((N, l) => ({ K: sizes[l], N }));
}

/** The name of number `index` of a net's parameters: W1, B1, W2, ... */
export function parameterName(index: number): string {
  return `${index % 2 === 0 ? "W" : "B"}${Math.floor(index / 2) + 1}`;
}
