import assert from "node:assert/strict";
import { Arena } from "../../src/nn/arena.ts";
import { evaluateWeights } from "../../src/nn/evaluate.ts";
import type { Rows } from "../../src/nn/rows.ts";
import type { Tensor } from "../../src/nn/tensor.ts";
import { PART_ROWS, Trainer, type TrainerOptions } from "../../src/nn/trainer.ts";
import { trainingData } from "../../src/nn/training_data.ts";
import type { Workspace } from "../../src/nn/workspace.ts";
import { type Images, placeRows, randomImages } from "./place_rows.ts";
import { RandomNumbers } from "./random_numbers.ts";
import { compiledWorkspace, plainWorkspace } from "./workspaces.ts";

const FEATURES = 21; // no multiple of a panel: there is padding
const CLASSES = 5;
const OPTIMIZERS = ["sgd", "momentum", "adagrad"] as const;
const ACTIVATIONS = ["tanh", "sigmoid", "relu", "identity"] as const;
const REDUCTIONS = ["mean", "sum"] as const;
const SHUFFLES = ["once", "each_epoch", "none"] as const;
const STORAGES = ["sparse", "dense"] as const;

const OPTIONS: TrainerOptions = {
  hidden: [19],
  activation: "tanh",
  init: { method: "gaussian", sigma: 0.3, bias: "gaussian" },
  batchSize: 4,
  learningRate: 0.05,
  optimizer: "sgd",
  reduction: "mean",
  shuffle: "once",
  seeds: { init: 1, shuffle: 2 },
  counts: { train: 23, validation: 9 },
};

interface Job {
  options: Partial<TrainerOptions>;
  storage?: Rows["storage"];
}

/** A trainer on random rows, enough for its options, at the beginning of a workspace's memory. */
function setUp(workspace: Workspace, { options, storage = "sparse" }: Job) {
  const complete = { ...OPTIONS, ...options };
  const { train, validation } = complete.counts;
  const arena = new Arena(0, workspace.bytes.length);
  const part = (images: Images) => placeRows(workspace, arena, images, storage);
  const shape = { features: FEATURES, classes: CLASSES };
  const data = trainingData({
    ...shape,
    scale: 255,
    train: part(randomImages({ ...shape, count: train + validation, seed: 12 })),
    test: part(randomImages({ ...shape, count: 11, seed: 13 })),
  });
  const trainer = new Trainer(workspace, arena, data, complete);
  const order = Uint32Array.from(
    { length: train + validation },
    (_, i) => (7 * i + 3) % (train + validation),
  );
  const split = { train: order.subarray(validation), validation: order.subarray(0, validation) };
  return { trainer, data, split, arena, options: complete };
}

/** All that a training gives, epoch by epoch. */
function run(workspace: Workspace, job: Job, epochs = 2) {
  const { trainer, split } = setUp(workspace, job);
  trainer.begin(split);
  const history = Array.from({ length: epochs }, () => ({
    loss: trainer.trainEpoch(),
    validation: trainer.validate(),
  }));
  assert.equal(trainer.epoch, epochs);
  return { history, test: trainer.test(), weights: bitsOf(trainer.weights), state: trainer.state };
}

/** Names and bits of tensors. */
function bitsOf(tensors: readonly Tensor[]): [string, Uint32Array][] {
  return tensors.map(({ name, data }) => [name, new Uint32Array(data.buffer, data.byteOffset, data.length)]);
}

const compiled = compiledWorkspace(4 << 20);
const plain = plainWorkspace(4 << 20);

/** Runs a job with the compiled kernels and with the reference, in memories full of what was there before, and compares all of it. */
function compareRuns(job: Job, epochs = 2): void {
  const [found, expected] = [compiled, plain].map((workspace) => run(workspace, job, epochs));
  assert.ok(found.history.every(({ loss }) => Number.isFinite(loss)), `diverges: ${JSON.stringify(job)}`);
  assert.deepEqual(found, expected, JSON.stringify(job));
}

for (const optimizer of OPTIMIZERS) {
  Deno.test(`two epochs with the kernels give the reference's bits: ${optimizer}, any activation, reduction, shuffle, storage, batch`, () => {
    for (const activation of ACTIVATIONS) {
      for (const reduction of REDUCTIONS) {
        for (const shuffle of SHUFFLES) {
          for (const storage of STORAGES) {
            for (const batchSize of [1, 4, 9, "full"] as const) {
              compareRuns({ options: { optimizer, activation, reduction, shuffle, batchSize }, storage });
            }
          }
        }
      }
    }
  });
}

