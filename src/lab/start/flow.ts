import { exp } from "../../random/exp.ts";
import { RandomState } from "../../random/random_state.ts";
import { type CourseActivation, slopeOf } from "../../nn/activation.ts";
import type { InitOptions } from "../../nn/initialize.ts";
import { isSaturated } from "../../nn/layer_probe.ts";
import { RANGES, valueOf } from "./curves.ts";

/** The network whose start is looked at: INPUTS, `depth` hidden layers of `width` units, CLASSES. */
export interface StartOptions {
  readonly activation: CourseActivation;
  readonly method: InitOptions["method"];
  /** For gaussian alone. */
  readonly sigma: number;
  readonly depth: number;
  readonly width: number;
  /** Of the weights: `rng.init` of a config. */
  readonly seed: number;
}

/** MNIST's, so that the weights are those with which a run on it starts. */
export const INPUTS = 784;
export const CLASSES = 10;
/** Samples: RandomState(INPUT_SEED).randn(BATCH, INPUTS), in the place of images; sample b is of class b mod 10. */
export const BATCH = 50;
export const INPUT_SEED = 12345;
const BARS = 41;
/** Where sums are shown: from -SUMS to SUMS, as the curves of the activations. */
export const SUMS = 5;

/** What passes a hidden layer. */
export interface LayerStart {
  /** n of its weights, and the standard deviation with which they were drawn. */
  readonly inputs: number;
  readonly sigma: number;
  /** Of its sums, before the activation, over all units and samples. */
  readonly sums: Spread;
  /** Of its activations. */
  readonly activations: Spread;
  /** The share of units and samples whose slope is nearly 0: see isSaturated(). */
  readonly flat: number;
  /** Of the derivatives of each sample's loss by the layer's sums. */
  readonly deltas: Spread;
}

/** Numbers as a histogram. */
export interface Spread {
  /** The standard deviation. */
  readonly sd: number;
  /** The share of exact zeros. */
  readonly zeros: number;
  /** BARS shares over `range`; what lies beyond counts to the first and the last. */
  readonly shares: Float64Array;
  readonly range: readonly [number, number];
}

/**
 * A forward and a backward pass through a network as a run starts it, layer by layer: it yields the size of each, so that a page can draw
 * meanwhile. Sums are in float64, rounded to float32 when stored.
 */
export function* followStart(options: StartOptions): Generator<number, LayerStart[]> {
  const { activation, depth, width, seed } = options;
  const sizes = [INPUTS, ...Array.from({ length: depth }, () => width), CLASSES];
  const weights: Float32Array[] = [];
  const values = [inputs()];
  const spreads: Spread[] = [];
  let drawn = 0;
  for (let layer = 0; layer <= depth; layer++) {
    const [K, N] = [sizes[layer], sizes[layer + 1]];
    const W = firstWeights(seed, { start: drawn, count: K * N, sigma: sigmaOf(options, K) });
    drawn += K * N;
    weights.push(W);
    const sums = product(values[layer], W, { K, N });
    spreads.push(spreadOf(sums, [-SUMS, SUMS]));
    values.push(layer < depth ? sums.map((z) => valueOf(activation, z)) : sums);
    yield K * N;
  }
  const deltas: Float32Array[] = [];
  let delta = outputDeltas(values[depth + 1]);
  for (let layer = depth; layer >= 1; layer--) {
    const [K, N] = [sizes[layer], sizes[layer + 1]];
    const a = values[layer];
    delta = backProduct(delta, weights[layer], { K, N });
    for (let i = 0; i < delta.length; i++) delta[i] *= slopeOf(activation, a[i]);
    deltas[layer - 1] = delta;
    yield K * N;
  }
  // All deltas are shown beside the last hidden layer's, so that it is seen how they fade or grow on their way.
  const reach = 4 * deviation(deltas[depth - 1]) || 1;
  return deltas.map((delta, i) => {
    const a = values[i + 1];
    return {
      inputs: sizes[i],
      sigma: sigmaOf(options, sizes[i]),
      sums: spreads[i],
      activations: spreadOf(a, RANGES[activation]),
      flat: a.reduce((count, value) => count + (isSaturated(activation, value) ? 1 : 0), 0) / a.length,
      deltas: spreadOf(delta, [-reach, reach]),
    };
  });
}

