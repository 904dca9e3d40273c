import { principalDirections } from "./principal.ts";
import { isSeparable } from "./separable.ts";
import type { SpaceView } from "./state.ts";

/** What the last hidden layer makes of the plane, as a picture in two dimensions. */
export interface HiddenSpace {
  /** Units of the layer: with two of them they are the axes, one is a line; more are seen along two directions. */
  readonly units: number;
  readonly view: SpaceView;
  /** x and y of each place of the plane's grid. */
  readonly grid: Float32Array<ArrayBuffer>;
  /** x and y of each point, those to train on first. */
  readonly points: Float32Array<ArrayBuffer>;
  /** Where the output layer decides: x * line[0] + y * line[1] + line[2] is the logit of class 1 over that of class 0. */
  readonly line: readonly [number, number, number];
  /** Part of the points' variance that the picture shows, from 0 to 1; null where they are all at one place. */
  readonly share: number | null;
  /** Training points that the output layer puts on the wrong side, in all dimensions. */
  readonly wrong: number;
  /** Whether any line (hyperplane) would part the training points here; unknown: none was found. */
  readonly separable: boolean | "unknown";
}

/** What it is made from. */
export interface HiddenActivations {
  /** Units of the last hidden layer. */
  readonly K: number;
  /** Of each place of the grid, and of each point. */
  readonly grid: Float32Array;
  readonly points: Float32Array;
  /** How many of the points, the first ones, are trained on. */
  readonly train: number;
  readonly labels: ArrayLike<number>;
  /** Of each point. */
  readonly logits: Float32Array;
  /** The output layer's: (K, 2) and (2). */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export function hiddenSpace(layer: HiddenActivations, view: SpaceView): HiddenSpace {
  const { K, weights, bias, train, points, labels, logits } = layer;
  // The difference of the logits: w h + b.
  const w = Float64Array.from({ length: K }, (_, k) => weights[2 * k + 1] - weights[2 * k]);
  const b = bias[1] - bias[0];
  let wrong = 0;
  for (let i = 0; i < train; i++) {
    if ((logits[2 * i + 1] > logits[2 * i] ? 1 : 0) !== labels[i]) wrong++;
  }
  const trained = { values: points.subarray(0, K * train), K };
  const { origin, axes, share } = axesOf(trained, { w, b, view });
  const onto = (values: Float32Array) => project(values, { K, origin, axes });
  const through = (axis: Float64Array) => axis.reduce((sum, a, k) => sum + a * w[k], 0);
  return {
    units: K,
    view,
    grid: onto(layer.grid),
    points: onto(points),
    line: [through(axes[0]), through(axes[1]), origin.reduce((sum, o, k) => sum + o * w[k], b)],
    share,
    wrong,
    separable: wrong === 0 ||
      isSeparable({ ...trained, labels: Array.from({ length: train }, (_, i) => labels[i]) }, [...w, b]),
  };
}

interface Axes {
  readonly origin: Float64Array;
  readonly axes: readonly [Float64Array, Float64Array];
  readonly share: number | null;
}

function axesOf(
  trained: { values: Float32Array; K: number },
  { w, b, view }: { w: Float64Array; b: number; view: SpaceView },
): Axes {
  const { K, values } = trained;
  const unit = (i: number) => Float64Array.from({ length: K }, (_, k) => k === i ? 1 : 0);
  if (K <= 2) return { origin: new Float64Array(K), axes: [unit(0), unit(1)], share: 1 };
  const { mean, directions, variances } = principalDirections(trained);
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  // Not by their variance: that of the mean's rounding is left.
  const varies = values.some((value, i) => value !== values[i % K]);
  const norm = Math.sqrt(w.reduce((sum, a) => sum + a * a, 0));
  if (view === "principal" || norm === 0) {
    const share = varies ? (variances[0] + variances[1]) / total : null;
    return { origin: mean, axes: [directions[0], directions[1]], share };
  }
  // Across the output's line: x is the distance from it, y what differs most beside that.
  const across = w.map((a) => a / norm);
  const shift = (mean.reduce((sum, m, k) => sum + m * w[k], b)) / (norm * norm);
  const origin = mean.map((m, k) => m - shift * w[k]);
  const rest = new Float64Array(values.length);
  let along = 0;
  for (let first = 0; first < values.length; first += K) {
    let distance = 0;
    for (let k = 0; k < K; k++) distance += (values[first + k] - mean[k]) * across[k];
    along += distance * distance / (values.length / K);
    for (let k = 0; k < K; k++) rest[first + k] = values[first + k] - mean[k] - distance * across[k];
  }
  const beside = principalDirections({ values: rest, K });
  return {
    origin,
    axes: [across, beside.directions[0]],
    share: varies ? (along + beside.variances[0]) / total : null,
  };
}

function project(
  values: Float32Array,
  { K, origin, axes }: Pick<Axes, "origin" | "axes"> & { K: number },
): Float32Array<ArrayBuffer> {
  const found = new Float32Array(values.length / K * 2);
  for (let row = 0; row < values.length / K; row++) {
    let x = 0, y = 0;
    for (let k = 0; k < K; k++) {
      const from = values[K * row + k] - origin[k];
      x += from * axes[0][k];
      y += from * axes[1][k];
    }
    found[2 * row] = x;
    found[2 * row + 1] = y;
  }
  return found;
}
