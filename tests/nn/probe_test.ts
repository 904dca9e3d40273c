import assert from "node:assert/strict";
import { generateStrokes } from "../../src/data/strokes.ts";
import { buildDataset } from "../../src/data/dataset.ts";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { splitTrainValidation } from "../../src/data/split.ts";
import { hashWeights } from "../../src/nn/weights.ts";
import { evaluationBytes, predictProbabilities } from "../../src/nn/evaluate.ts";
import { openBench } from "../../src/nn/bench.ts";
import { openTraining, type TrainingOptions } from "../../src/nn/open_training.ts";
import { saturatedShare, summarizeValues } from "../../src/nn/layer_probe.ts";
import { type ActivationName, ACTIVATIONS } from "../../src/nn/activation.ts";
import { KERNELS } from "./workspaces.ts";

const MODULE = new WebAssembly.Module(KERNELS);
const files = generateStrokes();
const part = (name: "train" | "test", count: number) => {
  const images = parseIdxImages(files[`${name}_images`]);
  const pixels = images.pixels.subarray(0, count * images.rows * images.columns);
  return {
    images: { ...images, count, pixels },
    labels: parseIdxLabels(files[`${name}_labels`]).subarray(0, count),
  };
};
const DATA = buildDataset({ train: part("train", 300), test: part("test", 150) });
const OPTIONS: TrainingOptions & { kernels: WebAssembly.Module } = {
  kernels: MODULE,
  hidden: [37, 20],
  activation: "tanh",
  init: { method: "gaussian", sigma: 0.1, bias: "gaussian" },
  batch_size: 20,
  learning_rate: 0.1,
  validation: 1 / 3,
  seeds: { split: 0, init: 1, shuffle: 2 },
};
const SPLIT = splitTrainValidation({ count: 300, validation: 1 / 3, seed: 0 });

/** Activations, softmax and deltas of one image in float64, from the weights. */
function plainPass(weights: readonly { data: Float32Array }[], pixels: Float64Array, label: number) {
  const layers: number[][] = [];
  let input = [...pixels];
  for (let l = 0; l < weights.length; l += 2) {
    const [W, b] = [weights[l].data, weights[l + 1].data];
    const N = b.length;
    const z = Array.from(b, (bias, n) => input.reduce((sum, x, k) => sum + x * W[k * N + n], bias));
    input = l + 2 < weights.length ? z.map(Math.tanh) : z;
    layers.push(input);
  }
  const logits = layers[layers.length - 1];
  const exps = logits.map((z) => Math.exp(z - Math.max(...logits)));
  const total = exps.reduce((a, b) => a + b);
  const softmax = exps.map((e) => e / total);
  const deltas = [softmax.map((y, c) => y - Number(c === label))];
  for (let l = layers.length - 2; l >= 0; l--) {
    const W = weights[2 * l + 2].data;
    const above = deltas[0];
    deltas.unshift(
      layers[l].map((a, k) =>
        (1 - a * a) * above.reduce((sum, d, n) => sum + d * W[k * above.length + n], 0)
      ),
    );
  }
  return { layers, deltas, softmax };
}

function pixelsOf(data: typeof DATA.train, row: number): Float64Array {
  const pixels = new Float64Array(DATA.features);
  if (data.storage !== "sparse") throw new TypeError("strokes are sparse");
  for (let k = data.rowStarts[row]; k < data.rowStarts[row + 1]; k++) {
    pixels[data.columns[k]] = data.values[k] / 255;
  }
  return pixels;
}

function near(actual: number, expected: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) <= 1e-4 * Math.max(1e-3, Math.abs(expected)),
    `${what}: ${actual}, ${expected}`,
  );
}

