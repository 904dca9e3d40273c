import assert from "node:assert/strict";
import { parseDataset } from "../../src/data/dataset.ts";
import { generateStrokes } from "../../src/data/strokes.ts";
import { openBench } from "../../src/nn/bench.ts";
import { evaluateWeights, evaluationBytes, predictAt } from "../../src/nn/evaluate.ts";
import { initialize, type InitOptions } from "../../src/nn/initialize.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { openTraining } from "../../src/nn/open_training.ts";
import { readImage } from "../../src/nn/read_image.ts";
import { RandomState } from "../../src/random/random_state.ts";

const dataset = parseDataset(generateStrokes({ train: 60, test: 10 }));
const kernels = await loadKernels();
const NONE = new Uint32Array();

/** Says of nothing what it is, as whoever writes JavaScript does. */
type Wrong = Readonly<Record<string, unknown>>;

function open(options: Wrong) {
  return openTraining(dataset, { kernels, hidden: [5], ...options } as Parameters<typeof openTraining>[1]);
}

Deno.test("openTraining() refuses every option that no training can be done with, and says what it must be", () => {
  const refused: [Wrong, RegExp][] = [
    [{ batch_size: 0 }, /batch_size must be a whole number of 1 or more, found 0$/],
    [{ batch_size: -1 }, /batch_size/],
    [{ batch_size: 2.5 }, /batch_size must be a whole number of 1 or more, found 2\.5$/],
    [{ batch_size: "all" }, /batch_size/],
    [{ hidden: [2.5] }, /hidden/],
    [{ hidden: [5, 0] }, /hidden must be a whole number from 1 to 1073741824, found 0$/],
    [{ hidden: [2 ** 31] }, /hidden/],
    [{ hidden: 5 }, /hidden must be a list, found 5$/],
    [{ hidden: undefined }, /hidden must be a list, found undefined$/],
    [{ hidden: [40_000, 40_000] }, /^Cannot lay out memory: .* at most 4 GiB together, found \d+\.\d GiB$/],
    [{ activation: "foo" }, /activation must be tanh or sigmoid or .*, found foo$/],
    [{ activation: ["tanh", "foo"] }, /activation/],
    [{ init: { method: "zeros", bias: "zero" } }, /init\.method/],
    [
      { init: { method: "gaussian", sigma: -1, bias: "zero" } },
      /init\.sigma must be a number above 0, found -1$/,
    ],
    [{ init: { method: "he", bias: "one" } }, /init\.bias/],
    [{ learning_rate: NaN }, /learning_rate must be a number above 0, found NaN$/],
    [{ learning_rate: -1 }, /learning_rate/],
    [{ scale: 0 }, /scale/],
    [{ dropout: 1.5 }, /dropout must be a number from 0 to 0\.99, found 1\.5$/],
    [{ dropout: [0.5, 1] }, /dropout/],
    [{ input_noise: -1 }, /input_noise/],
    [{ clip_norm: -1 }, /clip_norm must be a number above 0, found -1$/],
    [{ weight_decay: 2 }, /weight_decay/],
    [{ reduction: "avg" }, /reduction must be mean or sum, found avg$/],
    [{ shuffle: "twice" }, /shuffle/],
    [{ standardise: "yes" }, /standardise/],
    [{ optimizer: "foo" }, /optimizer must be sgd or momentum or .*, found foo$/],
    [{ optimizer: { name: "adam", beta1: 1 } }, /beta1 must be a number from 0 to below 1, found 1$/],
    [
      { optimizer: { name: "adam", beta3: 0 } },
      /optimizer must be set by beta1, beta2, epsilon, found beta3$/,
    ],
    [
      { optimizer: { name: "momentum", nesterov: true, dampening: 0.5 } },
      /dampening must be 0 with nesterov/,
    ],
    [{ schedule: { method: "linear" } }, /schedule\.method/],
    [
      { schedule: { method: "step", factor: 0.5 } },
      /schedule\.every must be a whole number of 1 or more, found undefined$/,
    ],
    [{ schedule: { method: "constant", warmup: 0.5 } }, /schedule\.warmup/],
    [{ early_stopping: { patience: 0, min_delta: 0, restore_best: false } }, /early_stopping\.patience/],
    [{ early_stopping: 5 }, /early_stopping/],
    [{ validation: 1 }, /validation must be a number from 0 to below 1, found 1$/],
    [{ limit: 3.5 }, /limit/],
    [
      { rows: { train: Uint32Array.of(0, 60), validation: NONE } },
      /rows\.train must be rows from 0 to 59, found 60$/,
    ],
    [{ rows: { train: Uint32Array.of(0), validation: Uint32Array.of(999_999) } }, /rows\.validation/],
    [{ rows: { train: NONE, validation: NONE } }, /rows\.train must be one row or more, found none$/],
    [{ seed: -1 }, /seed/],
  ];
  for (const [options, message] of refused) {
    assert.throws(() => open(options), { name: "RangeError", message }, JSON.stringify(options));
  }
  assert.throws(() => open({ init: { method: "gaussian", bias: "zero" } }), {
    name: "TypeError",
    message: /sigma/,
  });
});

