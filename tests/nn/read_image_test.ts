import assert from "node:assert/strict";
import { parseDataset } from "../../src/data/dataset.ts";
import { parseIdxImages } from "../../src/data/idx.ts";
import { generateStrokes } from "../../src/data/strokes.ts";
import { type ActivationName, activationOf, type Activations } from "../../src/nn/activation.ts";
import { openBench } from "../../src/nn/bench.ts";
import { evaluationBytes, predictProbabilities } from "../../src/nn/evaluate.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { openTraining } from "../../src/nn/open_training.ts";
import {
  pullOfPixels,
  readImage,
  rivalOf,
  type TrainedWeights,
  winner,
  worthOfPixels,
  worthProducts,
} from "../../src/nn/read_image.ts";

const files = generateStrokes({ train: 200, test: 30 });
const dataset = parseDataset(files);
const { pixels } = parseIdxImages(files.test_images);
const kernels = await loadKernels();
const image = (i: number) => pixels.slice(784 * i, 784 * (i + 1));

function train(hidden: number[], activation: Activations, scale = 255): TrainedWeights {
  const training = openTraining(dataset, { kernels, hidden, activation, scale, learning_rate: 0.05 });
  training.trainEpoch();
  return { weights: training.weights, activation, scale };
}

const NETWORKS: readonly [number[], Activations, number?][] = [
  [[], "tanh"],
  [[20], "sigmoid"],
  [[33, 17], "relu", 128],
  [[40, 12, 9], ["tanh", "identity", "sigmoid"]],
  [[24, 12], ["gelu", "softplus"]],
  [[24, 12], ["elu", "leaky_relu"]],
];

for (const [hidden, activation, scale] of NETWORKS) {
  const named = `784-${[...hidden, 10].join("-")}, ${activation}`;

  Deno.test(`readImage() gives the bits of the kernels' probabilities (${named})`, () => {
    const network = train(hidden, activation, scale);
    const bench = openBench(dataset, { kernels, bytes: evaluationBytes(dataset, network) });
    const expected = predictProbabilities(bench, network);
    const readings = Array.from({ length: 30 }, (_, i) => readImage(network, image(i)));
    assert.deepEqual(readings.flatMap(({ probabilities }) => [...probabilities]), [...expected]);
    assert.deepEqual(readings[0].hidden.map(({ length }) => length), hidden);
  });

  Deno.test(`the pull of each pixel is the central difference of the lead (${named})`, () => {
    const network = train(hidden, activation, scale);
    const reading = readImage(network, image(3));
    const label = winner(reading.logits);
    const contest = { label, rival: rivalOf(reading.logits, label) };
    const pull = pullOfPixels(network, reading, contest);
    const STEP = 1e-3;
    for (let i = 0; i < 784; i += 13) {
      const lead = (change: number) => {
        const changed = Array.from(image(3), (pixel, k) => pixel + (k === i ? 255 * change : 0));
        const logits = exactLogits(network, changed);
        return logits[contest.label] - logits[contest.rival];
      };
      const difference = (lead(STEP) - lead(-STEP)) / (2 * STEP);
      assert.ok(Math.abs(pull[i] - difference) < 1e-5, `pixel ${i}: ${pull[i]}, ${difference}`);
    }
  });
}

const EXACT: Readonly<Record<ActivationName, (z: number) => number>> = {
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  relu: (z) => Math.max(0, z),
  identity: (z) => z,
  leaky_relu: (z) => z > 0 ? z : 0.01 * z,
  elu: (z) => z > 0 ? z : Math.expm1(z),
  softplus: (z) => Math.log1p(Math.exp(z)),
  gelu: (z) => z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3))),
};

/** In float64, plainly, and with the engine's own functions of the platform. */
function exactLogits({ weights, activation, scale }: TrainedWeights, pixels: readonly number[]): number[] {
  let x = pixels.map((pixel) => pixel / scale);
  for (let l = 1; 2 * l <= weights.length; l++) {
    const { data, shape: [, N] } = weights[2 * l - 2];
    const z = Array.from(
      weights[2 * l - 1].data,
      (b, n) => x.reduce((sum, v, k) => sum + v * data[k * N + n], b),
    );
    const name = 2 * l === weights.length ? "identity" : activationOf(activation, l);
    x = z.map(EXACT[name]);
  }
  return x;
}

Deno.test("the worth of a pixel is what the lead is less without it, and nothing where there is no ink", () => {
  const network = train([20], "tanh");
  const { logits } = readImage(network, image(5));
  const worth = worthOfPixels(network, image(5), { label: 2, rival: 7 });
  const inked = Array.from(image(5)).flatMap((pixel, i) => pixel > 0 ? [i] : []);
  assert.ok(inked.length > 50);
  assert.ok(worth.every((value, i) => image(5)[i] > 0 || value === 0));
  for (const i of inked) {
    const without = image(5);
    without[i] = 0;
    const { logits: rest } = readImage(network, without);
    assert.equal(worth[i], logits[2] - logits[7] - (rest[2] - rest[7]));
  }
  assert.ok(worth.some((value) => value !== 0));
  assert.equal(worthProducts(network, image(5)), inked.length * (inked.length * 20 + 20 * 10));
});

Deno.test("a class's rival is the best of the others, and of equal classes the first wins", () => {
  assert.equal(winner([1, 3, 3, 2]), 1);
  assert.equal(rivalOf([1, 3, 3, 2], 1), 2);
  assert.equal(rivalOf([1, 3, 3, 2], 3), 1);
  assert.equal(rivalOf([9, 3, 4], 0), 2);
});