Deno.test("two epochs with the kernels give the reference's bits for hidden layers of any width", () => {
  const shapes = [[], [1], [16], [17], [32], [33, 7], [48, 16, 31], [100, 5, 64, 2]];
  shapes.forEach((hidden, i) => {
    const options = { hidden, activation: ACTIVATIONS[i % 4], optimizer: OPTIMIZERS[i % 3] };
    for (const storage of STORAGES) compareRuns({ options, storage });
  });
});

Deno.test("two epochs with the kernels give the reference's bits without validation rows, and validate() gives null", () => {
  for (const storage of STORAGES) {
    compareRuns({ options: { counts: { train: 30, validation: 0 } }, storage });
  }
  assert.equal(
    run(compiled, { options: { counts: { train: 30, validation: 0 } } }).history[0].validation,
    null,
  );
});

Deno.test("full batches of more rows than a part holds give the reference's bits", () => {
  for (const rows of [PART_ROWS - 1, PART_ROWS, PART_ROWS + 1, 2 * PART_ROWS + 5]) {
    for (const optimizer of OPTIMIZERS) {
      for (const storage of STORAGES) {
        const options = { optimizer, hidden: [5], batchSize: "full" as const };
        compareRuns({ options: { ...options, counts: { train: rows, validation: 130 } }, storage });
      }
    }
  }
});

Deno.test("a batch in parts is one step: with the mean of 2,053 rows it moves the weights as the sum does with rate / 2,053", () => {
  const counts = { train: 2 * PART_ROWS + 5, validation: 0 };
  const [mean, sum] = REDUCTIONS.map((reduction) => {
    const learningRate = reduction === "mean" ? 0.5 : 0.5 / counts.train;
    const job = { options: { counts, reduction, learningRate, batchSize: "full" as const, hidden: [5] } };
    return run(compiled, job, 1).state.parameters;
  });
  mean.forEach(({ data }, t) => {
    data.forEach((value, i) => assert.ok(Math.abs(value - sum[t].data[i]) <= 1e-6, `tensor ${t}, ${i}`));
  });
});

Deno.test("sparse and dense storage of the same rows give the same bits", () => {
  for (const optimizer of OPTIMIZERS) {
    for (const hidden of [[], [19], [33, 7]]) {
      const [sparse, dense] = STORAGES.map((storage) =>
        run(compiled, { options: { optimizer, hidden }, storage })
      );
      assert.deepEqual(sparse, dense);
    }
  }
});

Deno.test("a training restored from its state after two epochs ends with the bits of one that ran through", () => {
  for (const optimizer of OPTIMIZERS) {
    for (const shuffle of SHUFFLES) {
      for (const batchSize of [4, "full"] as const) {
        const job = { options: { optimizer, shuffle, batchSize } };
        const whole = run(compiled, job, 4);

        const first = setUp(compiled, job);
        first.trainer.begin(first.split);
        first.trainer.trainEpoch();
        first.trainer.trainEpoch();
        const state = first.trainer.state;
        const kept = structuredClone(state);
        first.trainer.trainEpoch();
        assert.deepEqual(state, kept, "a state is not changed by what comes after it");

        const second = setUp(compiledWorkspace(1 << 20), job);
        second.trainer.begin(second.split, kept);
        assert.equal(second.trainer.epoch, 2);
        assert.deepEqual(second.trainer.state, kept);
        assert.deepEqual(
          [second.trainer.trainEpoch(), second.trainer.trainEpoch()],
          whole.history.slice(2).map(({ loss }) => loss),
        );
        assert.deepEqual(second.trainer.state, whole.state);
        assert.deepEqual(second.trainer.test(), whole.test);
      }
    }
  }
});

Deno.test("a training gives the same bits in a memory that others have used as in a fresh one", () => {
  for (const storage of STORAGES) {
    for (const optimizer of OPTIMIZERS) {
      const job: Job = { options: { optimizer, hidden: [19, 6], activation: "sigmoid" }, storage };
      const fresh = run(compiledWorkspace(1 << 20), job);
      const used = compiledWorkspace(1 << 20);
      used.bytes.fill(0x7f); // NaN wherever it is read as a float
      assert.deepEqual(run(used, job), fresh);
      run(used, { options: { hidden: [40, 33], batchSize: "full" }, storage: "dense" });
      assert.deepEqual(run(used, job), fresh);
    }
  }
});

