import assert from "node:assert/strict";
import { type Batch, probeBatch } from "../../../src/grade/batch.ts";
import { diagnose } from "../../../src/grade/mistakes/diagnose.ts";
import { forward, gradients } from "../../../src/grade/reference/network.ts";
import type { GradeTensor } from "../../../src/grade/student_program.ts";
import { tensor, type Tensors, vector } from "../../../src/grade/tensors.ts";
import { RandomState } from "../../../src/random/random_state.ts";

/** Networks written out here, as students write them, and nothing of ours: mistakes are made in plain sight. */
type Matrix = number[][];
const times = (A: Matrix, B: Matrix) =>
  A.map((a) => B[0].map((_, n) => a.reduce((s, x, k) => s + x * B[k][n], 0)));
const T = (A: Matrix) => A[0].map((_, i) => A.map((row) => row[i]));
const plus = (A: Matrix, b: number[]) => A.map((row) => row.map((x, n) => x + b[n]));
const each = (A: Matrix, f: (x: number, i: number, j: number) => number) =>
  A.map((row, i) => row.map((x, j) => f(x, i, j)));
const sums = (A: Matrix) => T(A).map((column) => column.reduce((s, x) => s + x, 0));
const softmax = (A: Matrix) =>
  A.map((row) => row.map((x) => Math.exp(x) / row.reduce((s, y) => s + Math.exp(y), 0)));
const flat = (A: Matrix): GradeTensor => tensor([A.length, A[0].length], (i) => A.flat()[i]);

const [ROWS, RATE] = [6, 0.1];
const random = new RandomState(3);
const draw = (rows: number, columns: number): Matrix =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0.7 * random.standardNormal()));
const [X, W1, W2, W3] = [draw(ROWS, 5), draw(5, 4), draw(4, 4), draw(4, 3)];
const [[B1], [B2], [B3]] = [draw(1, 4), draw(1, 4), draw(1, 3)];
const Y = each(draw(ROWS, 3), (_, i, j) => Number(i % 3 === j));
const batch = {
  X: flat(X),
  Y: flat(Y),
  parameters: { W1: flat(W1), B1: vector(B1), W2: flat(W2), B2: vector(B2), W3: flat(W3), B3: vector(B3) },
} as unknown as Batch;

interface Ways {
  activation: (z: number) => number;
  slope: (a: number, z: number, layer: number) => number;
  logits: (Z: Matrix) => Matrix;
  bias: (b: number[], layer: number) => number[];
  biasGradient: (sums: number[], layer: number) => number[];
  delta: (p: number, y: number) => number;
  /** The weights that take the delta through a layer, from those before and the gradient. */
  through: (layer: number, W: Matrix, dW: Matrix) => Matrix;
}

const RIGHT: Ways = {
  activation: Math.tanh,
  slope: (a) => 1 - a * a,
  logits: (Z) => softmax(Z),
  bias: (b) => b,
  biasGradient: (sums) => sums,
  delta: (p, y) => p - y,
  through: (_, W) => T(W),
};

function byHand(ways: Partial<Ways>): { P: Matrix; found: Tensors } {
  const { activation, slope, logits, bias, biasGradient, delta, through } = { ...RIGHT, ...ways };
  const Z1 = plus(times(X, W1), bias(B1, 1));
  const A1 = each(Z1, activation);
  const Z2 = plus(times(A1, W2), bias(B2, 2));
  const A2 = each(Z2, activation);
  const P = logits(plus(times(A2, W3), bias(B3, 3)));
  const d3 = each(P, (p, i, j) => delta(p, Y[i][j]) / ROWS);
  const dW3 = times(T(A2), d3);
  const d2 = each(times(d3, through(3, W3, dW3)), (x, i, j) => x * slope(A2[i][j], Z2[i][j], 2));
  const dW2 = times(T(A1), d2);
  const d1 = each(times(d2, through(2, W2, dW2)), (x, i, j) => x * slope(A1[i][j], Z1[i][j], 1));
  return {
    P,
    found: {
      W1: flat(times(T(X), d1)),
      B1: vector(biasGradient(sums(d1), 1)),
      W2: flat(dW2),
      B2: vector(biasGradient(sums(d2), 2)),
      W3: flat(dW3),
      B3: vector(biasGradient(sums(d3), 3)),
    },
  };
}

