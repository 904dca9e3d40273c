import assert from "node:assert/strict";
import type { RealRows } from "../../src/data/dataset.ts";
import { Arena } from "../../src/nn/memory.ts";
import { evaluateWeights } from "../../src/nn/evaluate.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { openTraining } from "../../src/nn/open_training.ts";
import { Trainer, type TrainerOptions } from "../../src/nn/trainer.ts";
import { RandomNumbers } from "./random_numbers.ts";
import { ACTIVATIONS } from "../../src/nn/activation.ts";
import { DESCENTS, type Job, OPTIMIZER_NAMES, run, setUp, SHUFFLES, STORAGES } from "./trainer_setup.ts";
import { compiledWorkspace } from "./workspaces.ts";

const compiled = compiledWorkspace(4 << 20);
const kernels = await loadKernels();

Deno.test("a training restored from its state after two epochs ends with the bits of one that ran through", () => {
  for (const descent of DESCENTS) {
    for (const shuffle of SHUFFLES) {
      for (const batch_size of [4, "full"] as const) {
        const job = { options: { ...descent, shuffle, batch_size } };
        const whole = run(compiled, job, 4);

        const first = setUp(compiled, job);
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
    for (const optimizer of OPTIMIZER_NAMES) {
      const job: Job = { options: { optimizer, hidden: [19, 6], activation: "sigmoid" }, storage };
      const fresh = run(compiledWorkspace(1 << 20), job);
      const used = compiledWorkspace(1 << 20);
      used.bytes.fill(0x7f); // NaN wherever it is read as a float
      assert.deepEqual(run(used, job), fresh);
      run(used, { options: { hidden: [40, 33], batch_size: "full" }, storage: "dense" });
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

Deno.test("restore() forgets the best weights, their evaluation and the rate of the training before", () => {
  const { trainer } = setUp(compiled, {
    options: {
      early_stopping: { patience: 9, min_delta: 0, restore_best: true },
      schedule: { method: "exponential", factor: 0.5 },
      epochs: 3,
    },
  });
  const seen = () => ({ kept: trainer.kept, validation: trainer.validate(), rate: trainer.rate });
  const first = seen();
  assert.deepEqual([first.kept.epoch, first.rate], [0, 0.05]);
  for (let epoch = 0; epoch < 3; epoch++) trainer.trainEpoch();
  const last = seen();
  assert.ok(
    last.kept.epoch > 0 && last.rate < first.rate && last.validation?.loss !== first.validation?.loss,
  );
  trainer.restore();
  assert.deepEqual(seen(), first);
});

Deno.test("a gradient is shortened to clip_norm over its norm and 1e-6, as PyTorch does it: where both are small that shows", () => {
  // One row, x = 1 of class 0, with logits 12 and 0: the loss's derivative by W and b is (-q, q) each, and 2q long.
  const row: RealRows = {
    storage: "real",
    count: 1,
    labels: Uint8Array.of(0),
    numbers: Float32Array.of(1),
  };
  const q = 1 / (1 + Math.exp(12));
  for (const [clip_norm, factor] of [[1e-5, 1e-5 / (2 * q + 1e-6)], [2e-5, 1]]) {
    const trainer = openTraining({ features: 1, classes: 2, rows: 1, columns: 1, train: row, test: row }, {
      kernels,
      hidden: [],
      learning_rate: 1,
      shuffle: "none",
      clip_norm,
      rows: { train: Uint32Array.of(0), validation: new Uint32Array() },
      from: {
        epoch: 0,
        parameters: [
          { name: "W1", shape: [1, 2], data: new Float32Array(2) },
          { name: "B1", shape: [2], data: Float32Array.of(12, 0) },
        ],
        optimizer: [],
        shuffle: null,
      },
    });
    trainer.trainEpoch();
    const [{ data: W }, { data: b }] = trainer.weights;
    // Class 0's probability is a float32 beside 1, and so q to half a percent; without the 1e-6 it were 8 % more.
    for (const moved of [W[0], -W[1], -b[1]]) {
      assert.ok(Math.abs(moved / (factor * q) - 1) < 0.01, `${clip_norm}: ${moved}, not ${factor * q}`);
    }
  }
});

Deno.test("evaluating changes nothing", () => {
  const [evaluated, silent] = [true, false].map((evaluates) => {
    const { trainer } = setUp(compiled, { options: {}, storage: "dense" });
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
  const { trainer, split, dataset: data } = setUp(compiled, {
    options: { counts: { train: 20, validation: 300 }, shuffle: "each_epoch" },
  });
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
      for (const input_noise of [0, 0.1]) {
        const job = { options: { hidden, activation: "relu" as const, input_noise }, storage };
        const { trainer, bench } = setUp(compiled, job);
        trainer.trainEpoch();
        const tested = trainer.test();
        const { weights } = trainer;
        compiled.floats.fill(NaN, bench.room.start >> 2, bench.room.end >> 2);
        assert.deepEqual(evaluateWeights(bench, { activation: "relu", scale: 255, weights }), tested);
      }
    }
  }
});

Deno.test("a learning rate that is far too large makes trainEpoch() return a loss that is not finite, and throws nothing", () => {
  for (const optimizer of OPTIMIZER_NAMES) {
    for (const activation of ACTIVATIONS) {
      for (const storage of STORAGES) {
        const job: Job = { options: { optimizer, activation, learning_rate: 3e38 }, storage };
        const { trainer } = setUp(compiled, job);
        const losses = Array.from({ length: 5 }, () => trainer.trainEpoch());
        assert.ok(losses.some((loss) => !Number.isFinite(loss)), `${JSON.stringify(job)}: ${losses}`);
        assert.ok(trainer.epoch < 5, "an epoch that diverged does not count");
      }
    }
  }
});

Deno.test("Trainer.bytes() is exactly what a trainer takes: 64 bytes fewer are too few", () => {
  const random = new RandomNumbers(14);
  for (let i = 0; i < 60; i++) {
    const options: Partial<TrainerOptions> = {
      hidden: Array.from({ length: random.below(4) }, () => 1 + random.below(60)),
      ...DESCENTS[random.below(DESCENTS.length)],
      activation: ACTIVATIONS[random.below(ACTIVATIONS.length)],
      batch_size: random.below(3) === 0 ? "full" : 1 + random.below(1500),
      counts: { train: 1 + random.below(1300), validation: random.below(200) },
    };
    const { dataset: data, options: complete } = setUp(compiled, { options, storage: STORAGES[i % 2] });
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

Deno.test("begin() refuses a split of other sizes and a state without what the optimizer keeps", () => {
  const { trainer, split } = setUp(compiled, { options: { optimizer: "momentum" } });
  assert.throws(() => trainer.begin({ ...split, train: new Uint32Array(24) }), {
    name: "TypeError",
    message: "Cannot begin: the split must have 23 and 9 rows, found 24 and 9",
  });
  trainer.begin(split);
  assert.throws(() => trainer.begin(split, { ...trainer.state, optimizer: [] }), {
    name: "TypeError",
    message: "Cannot begin: the state must have what the optimizer keeps, and no more, found none",
  });
});

Deno.test("a training whose weights overflow in its last step is not finite, though every loss was", () => {
  const { trainer } = setUp(compiled, {
    options: { batch_size: "full", learning_rate: 1e30, counts: { train: 32, validation: 0 } },
  });
  assert.equal(trainer.finite, true);
  assert.ok(Number.isFinite(trainer.trainEpoch()) && Number.isFinite(trainer.trainEpoch()));
  assert.equal(trainer.finite, false);
});

Deno.test("an arena begins at a multiple of 64", () => {
  assert.throws(() => new Arena(96), {
    name: "RangeError",
    message: "Cannot make an arena: start must be a multiple of 64, found 96",
  });
});
