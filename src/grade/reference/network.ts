import type { ActivationName } from "../../nn/activation.ts";
import type { Batch, Parameters } from "../batch.ts";
import { tensor } from "../tensors.ts";
import type { GradeTensor } from "../student_program.ts";
import { sigmoid, tanh } from "./functions.ts";
import { type Method, type Reduction, RIGHT } from "./method.ts";

export interface ForwardPass {
  /** X, A1, A2, ...: what enters each layer. */
  readonly inputs: readonly GradeTensor[];
  /** (B, C). */
  readonly probabilities: GradeTensor;
}

/** How a gradient is asked for. */
export interface GradientOptions {
  readonly activation: ActivationName;
  readonly reduction: Reduction;
  /** The step that goes with it: matters only to a method that updates too early. */
  readonly learningRate: number;
}

/** Forward propagation in float64, plainly: what students are held against. */
export function forward(
  { X, parameters }: Pick<Batch, "X" | "parameters">,
  activation: ActivationName,
  method: Method = RIGHT,
): ForwardPass {
  const inputs = [X];
  const depth = layers(parameters);
  for (let l = 1; l < depth; l++) {
    const { shape, data } = affine(inputs[l - 1], parameters, l);
    inputs.push(tensor(shape, (i) => activate(activation, data[i])));
  }
  return { inputs, probabilities: method.softmax(affine(inputs[depth - 1], parameters, depth)) };
}

/** W1, B1, ...: the gradients of the batch's cross-entropy. */
export function gradients(batch: Batch, options: GradientOptions, method: Method = RIGHT): Parameters {
  const { activation, reduction, learningRate } = options;
  const { inputs, probabilities } = forward(batch, activation, method);
  const { weights, biases } = method.scale(reduction, batch.X.shape[0]);
  const found: Record<string, GradeTensor> = {};
  let delta = tensor(probabilities.shape, (i) => probabilities.data[i] - batch.Y.data[i]);
  for (let l = layers(batch.parameters); l > 0; l--) {
    const W = batch.parameters[`W${l}`];
    const dW = scaled(transposedProduct(inputs[l - 1], delta), weights);
    found[`W${l}`] = dW;
    found[`B${l}`] = scaled(method.biasGradient(delta), biases);
    if (l === 1) break;
    const through = method.deltaThrough === "old weights" ? W : moved(W, dW, -learningRate);
    const below = productTransposed(delta, through);
    const A = inputs[l - 1].data;
    delta = tensor(below.shape, (i) => below.data[i] * method.slope(activation, A[i]));
  }
  // In the order of the layers, as they are listed everywhere else.
  return Object.fromEntries(Object.keys(batch.parameters).map((name) => [name, found[name]]));
}

/** The parameters after one step of gradient descent on the batch. */
export function step(batch: Batch, options: GradientOptions, method: Method = RIGHT): Parameters {
  const slopes = gradients(batch, options, method);
  const rate = method.direction === "downhill" ? -options.learningRate : options.learningRate;
  return Object.fromEntries(
    Object.entries(batch.parameters).map(([name, W]) => [name, moved(W, slopes[name], rate)]),
  );
}

/** The class of the largest of each row, the first of equals. */
export function argmax({ shape: [B, C], data }: GradeTensor): number[] {
  return Array.from({ length: B }, (_, b) => {
    let best = 0;
    for (let c = 1; c < C; c++) if (data[b * C + c] > data[b * C + best]) best = c;
    return best;
  });
}

function layers(parameters: Parameters): number {
  return Object.keys(parameters).length / 2;
}

function activate(activation: ActivationName, x: number): number {
  switch (activation) {
    case "tanh":
      return tanh(x);
    case "sigmoid":
      return sigmoid(x);
    case "relu":
      return Math.max(0, x);
    case "identity":
      return x;
  }
}

/** A (B, K) times W (K, N) plus the bias: (B, N). */
function affine(A: GradeTensor, parameters: Parameters, layer: number): GradeTensor {
  const W = parameters[`W${layer}`];
  const bias = parameters[`B${layer}`].data;
  const [[B, K], [, N]] = [A.shape, W.shape];
  const Z = new Float64Array(B * N);
  for (let b = 0; b < B; b++) {
    for (let n = 0; n < N; n++) Z[b * N + n] = bias[n];
    for (let k = 0; k < K; k++) {
      const a = A.data[b * K + k];
      for (let n = 0; n < N; n++) Z[b * N + n] += a * W.data[k * N + n];
    }
  }
  return { shape: [B, N], data: Z };
}

/** A^T delta: (B, K) and (B, N) to (K, N). */
function transposedProduct(A: GradeTensor, delta: GradeTensor): GradeTensor {
  const [[B, K], [, N]] = [A.shape, delta.shape];
  const product = new Float64Array(K * N);
  for (let b = 0; b < B; b++) {
    for (let k = 0; k < K; k++) {
      const a = A.data[b * K + k];
      for (let n = 0; n < N; n++) product[k * N + n] += a * delta.data[b * N + n];
    }
  }
  return { shape: [K, N], data: product };
}

/** delta W^T: (B, N) and (K, N) to (B, K). */
function productTransposed(delta: GradeTensor, W: GradeTensor): GradeTensor {
  const [[B, N], [K]] = [delta.shape, W.shape];
  const product = new Float64Array(B * K);
  for (let b = 0; b < B; b++) {
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let n = 0; n < N; n++) sum += delta.data[b * N + n] * W.data[k * N + n];
      product[b * K + k] = sum;
    }
  }
  return { shape: [B, K], data: product };
}

function scaled({ shape, data }: GradeTensor, factor: number): GradeTensor {
  return tensor(shape, (i) => data[i] * factor);
}

/** W + rate * gradient, element by element; a gradient that is too short leaves NaN, as an index out of range does in JavaScript. */
function moved({ shape, data }: GradeTensor, gradient: GradeTensor, rate: number): GradeTensor {
  return tensor(shape, (i) => data[i] + rate * (gradient.data[i] ?? NaN));
}
