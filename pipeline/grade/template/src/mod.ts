// Your network. Everything stands in this one file, without imports. Matrices have a row a sample.

export type Matrix = number[][];
export type Vector = number[];
export type Activation = "tanh" | "sigmoid";
/** Is a batch's gradient the mean of its rows' or their sum? */
export type Reduction = "mean" | "sum";

/** `Wl` is of shape (units below, units), `Bl` of shape (units). There are two hidden layers. */
export interface Parameters {
  W1: Matrix;
  B1: Vector;
  W2: Matrix;
  B2: Vector;
  W3: Matrix;
  B3: Vector;
}

/** Labelled rows, `Y` one-hot, and the network that they go through. */
export interface Batch {
  X: Matrix;
  Y: Matrix;
  parameters: Parameters;
  activation: Activation;
  reduction: Reduction;
}

/** Problem 1. First parameters of a network of `sizes`, such as [784, 400, 200, 10]: normal, with mean 0 and standard deviation `sigma`. */
export function initialize(
  { sizes, sigma, seed }: { sizes: number[]; sigma: number; seed: number },
): Parameters {
  return notWritten("initialize", sizes, sigma, seed);
}

/** Problem 2. Forward propagation: the activations of both hidden layers, and the softmax of the last one. */
export function forward(
  { X, parameters, activation }: { X: Matrix; parameters: Parameters; activation: Activation },
): { A1: Matrix; A2: Matrix; probabilities: Matrix } {
  return notWritten("forward", X, parameters, activation);
}

/** Problem 3. Cross-entropy, the mean over the rows. A probability may be 0. */
export function loss({ probabilities, Y }: { probabilities: Matrix; Y: Matrix }): number {
  return notWritten("loss", probabilities, Y);
}

/** Problem 4. Backpropagation: the gradient of the batch's loss by every parameter. */
export function gradients({ X, Y, parameters, activation, reduction }: Batch): Parameters {
  return notWritten("gradients", X, Y, parameters, activation, reduction);
}

/** Problem 4. The parameters after one step of gradient descent on this batch. */
export function step(
  { X, Y, parameters, activation, reduction, learningRate }: Batch & { learningRate: number },
): Parameters {
  return notWritten("step", X, Y, parameters, activation, reduction, learningRate);
}

/** Problem 8. The indices at which predictions and labels differ, ascending. */
export function misclassified({ predictions, labels }: { predictions: Vector; labels: Vector }): number[] {
  return notWritten("misclassified", predictions, labels);
}

export interface Options {
  /** Units of the hidden layers: [400, 200]. */
  hidden: number[];
  classes: number;
  activation: Activation;
  sigma: number;
  learningRate: number;
  batchSize: number;
  epochs: number;
  reduction: Reduction;
  seed: number;
  /** Where given, training starts from these instead of initialize(). */
  parameters?: Parameters | undefined;
}

/** Problems 5 to 7. Labels are whole numbers from 0. The last batch of an epoch may be smaller; it is used, not dropped. */
export class ScratchSimpleNeuralNetworkClassifier {
  options: Options;
  parameters?: Parameters | undefined;
  /** For each epoch the mean loss of all rows, each row before its batch's step. */
  trainLoss: number[] = [];
  /** For each epoch the loss on XVal, yVal after it; empty without them. */
  valLoss: number[] = [];

  constructor(options: Options) {
    this.options = options;
    this.parameters = options.parameters;
  }

  fit(X: Matrix, y: Vector, XVal?: Matrix, yVal?: Vector): void {
    notWritten("fit", X, y, XVal, yVal);
  }

  predict(X: Matrix): Vector {
    return notWritten("predict", X);
  }
}

/** Stands for what you have not written yet. */
function notWritten(name: string, ..._given: unknown[]): never {
  throw new Error(`${name} is not written yet`);
}
