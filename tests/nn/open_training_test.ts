import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parseExperiment } from "../../src/config/parse.ts";
import { parseDataset } from "../../src/data/dataset.ts";
import { splitTrainValidation } from "../../src/data/split.ts";
import { generateStrokes } from "../../src/data/strokes.ts";
import { openBench } from "../../src/nn/bench.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import {
  openTraining,
  startTraining,
  trainingBytes,
  type TrainingOptions,
} from "../../src/nn/open_training.ts";
import type { Optimizer } from "../../src/nn/optimizers/optimizer.ts";
import { type OptimizerName, OPTIMIZERS } from "../../src/nn/optimizers/optimizers.ts";
import { referenceWorkspace } from "../../src/nn/reference/reference_workspace.ts";
import type { Trainer } from "../../src/nn/trainer.ts";
import { hashWeights } from "../../src/nn/weights.ts";
import { readWeights, writeWeights } from "../../src/numpy/weights_npz.ts";
import { deriveSeeds } from "../../src/random/seeds.ts";

const dataset = parseDataset(generateStrokes({ train: 100, test: 20 }));
const kernels = await loadKernels();

function hashAfter(training: Trainer, epochs: number): string {
  while (training.epoch < epochs) assert.ok(Number.isFinite(training.trainEpoch()), "diverged");
  return hashWeights(training.weights);
}

Deno.test("what is left out of a training's options is as in a config, for any seed", () => {
  for (const seed of [0, 3]) {
    const { preprocess, model, train } = parseExperiment("{ name: x, dataset: strokes }", { file: "x" });
    const bare = openTraining(dataset, { kernels, seed });
    const written = openTraining(dataset, {
      kernels,
      ...preprocess,
      ...model,
      ...train,
      seeds: deriveSeeds(seed),
    });
    assert.equal(hashAfter(bare, 1), hashAfter(written, 1));
    assert.deepEqual(bare.validate(), written.validate());
  }
});

Deno.test("limit, validation and the split's seed choose the rows that splitTrainValidation() does", () => {
  const split = splitTrainValidation({ count: 60, validation: 0.25, seed: 9 });
  const options = { kernels, hidden: [7], seeds: { init: 1, shuffle: 2 } };
  const chosen = openTraining(dataset, {
    ...options,
    limit: 60,
    validation: 0.25,
    seeds: { split: 9, init: 1, shuffle: 2 },
  });
  const given = openTraining(dataset, { ...options, rows: split });
  assert.equal(hashAfter(chosen, 2), hashAfter(given, 2));
  assert.deepEqual(chosen.validate(), given.validate());
});

Deno.test("a training with the reference's plain kernels ends with the weights of the compiled ones", () => {
  const reference = (buffer: ArrayBufferLike) => referenceWorkspace({ buffer });
  const options: TrainingOptions = { hidden: [9], limit: 40, optimizer: "adagrad", shuffle: "each_epoch" };
  const [plain, compiled] = [reference, kernels].map((kernels) =>
    openTraining(dataset, { ...options, kernels })
  );
  assert.equal(hashAfter(plain, 2), hashAfter(compiled, 2));
});

Deno.test("trainingBytes() is room for each of the trainings, whatever they differ in, and no more than the largest takes", () => {
  const trainings: TrainingOptions[] = [
    { hidden: [20] },
    { hidden: [20], learning_rate: 1 },
    { hidden: [20], optimizer: "momentum" },
    { hidden: [20], batch_size: "full", validation: 0 },
    { hidden: [64, 64], activation: "relu", limit: 10 },
  ];
  const bytes = trainingBytes(dataset, trainings);
  assert.equal(bytes, Math.max(...trainings.map((training) => trainingBytes(dataset, [training]))));
  const bench = openBench(dataset, { kernels, bytes });
  for (const training of trainings) {
    assert.equal(
      hashAfter(startTraining(bench, training), 1),
      hashAfter(openTraining(dataset, { ...training, kernels }), 1),
    );
  }
});

Deno.test("trainingBytes() sees what makes a training larger than an earlier one of the same hidden layers", () => {
  const many = parseDataset(generateStrokes({ train: 1100, test: 20 }));
  const bytes = (...changes: TrainingOptions[]) =>
    trainingBytes(many, changes.map((change) => ({ hidden: [20], validation: 0, ...change })));
  const pairs: [smaller: TrainingOptions, larger: TrainingOptions][] = [
    [{ batch_size: 20 }, { batch_size: "full" }],
    [{ optimizer: "sgd" }, { optimizer: "momentum" }],
    [{}, { dropout: 0.5 }],
    // Noise leaves no sparse rows to keep the columns of.
    [{ input_noise: 0.1 }, { input_noise: 0 }],
  ];
  for (const [smaller, larger] of pairs) {
    assert.ok(bytes(smaller) < bytes(larger), JSON.stringify(larger));
    assert.equal(bytes(smaller, larger), bytes(larger), JSON.stringify(larger));
  }
});

Deno.test("a data set that leaves no room in 4 GiB is refused before any memory is made", () => {
  assert.throws(() => openBench(dataset, { kernels, bytes: 2 ** 32 }), {
    name: "RangeError",
    message:
      /^Cannot lay out memory: a data set and the room for its networks must take at most 4 GiB together, found 4\.1 GiB$/,
  });
});

Deno.test("hashWeights() gives the same with node:crypto's SHA-256 as with its own", () => {
  const { weights } = openTraining(dataset, { kernels, hidden: [33] });
  assert.equal(hashWeights(weights, createHash("sha256")), hashWeights(weights));
});

Deno.test("an optimizer of several blocks that counts its steps goes on from a state in files as if it had not stopped", () => {
  const steps: number[] = [];
  const both: Optimizer = {
    description: { en: "both", ja: "両方" },
    settings: {},
    state: () => ["m", "v"],
    step(kernels, { parameters, gradient, state: [m, v], floats, rate, t }) {
      steps.push(t);
      kernels.momentumStep(parameters, m, gradient, floats, rate / t, 0.5, 1);
      kernels.adagradStep(parameters, v, gradient, floats, rate / t, 1e-7, 0);
    },
  };
  const registry: Record<string, Optimizer> = OPTIMIZERS;
  registry.both = both;
  try {
    const options = { kernels, hidden: [9], batch_size: 30, optimizer: "both" as OptimizerName };
    const whole = hashAfter(openTraining(dataset, options), 4);
    assert.deepEqual(steps, Array.from({ length: 12 }, (_, i) => i + 1));
    const first = openTraining(dataset, options);
    hashAfter(first, 2);
    const { optimizer, ...state } = first.state;
    assert.deepEqual(optimizer.map(({ name }) => name), [
      "m_W1",
      "m_B1",
      "m_W2",
      "m_B2",
      "v_W1",
      "v_B1",
      "v_W2",
      "v_B2",
    ]);
    const from = { ...state, optimizer: readWeights(writeWeights(optimizer)) };
    assert.equal(hashAfter(openTraining(dataset, { ...options, from }), 4), whole);
    assert.throws(
      () => openTraining(dataset, { ...options, from: { ...from, optimizer: optimizer.slice(0, 4) } }),
      {
        name: "TypeError",
        message:
          /^Cannot begin: the state must have what the optimizer keeps, and no more, found m_W1, m_B1, m_W2, m_B2$/,
      },
    );
  } finally {
    delete registry.both;
  }
});