/** The standard deviation of weights with `n` inputs. */
export function sigmaOf({ method, sigma }: Pick<StartOptions, "method" | "sigma">, n: number): number {
  return method === "gaussian" ? sigma : Math.sqrt((method === "he" ? 2 : 1) / n);
}

/** The normals that a seed gives, as far as they have been drawn: another sigma, or another method, only scales them. */
let stream: { seed: number; random: RandomState; normals: Float64Array; drawn: number } | undefined;

/**
 * A layer's first weights, to the bit those of initialize(): one generator draws W1, W2, ... in a row, as biases are 0. `start` is how
 * many weights come before it.
 */
export function firstWeights(
  seed: number,
  { start, count, sigma }: { start: number; count: number; sigma: number },
): Float32Array {
  if (stream?.seed !== seed) {
    stream = { seed, random: new RandomState(seed), normals: new Float64Array(1 << 17), drawn: 0 };
  }
  const end = start + count;
  if (end > stream.normals.length) {
    const longer = new Float64Array(Math.max(end, 2 * stream.normals.length));
    longer.set(stream.normals);
    stream.normals = longer;
  }
  if (end > stream.drawn) {
    stream.random.fillStandardNormal(stream.normals, { start: stream.drawn, length: end - stream.drawn });
    stream.drawn = end;
  }
  const weights = new Float32Array(count);
  for (let i = 0; i < count; i++) weights[i] = sigma * stream.normals[start + i];
  return weights;
}

let batch: Float32Array | undefined;

function inputs(): Float32Array {
  if (batch === undefined) {
    batch = new Float32Array(BATCH * INPUTS);
    new RandomState(INPUT_SEED).fillStandardNormal(batch);
  }
  return batch;
}

interface Sizes {
  readonly K: number;
  readonly N: number;
}

/** x[B][K] W[K][N]. */
function product(x: Float32Array, W: Float32Array, { K, N }: Sizes): Float32Array {
  const out = new Float32Array(BATCH * N);
  const sums = new Float64Array(N);
  for (let b = 0; b < BATCH; b++) {
    sums.fill(0);
    for (let k = 0; k < K; k++) {
      const value = x[b * K + k];
      if (value === 0) continue;
      for (let n = 0, w = k * N; n < N; n++, w++) sums[n] += value * W[w];
    }
    out.set(sums, b * N);
  }
  return out;
}

/** delta[B][N] W[K][N], transposed. */
function backProduct(delta: Float32Array, W: Float32Array, { K, N }: Sizes): Float32Array {
  const out = new Float32Array(BATCH * K);
  for (let b = 0; b < BATCH; b++) {
    for (let k = 0; k < K; k++) {
      // Four sums at a time: one alone waits for itself.
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      let [d, w] = [b * N, k * N];
      const end = d + N - N % 4;
      for (; d < end; d += 4, w += 4) {
        s0 += delta[d] * W[w];
        s1 += delta[d + 1] * W[w + 1];
        s2 += delta[d + 2] * W[w + 2];
        s3 += delta[d + 3] * W[w + 3];
      }
      for (; d < (b + 1) * N; d++, w++) s0 += delta[d] * W[w];
      out[b * K + k] = s0 + s1 + (s2 + s3);
    }
  }
  return out;
}

/** Softmax and cross entropy: y - t. */
function outputDeltas(logits: Float32Array): Float32Array {
  const deltas = new Float32Array(logits.length);
  for (let b = 0; b < BATCH; b++) {
    const row = logits.subarray(b * CLASSES, (b + 1) * CLASSES);
    const most = row.reduce((a, b) => Math.max(a, b));
    const powers = Array.from(row, (logit) => exp(logit - most));
    const total = powers.reduce((a, b) => a + b);
    powers.forEach((power, c) => deltas[b * CLASSES + c] = power / total - (c === b % CLASSES ? 1 : 0));
  }
  return deltas;
}

function deviation(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return Math.sqrt(squares / values.length);
}

function spreadOf(values: Float32Array, range: readonly [number, number]): Spread {
  const shares = new Float64Array(BARS);
  const [low, high] = range;
  for (const value of values) {
    const bar = Math.floor((value - low) / (high - low) * BARS);
    shares[Math.max(0, Math.min(BARS - 1, bar))] += 1 / values.length;
  }
  const zeros = values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0) / values.length;
  return { sd: deviation(values), zeros, shares, range };
}