Deno.test("openTraining() takes what lies at the ends of the ranges, and settings of optimizers that are left out", () => {
  const taken: Wrong[] = [
    { batch_size: 5_000 },
    { batch_size: "full" },
    { hidden: [] },
    { hidden: [1], dropout: 0.99 },
    { optimizer: { name: "momentum", nesterov: true } },
    { schedule: { method: "constant" }, early_stopping: "none" },
    { limit: 2, validation: 0.5 },
    { rows: { train: Uint32Array.of(59), validation: NONE }, clip_norm: undefined },
  ];
  for (const options of taken) {
    assert.ok(Number.isFinite(open(options).trainEpoch()), JSON.stringify(options));
  }
});

Deno.test("a part of an epoch is a whole number of batches", () => {
  const training = open({});
  for (const count of [0, -1, 1.5, NaN]) assert.throws(() => training.trainBatches(count), RangeError);
  assert.equal(training.batch, 0);
});

Deno.test("networks are run on rows that are there, by weights that give the data set's classes", () => {
  const { weights } = open({});
  const options = { weights, activation: "tanh", scale: 255 } as const;
  const bench = openBench(dataset, {
    kernels,
    bytes: evaluationBytes(dataset, { ...options, part: "train" }),
  });
  assert.equal(evaluateWeights(bench, { ...options, rows: Uint32Array.of(9) }).predictions.length, 1);
  const random = new RandomState(0);
  const few = initialize([784, 5, 2], random, { method: "he", bias: "zero" });
  const refused: [Wrong, RegExp][] = [
    [{ rows: Uint32Array.of(10) }, /rows must be rows from 0 to 9, found 10$/],
    [{ part: "train", rows: Uint32Array.of(60) }, /rows/],
    [{ part: "all" }, /part/],
    [{ scale: 0 }, /scale/],
    [{ activation: "foo" }, /activation/],
    [{ weights: few }, /weights must be of 10 classes, found those of 2$/],
    [{ weights: [] }, /weights/],
    [{ standardisation: { centre: new Float64Array(3), divisor: new Float64Array(3) } }, /standardisation/],
  ];
  for (const [wrong, message] of refused) {
    assert.throws(() => evaluateWeights(bench, { ...options, ...wrong }), { name: "RangeError", message });
  }
  const plane = {
    weights: initialize([2, 5, 3], random, { method: "he", bias: "zero" }),
    activation: "tanh",
  } as const;
  assert.equal(predictAt(bench, { ...plane, features: 2 }, new Float32Array(8)).length, 4 * 3);
  assert.throws(() => predictAt(bench, { ...plane, features: 2 }, new Float32Array(5)), RangeError);
  assert.throws(() => predictAt(bench, { ...plane, features: 0 }, new Float32Array(5)), RangeError);
  assert.throws(() => readImage(options, new Uint8Array(783)), {
    name: "RangeError",
    message: /784 pixels, found 783$/,
  });
});

Deno.test("a bench takes no data set whose arrays are not as its counts say, and no part of a byte", () => {
  const { train } = dataset;
  assert.ok(train.storage === "sparse");
  const parts: Wrong[] = [
    { labels: train.labels.map((label) => label + 1) },
    { labels: train.labels.subarray(1) },
    { count: 61 },
    { columns: train.columns.map((column) => column + 700) },
    { rowStarts: train.rowStarts.toReversed() },
  ];
  for (const part of parts) {
    const wrong = { ...dataset, train: { ...train, ...part } as typeof train };
    assert.throws(() => openBench(wrong, { kernels, bytes: 64 }), { name: "RangeError", message: /train\./ });
  }
  for (const bytes of [-1, 0.5, NaN]) assert.throws(() => openBench(dataset, { kernels, bytes }), RangeError);
});

Deno.test("initialize() refuses sizes and ways that there are not", () => {
  const draw = (sizes: number[], init: Wrong) =>
    initialize(sizes, new RandomState(0), { method: "he", bias: "zero", ...init } as InitOptions);
  assert.equal(draw([4, 3], {}).length, 2);
  for (const sizes of [[4], [4, 2.5], [4, 0, 2]]) assert.throws(() => draw(sizes, {}), RangeError);
  for (const init of [{ method: "foo" }, { method: "gaussian", sigma: NaN }, { bias: Infinity }]) {
    assert.throws(() => draw([4, 3], init), RangeError);
  }
  assert.throws(() => draw([4, 3], { method: "gaussian" }), {
    name: "TypeError",
    message: /sigma must be given/,
  });
});