function named(found: Tensors, activation: "tanh" | "sigmoid" | "relu" = "tanh"): readonly string[] | null {
  const asked = { activation, reduction: "mean", learningRate: RATE } as const;
  return diagnose(found, (method) => gradients(batch, asked, method), 1e-4).mistakes?.map(({ id }) => id) ??
    null;
}

Deno.test("mistakes of backpropagation, made by hand, are named", () => {
  assert.deepEqual(named(byHand({}).found), []);
  assert.deepEqual(named(byHand({ slope: (a) => 1 - a }).found), ["tanh_not_squared"]);
  assert.deepEqual(named(byHand({ slope: (_, z) => 1 - z * z }).found), ["slope_of_input"]);
  assert.deepEqual(named(byHand({ delta: (p, y) => (p - y) * p * (1 - p) }).found), [
    "delta_of_squared_error",
  ]);
  assert.deepEqual(named(byHand({ through: (layer, W) => layer === 2 ? W : T(W) }).found), [
    "weights_not_transposed",
  ]);
  const updated = (W: Matrix, dW: Matrix) => T(each(W, (w, i, j) => w - RATE * dW[i][j]));
  assert.deepEqual(
    named(byHand({ through: (layer, W, dW) => layer === 2 ? updated(W, dW) : T(W) }).found),
    ["update_before_delta"],
  );
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  assert.deepEqual(
    named(byHand({ activation: sigmoid, slope: (_, z) => z * (1 - z) }).found, "sigmoid"),
    ["slope_of_input"],
  );
  // relu of any number is 0 or more: the slope that is taken is 1 everywhere.
  const relu = (z: number) => Math.max(0, z);
  assert.deepEqual(named(byHand({ activation: relu, slope: (a) => Number(a > 0) }).found, "relu"), []);
  assert.deepEqual(named(byHand({ activation: relu, slope: (a) => Number(a >= 0) }).found, "relu"), [
    "slope_missing",
  ]);
});

Deno.test("a mistake in one layer alone, made by hand, is named with its layer", () => {
  const layersOf = (found: Tensors) => {
    const asked = { activation: "tanh", reduction: "mean", learningRate: RATE } as const;
    return diagnose(found, (method) => gradients(batch, asked, method), 1e-4).mistakes
      ?.map(({ id, layer }) => [id, layer]);
  };
  for (const only of [1, 2]) {
    const slope: Ways["slope"] = (a, _, layer) => layer === only ? 1 : 1 - a * a;
    assert.deepEqual(layersOf(byHand({ slope }).found), [["slope_missing", only]]);
  }
  for (const only of [1, 2, 3]) {
    const by = (factor: number): Ways["biasGradient"] => (sums, layer) =>
      layer === only ? sums.map((x) => factor * x) : sums;
    assert.deepEqual(layersOf(byHand({ biasGradient: by(1 / ROWS) }).found), [[
      "biases_divided_twice",
      only,
    ]]);
    assert.deepEqual(layersOf(byHand({ biasGradient: by(ROWS) }).found), [["bias_not_averaged", only]]);
    const bias: Ways["bias"] = (b, layer) => layer === only ? b.map(() => 0) : b;
    const { P, found } = byHand({ bias });
    assert.deepEqual(layersOf(found), [["bias_not_added", only]]);
    const { mistakes } = diagnose(
      { P: flat(P) },
      (method) => ({ P: forward(batch, "tanh", method).probabilities }),
      1e-4,
    );
    assert.deepEqual(mistakes?.map(({ id, layer }) => [id, layer]), [["bias_not_added", only]]);
  }
  // In all of them it is no layer's.
  assert.deepEqual(layersOf(byHand({ slope: () => 1 }).found), [["slope_missing", undefined]]);
});

