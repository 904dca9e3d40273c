import { activationOf, type CourseActivation, type CourseActivations } from "../../nn/activation.ts";
import type { Batch, Parameters } from "../batch.ts";
import { tensor } from "../tensors.ts";
import type { GradeTensor } from "../student_program.ts";
import { sigmoid, tanh } from "./functions.ts";
import { type Method, type Reduction, RIGHT, sumOverRows } from "./method.ts";

interface ForwardPass {
  /** X, A1, A2, ...: what enters each layer. */
  readonly inputs: readonly GradeTensor[];
  /** What each hidden layer's activation is taken of: XW + B, the same for the next, ... */
  readonly sums: readonly GradeTensor[];
  /** (B, C). */
  readonly probabilities: GradeTensor;
}

/** How a gradient is asked for. */
export interface GradientOptions {
  readonly activation: CourseActivations;
  readonly reduction: Reduction;
  /** The step that goes with it: matters only to a method that updates too early. */
  readonly learningRate: number;
}

/** What forward propagation of a batch depends on besides, and what it gave: most mistakes that are tried are made after it. */
interface Passed extends Pick<Method, "biases" | "addsBias" | "activation" | "softmax"> {
  readonly asked: CourseActivations;
  readonly pass: ForwardPass;
}

const passed = new WeakMap<object, Passed[]>();

/** Forward propagation in float64, plainly: what students are held against. */
export function forward(
  batch: Pick<Batch, "X" | "parameters">,
  asked: CourseActivations,
  method: Method = RIGHT,
): ForwardPass {
  const { biases, addsBias, activation, softmax } = method;
  const known = passed.get(batch) ?? [];
  const same = known.find((other) =>
    other.asked === asked && other.biases === biases && other.addsBias === addsBias &&
    other.activation === activation && other.softmax === softmax
  );
  if (same !== undefined) return same.pass;
  const pass = passForward(batch, asked, method);
  passed.set(batch, [...known, { asked, biases, addsBias, activation, softmax, pass }]);
  return pass;
}

/** What forward propagation adds in a layer, counted from 1, whose bias is given. */
export function addedBias(
  { biases, addsBias }: Pick<Method, "biases" | "addsBias">,
  given: GradeTensor,
  layer: number,
): GradeTensor {
  const bias = biases(given);
  return addsBias(layer) ? bias : tensor(bias.shape, () => 0);
}

function passForward(
  { X, parameters }: Pick<Batch, "X" | "parameters">,
  activation: CourseActivations,
  method: Method,
): ForwardPass {
  const inputs = [X];
  const sums: GradeTensor[] = [];
  const depth = layers(parameters);
  const sum = (l: number) =>
    affine(inputs[l - 1], { W: parameters[`W${l}`], B: addedBias(method, parameters[`B${l}`], l) });
  for (let l = 1; l < depth; l++) {
    const used = method.activation(activationOf(activation, l), l);
    const { shape, data } = sum(l);
    sums.push({ shape, data });
    inputs.push(tensor(shape, (i) => activate(used, data[i])));
  }
  return { inputs, sums, probabilities: method.softmax(sum(depth)) };
}

/** W1, B1, ...: the gradients of the batch's cross-entropy. */
export function gradients(batch: Batch, options: GradientOptions, method: Method = RIGHT): Parameters {
  return backward(batch, forward(batch, options.activation, method), options, method);
}