Deno.test("a probe's moments are those of a plain float64 pass over the same 64 images", () => {
  const trainer = openTraining(DATA, OPTIONS);
  trainer.trainEpoch();
  const probes = trainer.probe();
  const passes = [...SPLIT.validation.subarray(0, 64)].map((row) =>
    plainPass(trainer.weights, pixelsOf(DATA.train, row), DATA.train.labels[row])
  );
  assert.deepEqual(probes.map(({ layer, units }) => [layer, units]), [[1, 37], [2, 20], [3, 10]]);
  for (const [l, probe] of probes.entries()) {
    for (
      const [name, summary, values] of [
        ["activation", probe.activation, passes.flatMap(({ layers }) => layers[l])],
        ["gradient", probe.gradient, passes.flatMap(({ deltas }) => deltas[l])],
      ] as const
    ) {
      const mean = values.reduce((a, b) => a + b) / values.length;
      near(summary.mean, mean, `${name} ${l} mean`);
      near(
        summary.std,
        Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length),
        `${name} ${l} std`,
      );
      const sorted = values.map(Math.abs).sort((a, b) => a - b);
      [0.05, 0.25, 0.5, 0.75, 0.95].forEach((q, i) => {
        // A bin is an eighth of an octave wide; the sample's own neighbours differ as well.
        const [low, high] = [-2, 2].map((d) =>
          sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(q * sorted.length) + d))]
        );
        assert.ok(
          summary.magnitudes[i] >= low / 1.13 && summary.magnitudes[i] <= high * 1.13,
          `${name} ${l} ${q}`,
        );
      });
    }
    if (l < 2) {
      const flat = passes.flatMap(({ layers }) => layers[l]).filter((a) => 1 - a * a < 0.05).length;
      assert.ok(Math.abs(probe.saturated * 64 * probe.units - flat) <= 1);
    } else assert.equal(probe.saturated, 0);
  }
});

Deno.test("probing changes no weight, however often, with any optimizer, and gives the same each time", () => {
  for (const optimizer of ["sgd", "momentum"] as const) {
    const train = (probed: boolean) => {
      const trainer = openTraining(DATA, { ...OPTIONS, optimizer, shuffle: "each_epoch" });
      for (let epoch = 0; epoch < 3; epoch++) {
        if (probed) assert.deepEqual(trainer.probe(), trainer.probe());
        trainer.trainEpoch();
        trainer.validate();
      }
      return hashWeights(trainer.weights);
    };
    assert.equal(train(true), train(false));
  }
});

Deno.test("without validation the probe takes the first rows to train on", () => {
  const trainer = openTraining(DATA, { ...OPTIONS, validation: 0 });
  assert.equal(trainer.probe().length, 3);
});

Deno.test("probabilities are the softmax of a plain float64 pass, for every test image", () => {
  const trainer = openTraining(DATA, OPTIONS);
  trainer.trainEpoch();
  const { weights } = trainer;
  const options = { scale: 255, activation: "tanh", weights } as const;
  const bench = openBench(DATA, { kernels: MODULE, bytes: evaluationBytes(DATA, options) });
  const found = predictProbabilities(bench, options);
  assert.equal(found.length, 150 * 10);
  const { predictions } = trainer.test();
  for (let i = 0; i < 150; i++) {
    const { softmax } = plainPass(weights, pixelsOf(DATA.test, i), 0);
    const row = [...found.subarray(10 * i, 10 * i + 10)];
    softmax.forEach((p, c) => assert.ok(Math.abs(row[c] - p) < 1e-6));
    assert.equal(row.indexOf(Math.max(...row)), predictions[i]);
  }
});