Deno.test("mistakes of softmax and of the loss, made by hand, are named", () => {
  const ofSoftmax = (logits: Ways["logits"]) =>
    diagnose(
      { P: flat(byHand({ logits }).P) },
      (method) => ({ P: forward(batch, "tanh", method).probabilities }),
      1e-4,
    ).mistakes?.map(({ id }) => id);
  assert.deepEqual(ofSoftmax((Z) => softmax(softmax(Z))), ["softmax_twice"]);
  assert.deepEqual(ofSoftmax((Z) => softmax(each(Z, Math.tanh))), ["tanh_on_logits"]);
  assert.deepEqual(ofSoftmax((Z) => softmax(each(Z, (z) => 1 / (1 + Math.exp(-z))))), ["sigmoid_on_logits"]);
  assert.deepEqual(ofSoftmax((Z) => softmax(each(Z, (z) => Math.max(0, z)))), ["relu_on_logits"]);

  const { P } = byHand({});
  const ofLoss = (loss: number) =>
    diagnose(
      { loss: tensor([], () => loss) },
      (method) => ({ loss: tensor([], () => method.loss(flat(P), flat(Y))) }),
      1e-4,
    ).mistakes?.map(({ id }) => id);
  const mean = (rows: Matrix, log: (p: number) => number) =>
    -rows.reduce((sum, row, i) => sum + log(row[Y[i].indexOf(1)]), 0) / ROWS;
  assert.deepEqual(ofLoss(mean(P, Math.log2)), ["loss_of_log2"]);
  assert.deepEqual(ofLoss(mean(P, Math.log) / 2), ["loss_halved"]);
  assert.deepEqual(ofLoss(mean(softmax(P), Math.log)), ["loss_of_softmax_again"]);
});

Deno.test("weights that are not transposed are named where a smaller batch is padded with zeros to a network of equal layers too", () => {
  const whole = probeBatch();
  const { W1, B1, W2, B2, W3, B3 } = whole.parameters;
  const rows = ({ shape: [K, N], data }: GradeTensor) =>
    Array.from({ length: K }, (_, k) => [...data.subarray(k * N, (k + 1) * N)]);
  const UNITS = 20;
  const padded = (A: Matrix, height: number, width: number) =>
    each(Array.from({ length: height }, () => Array(width).fill(0)), (_, i, j) => A[i]?.[j] ?? 0);
  const wide = ({ data }: GradeTensor) => padded([[...data]], 1, UNITS)[0];
  const [X, Y] = [rows(whole.X), rows(whole.Y)];
  const [V1, V2, V3] = [
    padded(rows(W1), W1.shape[0], UNITS),
    padded(rows(W2), UNITS, UNITS),
    padded(rows(W3), UNITS, 10),
  ];
  const A1 = each(plus(times(X, V1), wide(B1)), Math.tanh);
  const A2 = each(plus(times(A1, V2), wide(B2)), Math.tanh);
  const P = softmax(plus(times(A2, V3), [...B3.data]));
  const d3 = each(P, (p, i, j) => (p - Y[i][j]) / X.length);
  const d2 = each(times(d3, T(V3)), (x, i, j) => x * (1 - A2[i][j] ** 2));
  const d1 = each(times(d2, V2), (x, i, j) => x * (1 - A1[i][j] ** 2));
  const cut = (A: Matrix, { shape: [K, N] }: GradeTensor) =>
    flat(A.slice(0, K).map((row) => row.slice(0, N)));
  const found = {
    W1: cut(times(T(X), d1), W1),
    B1: vector(sums(d1).slice(0, B1.shape[0])),
    W2: cut(times(T(A1), d2), W2),
    B2: vector(sums(d2).slice(0, B2.shape[0])),
    W3: cut(times(T(A2), d3), W3),
    B3: vector(sums(d3)),
  };
  const asked = { activation: "tanh", reduction: "mean", learningRate: RATE } as const;
  const { mistakes } = diagnose(found, (method) => gradients(whole, asked, method), 1e-4);
  assert.deepEqual(mistakes?.map(({ id }) => id), ["weights_not_transposed"]);
});
