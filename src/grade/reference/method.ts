import { type CourseActivation, slopeOf } from "../../nn/activation.ts";
import { tensor } from "../tensors.ts";
import type { GradeTensor } from "../student_program.ts";
import { exp, log } from "./functions.ts";

/** Whether a batch's gradient is the mean of its rows' or their sum. */
export type Reduction = "mean" | "sum";

/** The parts of a training step that students get wrong. `RIGHT` has them right; each entry of the catalogue has some of them wrong. */
export interface Method {
  /** The biases that are used where these are given, (N). */
  biases(given: GradeTensor): GradeTensor;
  /** Whether forward propagation adds the bias in a layer. */
  addsBias(layer: number): boolean;
  /** The activation of a hidden layer, counted from 1, where this one is asked for. */
  activation(asked: CourseActivation, layer: number): CourseActivation;
  /** The one-hot labels that are used where these are given, (B, C). */
  labels(given: GradeTensor): GradeTensor;
  /** Probabilities from logits, (B, C). */
  softmax(logits: GradeTensor): GradeTensor;
  /** The delta of the output layer from probabilities and one-hot labels. */
  outputDelta: "P - Y" | "Y - P" | "(P - Y) P (1 - P)";
  /** The slope of an activation in a layer, from its value `a`. */
  slope(activation: CourseActivation, a: number, layer: number): number;
  /** The weights' gradient (K, N) from what enters a layer (B, K) and its delta (B, N), before it is scaled. */
  weightGradient(A: GradeTensor, delta: GradeTensor, layer: number): GradeTensor;
  /** Whether going back is done row by row, or for the mean of the rows; then with the slope at their mean or the mean of their slopes. */
  rows: "each" | "mean" | "mean, with the mean slope";
  /** The bias's gradient from a layer's delta (B, N), before it is scaled. */
  biasGradient(delta: GradeTensor, layer: number): GradeTensor;
  /** What the summed gradients of B rows are multiplied by, in a layer, counted from 1, of so many units with so many below. */
  scale(reduction: Reduction, B: number, layer: { index: number; units: number; below: number }): {
    weights: number;
    biases: number;
  };
  /**
   * Which weights take the delta to the layer below: those before the update or those after it, in all layers, in the last alone or in all
   * but the last; or those before it, in all but the last not transposed, as nobody notices with as many units above as below.
   */
  deltaThrough:
    | "old weights"
    | "new weights"
    | "new last weights"
    | "new hidden weights"
    | "untransposed weights";
  direction: "downhill" | "uphill";
  /** Whether a parameter, by its name, is moved at all. */
  moves(name: string): boolean;
  /** The loss of probabilities and one-hot labels, both (B, C). */
  loss(probabilities: GradeTensor, Y: GradeTensor): number;
  /** The loss reported for an epoch, from its batches' in the order trained. */
  epochLoss(batches: readonly BatchLoss[]): number;
}

/** A batch's loss, the mean of its rows'. */
interface BatchLoss {
  readonly loss: number;
  readonly rows: number;
}

/** As it should be. */
export const RIGHT: Method = {
  biases: (given) => given,
  addsBias: () => true,
  activation: (asked) => asked,
  labels: (given) => given,
  softmax: ({ shape, data }) => {
    const [B, C] = shape;
    const result = tensor(shape, () => 0);
    for (let b = 0; b < B; b++) {
      const row = data.subarray(b * C, (b + 1) * C);
      const top = row.reduce((most, logit) => Math.max(most, logit), -Infinity);
      const total = row.reduce((sum, logit) => sum + exp(logit - top), 0);
      for (let c = 0; c < C; c++) result.data[b * C + c] = exp(row[c] - top) / total;
    }
    return result;
  },
  outputDelta: "P - Y",
  slope: (activation, a) => slopeOf(activation, a),
  weightGradient: (A, delta) => transposedProduct(A, delta),
  rows: "each",
  biasGradient: (delta) => sumOverRows(delta),
  scale(reduction, B) {
    const scale = reduction === "mean" ? 1 / B : 1;
    return { weights: scale, biases: scale };
  },
  deltaThrough: "old weights",
  direction: "downhill",
  moves: () => true,
  loss: (probabilities, Y) => totalLoss(probabilities, Y) / Y.shape[0],
  epochLoss(batches) {
    const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
    return batches.reduce((sum, batch) => sum + batch.rows * batch.loss, 0) / rows;
  },
};

/** The cross-entropy summed over the rows. */
export function totalLoss(probabilities: GradeTensor, Y: GradeTensor): number {
  return Y.data.reduce((sum, y, i) => y === 0 ? sum : sum - y * log(probabilities.data[i]), 0);
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

/** (B, N) to (N). */
export function sumOverRows({ shape: [B, N], data }: GradeTensor): GradeTensor {
  return tensor([N], (n) => {
    let sum = 0;
    for (let b = 0; b < B; b++) sum += data[b * N + n];
    return sum;
  });
}