Deno.test("a summary of zeros, of one number and of a lone column is right", () => {
  const floats = new Float32Array(64);
  assert.deepEqual(summarizeValues(floats, { pointer: 0, B: 2, N: 3 }), {
    mean: 0,
    std: 0,
    magnitudes: [0, 0, 0, 0, 0],
    histogram: { zeros: 6, first: 0, counts: [] },
  });
  floats.fill(-0.5);
  const { mean, std, magnitudes, histogram } = summarizeValues(floats, { pointer: 0, B: 4, N: 1 });
  assert.deepEqual(histogram, { zeros: 0, first: -1, counts: [4] });
  assert.deepEqual([mean, std], [-0.5, 0]);
  // An eighth of the octave from 0.5 to 1, over which its four numbers are taken as spread evenly.
  assert.deepEqual(magnitudes, [0.05, 0.25, 0.5, 0.75, 0.95].map((quantile) => 0.5 + 0.0625 * quantile));
  // Of two numbers in each of two bins, a quarter of all is in the middle of the first.
  floats.fill(0.5, 0, 32).fill(0.5625, 32, 64);
  const { magnitudes: apart } = summarizeValues(floats, { pointer: 0, B: 4, N: 1 });
  assert.deepEqual([apart[1], apart[2], apart[3]], [0.53125, 0.5625, 0.59375]);
});

Deno.test("a histogram counts magnitudes by powers of two, zeros and what is below all of them apart", () => {
  const floats = Float32Array.of(0, -0, 1, -1.99, 2, 0.5, 1e-40, 7.9, -0.4999, 0, 0, 0, 0, 0, 0, 0);
  const { histogram } = summarizeValues(floats, { pointer: 0, B: 1, N: 9 });
  const { zeros, first, counts } = histogram;
  assert.deepEqual([zeros, first, counts.length], [2, -127, 2 + 127 + 1]);
  const filled = counts.flatMap((count, i) => count > 0 ? [[first + i, count]] : []);
  assert.deepEqual(filled, [[-127, 1], [-2, 1], [-1, 1], [0, 2], [1, 1], [2, 1]]);
  // By logarithms, of many numbers.
  const random = Float32Array.from({ length: 16 }, (_, i) => Math.sin(i + 1) ** 9);
  const found = summarizeValues(random, { pointer: 0, B: 1, N: 16 }).histogram;
  for (const [i, count] of found.counts.entries()) {
    const exponent = found.first + i;
    assert.equal(count, random.filter((x) => Math.floor(Math.log2(Math.abs(x))) === exponent).length);
  }
});

Deno.test("a share of activations is flat where the derivative is less than a twentieth of its largest, at every activation", () => {
  // Derivatives at many z.
  const steps = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 250);
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const curves: Record<ActivationName, { value: (z: number) => number; slope: (z: number) => number }> = {
    tanh: { value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
    sigmoid: { value: sigmoid, slope: (z) => sigmoid(z) * (1 - sigmoid(z)) },
    relu: { value: (z) => Math.max(z, 0), slope: (z) => z > 0 ? 1 : 0 },
    identity: { value: (z) => z, slope: () => 1 },
    leaky_relu: { value: (z) => z > 0 ? z : 0.01 * z, slope: (z) => z > 0 ? 1 : 0.01 },
    elu: { value: (z) => z > 0 ? z : Math.expm1(z), slope: (z) => z > 0 ? 1 : Math.exp(z) },
    // Those that keep their derivatives are asked for these.
    softplus: { value: sigmoid, slope: sigmoid },
    gelu: { value: geluSlope, slope: geluSlope },
  };
  for (const activation of ACTIVATIONS) {
    const { value, slope } = curves[activation];
    const floats = Float64Array.from({ length: 16 * steps.length }, (_, i) => value(steps[i >> 4]));
    const found = saturatedShare(floats, { pointer: 0, B: steps.length, N: 16, activation });
    const slopes = steps.map((z) => Math.abs(slope(z)));
    const largest = activation === "sigmoid" ? 0.25 : Math.max(...slopes);
    assert.equal(found, slopes.filter((each) => each < largest / 20).length / steps.length, activation);
  }
});

/** By central differences. */
function geluSlope(z: number): number {
  const gelu = (z: number) => z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z ** 3)));
  return (gelu(z + 1e-4) - gelu(z - 1e-4)) / 2e-4;
}
