// Sprint: a neural network from scratch, with two hidden layers.

type Matrix = number[][];
type Vector = number[];

interface Parameters {
  W1: Matrix;
  B1: Vector;
  W2: Matrix;
  B2: Vector;
  W3: Matrix;
  B3: Vector;
}

// ---------------------------------------------------------------- matrices

function multiply(A: Matrix, B: Matrix): Matrix {
  const C: Matrix = [];
  for (const row of A) {
    const sums = new Array(B[0].length).fill(0);
    for (let k = 0; k < row.length; k++) {
      if (row[k] === 0) continue;
      for (let j = 0; j < sums.length; j++) sums[j] += row[k] * B[k][j];
    }
    C.push(sums);
  }
  return C;
}

function transpose(A: Matrix): Matrix {
  return A[0].map((_, j) => A.map((row) => row[j]));
}

function sumOfColumns(A: Matrix): Vector {
  return A.map((row) => row.reduce((sum, x) => sum + x, 0));
}

// ---------------------------------------------------------------- random numbers

/** Normal numbers from a seed: mulberry32 and the Box-Muller transform. */
function normalGenerator(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

// ---------------------------------------------------------------- problem 1: initial weights

export function initialize(
  { sizes, sigma, seed }: { sizes: number[]; sigma: number; seed: number },
): Parameters {
  const normal = normalGenerator(seed);
  const vector = (n: number) => Array.from({ length: n }, () => sigma * normal());
  const matrix = (rows: number, columns: number) => Array.from({ length: rows }, () => vector(columns));
  return {
    W1: matrix(sizes[0], sizes[1]),
    B1: vector(sizes[1]),
    W2: matrix(sizes[1], sizes[2]),
    B2: vector(sizes[2]),
    W3: matrix(sizes[2], sizes[3]),
    B3: vector(sizes[3]),
  };
}

// ---------------------------------------------------------------- problem 2: forward propagation

function affine(X: Matrix, W: Matrix, B: Vector): Matrix {
  return multiply(X, W).map((row) => row.map((z, j) => z + B[j]));
}

function activate(Z: Matrix, activation: string): Matrix {
  const f = activation === "sigmoid" ? (z: number) => 1 / (1 + Math.exp(-z)) : Math.tanh;
  return Z.map((row) => row.map(f));
}

function softmax(Z: Matrix): Matrix {
  return Z.map((row) => {
    const top = Math.max(...row);
    const exps = row.map((z) => Math.exp(z - top));
    const total = exps.reduce((sum, e) => sum + e, 0);
    return exps.map((e) => e / total);
  });
}

export function forward(
  { X, parameters, activation }: { X: Matrix; parameters: Parameters; activation: string },
) {
  const { W1, B1, W2, B2, W3, B3 } = parameters;
  const A1 = activate(affine(X, W1, B1), activation);
  const A2 = activate(affine(A1, W2, B2), activation);
  const probabilities = softmax(affine(A2, W3, B3));
  return { A1, A2, probabilities };
}

// ---------------------------------------------------------------- problem 3: cross-entropy

export function loss({ probabilities, Y }: { probabilities: Matrix; Y: Matrix }): number {
  let total = 0;
  for (let i = 0; i < Y.length; i++) {
    for (let c = 0; c < Y[i].length; c++) {
      if (Y[i][c] === 1) total -= Math.log(Math.max(probabilities[i][c], 1e-12));
    }
  }
  return total / Y.length;
}

// ---------------------------------------------------------------- problem 4: backpropagation

/** The activation's derivative, from its value. */
function slope(a: number, activation: string): number {
  return activation === "sigmoid" ? a * (1 - a) : 1 - a * a;
}

/** The delta of the layer below, through the weights of the layer above it. */
function backward(delta: Matrix, W: Matrix, A: Matrix, activation: string): Matrix {
  return multiply(delta, transpose(W)).map((row, i) => row.map((d, j) => d * slope(A[i][j], activation)));
}

export function gradients(
  { X, Y, parameters, activation, reduction }: {
    X: Matrix;
    Y: Matrix;
    parameters: Parameters;
    activation: string;
    reduction: string;
  },
): Parameters {
  const { A1, A2, probabilities } = forward({ X, parameters, activation });
  const scale = reduction === "sum" ? 1 : 1 / X.length;
  const delta3 = probabilities.map((row, i) => row.map((p, c) => scale * (p - Y[i][c])));
  const delta2 = backward(delta3, parameters.W3, A2, activation);
  const delta1 = backward(delta2, parameters.W2, A1, activation);
  return {
    W1: multiply(transpose(X), delta1),
    B1: sumOfColumns(delta1),
    W2: multiply(transpose(A1), delta2),
    B2: sumOfColumns(delta2),
    W3: multiply(transpose(A2), delta3),
    B3: sumOfColumns(delta3),
  };
}

export function step(
  { X, Y, parameters, activation, reduction, learningRate }: {
    X: Matrix;
    Y: Matrix;
    parameters: Parameters;
    activation: string;
    reduction: string;
    learningRate: number;
  },
): Parameters {
  const slopes = gradients({ X, Y, parameters, activation, reduction });
  const moveVector = (w: Vector, g: Vector) => w.map((x, j) => x - learningRate * g[j]);
  const moveMatrix = (W: Matrix, G: Matrix) => W.map((row, i) => moveVector(row, G[i]));
  return {
    W1: moveMatrix(parameters.W1, slopes.W1),
    B1: moveVector(parameters.B1, slopes.B1),
    W2: moveMatrix(parameters.W2, slopes.W2),
    B2: moveVector(parameters.B2, slopes.B2),
    W3: moveMatrix(parameters.W3, slopes.W3),
    B3: moveVector(parameters.B3, slopes.B3),
  };
}

// ---------------------------------------------------------------- problems 5 to 7: the classifier

interface Options {
  hidden: number[];
  classes: number;
  activation: string;
  sigma: number;
  learningRate: number;
  batchSize: number;
  epochs: number;
  reduction: string;
  seed: number;
  parameters?: Parameters;
}

export class ScratchSimpleNeuralNetworkClassifier {
  parameters: Parameters | undefined;
  trainLoss: number[] = [];
  valLoss: number[] = [];
  #options: Options;

  constructor(options: Options) {
    this.#options = options;
    this.parameters = options.parameters;
  }

  fit(X: Matrix, y: Vector, XVal?: Matrix, yVal?: Vector): void {
    const { hidden, classes, activation, sigma, learningRate, batchSize, epochs, reduction, seed } =
      this.#options;
    const oneHot = (labels: Vector) =>
      labels.map((label) => Array.from({ length: classes }, (_, c) => c === label ? 1 : 0));
    const Y = oneHot(y);
    this.parameters ??= initialize({ sizes: [X[0].length, ...hidden, classes], sigma, seed });

    for (let epoch = 0; epoch < epochs; epoch++) {
      let sum = 0;
      for (let first = 0; first < X.length; first += batchSize) {
        const batchX = X.slice(first, first + batchSize);
        const batchY = Y.slice(first, first + batchSize);
        const { probabilities } = forward({ X: batchX, parameters: this.parameters, activation });
        sum += loss({ probabilities, Y: batchY }) * batchX.length;
        this.parameters = step({
          X: batchX,
          Y: batchY,
          parameters: this.parameters,
          activation,
          reduction,
          learningRate,
        });
      }
      this.trainLoss.push(sum / X.length);
      if (XVal && yVal) {
        const { probabilities } = forward({ X: XVal, parameters: this.parameters, activation });
        this.valLoss.push(loss({ probabilities, Y: oneHot(yVal) }));
      }
    }
  }

  predict(X: Matrix): Vector {
    const { probabilities } = forward({
      X,
      parameters: this.parameters!,
      activation: this.#options.activation,
    });
    return probabilities.map((row) => row.indexOf(Math.max(...row)));
  }
}

// ---------------------------------------------------------------- problem 8: misclassified images

export function misclassified({ predictions, labels }: { predictions: Vector; labels: Vector }): Vector {
  const indices: Vector = [];
  for (let i = 0; i < labels.length; i++) {
    if (predictions[i] !== labels[i]) indices.push(i);
  }
  return indices;
}