Deno.test("begin() starts a trainer anew: twice in a row it gives the same bits", () => {
  const { trainer, split } = setUp(compiled, { options: { optimizer: "momentum", shuffle: "each_epoch" } });
  const [first, second] = [1, 2].map(() => {
    trainer.begin(split);
    return { loss: trainer.trainEpoch(), state: trainer.state };
  });
  assert.deepEqual(first, second);
});

Deno.test("evaluating changes nothing", () => {
  const [evaluated, silent] = [true, false].map((evaluates) => {
    const { trainer, split } = setUp(compiled, { options: {}, storage: "dense" });
    trainer.begin(split);
    for (let epoch = 0; epoch < 2; epoch++) {
      trainer.trainEpoch();
      if (evaluates) trainer.validate();
      if (evaluates) trainer.test();
    }
    return trainer.state;
  });
  assert.deepEqual(evaluated, silent);
});

Deno.test("validate() and test() count the rows whose label is predicted and average their losses", () => {
  const { trainer, split, data } = setUp(compiled, {
    options: { counts: { train: 20, validation: 300 }, shuffle: "each_epoch" },
  });
  trainer.begin(split);
  trainer.trainEpoch();
  const validation = trainer.validate();
  assert.ok(validation);
  const { predictions, accuracy } = validation;
  assert.equal(predictions.length, 300);
  const hits = predictions.filter((label, i) => label === data.train.labels[split.validation[i]]).length;
  assert.equal(accuracy, hits / 300);
  const tested = trainer.test();
  const testHits = tested.predictions.filter((label, i) => label === data.test.labels[i]).length;
  assert.equal(tested.accuracy, testHits / data.test.count);
});

Deno.test("evaluateWeights() gives what test() gives, and has room where the trainer had", () => {
  for (const storage of STORAGES) {
    for (const hidden of [[], [19], [33, 7]]) {
      const job = { options: { hidden, activation: "relu" as const }, storage };
      const { trainer, split, data } = setUp(compiled, job);
      trainer.begin(split);
      trainer.trainEpoch();
      const tested = trainer.test();
      const { weights } = trainer;

      const start = setUp(compiled, job).arena.next - Trainer.bytes(data, { ...OPTIONS, ...job.options });
      compiled.floats.fill(NaN, start >> 2);
      const arena = new Arena(start, start + Trainer.bytes(data, { ...OPTIONS, ...job.options }));
      assert.deepEqual(evaluateWeights(compiled, arena, { data, activation: "relu", weights }), tested);
    }
  }
});

Deno.test("a learning rate that is far too large makes trainEpoch() return a loss that is not finite, and throws nothing", () => {
  for (const optimizer of OPTIMIZERS) {
    for (const activation of ACTIVATIONS) {
      for (const storage of STORAGES) {
        const job: Job = { options: { optimizer, activation, learningRate: 1e30 }, storage };
        const { trainer, split } = setUp(compiled, job);
        trainer.begin(split);
        const losses = Array.from({ length: 3 }, () => trainer.trainEpoch());
        const { loss } = trainer.test();
        const diverged = losses.some((loss) => !Number.isFinite(loss) || loss > 1e20) ||
          !Number.isFinite(loss);
        assert.ok(diverged, `${JSON.stringify(job)}: ${losses}, ${loss}`);
      }
    }
  }
});

Deno.test("Trainer.bytes() is exactly what a trainer takes: 64 bytes fewer are too few", () => {
  const random = new RandomNumbers(14);
  for (let i = 0; i < 60; i++) {
    const options: Partial<TrainerOptions> = {
      hidden: Array.from({ length: random.below(4) }, () => 1 + random.below(60)),
      optimizer: OPTIMIZERS[random.below(3)],
      batchSize: random.below(3) === 0 ? "full" : 1 + random.below(1500),
      counts: { train: 1 + random.below(1300), validation: random.below(200) },
    };
    const { data, options: complete } = setUp(compiled, { options, storage: STORAGES[i % 2] });
    const bytes = Trainer.bytes(data, complete);
    assert.equal(bytes % 64, 0);
    const arena = new Arena(6400, 6400 + bytes);
    new Trainer(compiled, arena, data, complete);
    assert.equal(arena.next, 6400 + bytes);
    assert.throws(
      () => new Trainer(compiled, new Arena(6400, 6400 + bytes - 64), data, complete),
      (error: Error) =>
        error instanceof RangeError && /^Cannot allocate \d+ bytes: the arena/.test(error.message),
    );
  }
});