/** The gradients, going back from what going forward gave: ours, or a student's own. */
export function backward(
  batch: Batch,
  { inputs, probabilities }: Pick<ForwardPass, "inputs" | "probabilities">,
  { activation, reduction, learningRate }: GradientOptions,
  method: Method = RIGHT,
): Parameters {
  const B = batch.X.shape[0];
  // Averaged before, rows are as one, and are not averaged again.
  const asOne = method.rows === "each" ? 1 : B;
  const together = (rows: GradeTensor) => method.rows === "each" ? rows : meanOfRows(rows);
  const Y = method.labels(batch.Y).data;
  const found: Record<string, GradeTensor> = {};
  const rate = rateOf(method, learningRate);
  let delta = together(tensor(probabilities.shape, (i) => {
    const p = probabilities.data[i];
    if (method.outputDelta === "(P - Y) P (1 - P)") return (p - Y[i]) * p * (1 - p);
    return method.outputDelta === "P - Y" ? p - Y[i] : Y[i] - p;
  }));
  const depth = layers(batch.parameters);
  for (let l = depth; l > 0; l--) {
    const W = batch.parameters[`W${l}`];
    const [below, units] = W.shape;
    const { weights, biases } = method.scale(reduction, B, { index: l, units, below });
    const dW = scaled(method.weightGradient(together(inputs[l - 1]), delta, l), asOne * weights);
    found[`W${l}`] = dW;
    found[`B${l}`] = scaled(method.biasGradient(delta, l), asOne * biases);
    if (l === 1) break;
    const { deltaThrough } = method;
    const early = deltaThrough === "new weights" ||
      deltaThrough === (l === depth ? "new last weights" : "new hidden weights");
    const through = early ? moved(W, dW, rate) : W;
    const untransposed = deltaThrough === "untransposed weights" && l < depth;
    const passed = productTransposed(delta, untransposed ? asIfSquare(through) : through);
    const used = method.activation(activationOf(activation, l - 1), l - 1);
    const slopesAt = ({ shape, data }: GradeTensor) =>
      tensor(shape, (i) => method.slope(used, data[i], l - 1));
    const slopes = method.rows === "mean, with the mean slope"
      ? meanOfRows(slopesAt(inputs[l - 1]))
      : slopesAt(together(inputs[l - 1]));
    delta = tensor(passed.shape, (i) => passed.data[i] * slopes.data[i]);
  }
  // In the order of the layers, as they are listed everywhere else.
  return Object.fromEntries(Object.keys(batch.parameters).map((name) => [name, found[name]]));
}

/** The parameters after one step of gradient descent on the batch. */
export function step(batch: Batch, options: GradientOptions, method: Method = RIGHT): Parameters {
  const slopes = gradients(batch, options, method);
  const rate = rateOf(method, options.learningRate);
  return Object.fromEntries(
    Object.entries(batch.parameters).map(([name, given]) => {
      const start = name.startsWith("B") ? method.biases(given) : given;
      return [name, method.moves(name) ? moved(start, slopes[name], rate) : start];
    }),
  );
}

/** By how many gradients a step moves the parameters. */
function rateOf({ direction }: Method, learningRate: number): number {
  return direction === "downhill" ? -learningRate : learningRate;
}

/** The class of the largest of each row, the first of equals or of what is no number: as NumPy has it. */
export function argmax({ shape: [B, C], data }: GradeTensor): number[] {
  return Array.from({ length: B }, (_, b) => {
    let best = 0;
    for (let c = 1; c < C; c++) {
      const [value, top] = [data[b * C + c], data[b * C + best]];
      if (value > top || Number.isNaN(value) && !Number.isNaN(top)) best = c;
    }
    return best;
  });
}

function layers(parameters: Parameters): number {
  return Object.keys(parameters).length / 2;
}

/** What an activation makes of a number. */
export function activate(activation: CourseActivation, x: number): number {
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

/** (B, N) to (1, N). */
function meanOfRows(rows: GradeTensor): GradeTensor {
  const [B, N] = rows.shape;
  const sums = sumOverRows(rows).data;
  return tensor([1, N], (n) => sums[n] / B);
}

/** A (B, K) times W (K, N) plus the bias: (B, N). */
function affine(A: GradeTensor, { W, B: { data: bias } }: { W: GradeTensor; B: GradeTensor }): GradeTensor {
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

/**
 * (K, N) transposed in a square with zeros around it, of which (K, N) is taken: to a network with as many units above as below a batch of
 * fewer units is given with zeros.
 */
function asIfSquare({ shape: [K, N], data }: GradeTensor): GradeTensor {
  return tensor([K, N], (i) => {
    const [k, n] = [Math.floor(i / N), i % N];
    return n < K && k < N ? data[n * N + k] : 0;
  });
}

function scaled({ shape, data }: GradeTensor, factor: number): GradeTensor {
  return tensor(shape, (i) => data[i] * factor);
}

/** W + rate * gradient, element by element; a gradient that is too short leaves NaN, as an index out of range does in JavaScript. */
function moved({ shape, data }: GradeTensor, gradient: GradeTensor, rate: number): GradeTensor {
  return tensor(shape, (i) => data[i] + rate * (gradient.data[i] ?? NaN));
}
