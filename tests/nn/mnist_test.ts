import assert from "node:assert/strict";
import type { Dataset } from "../../src/data/dataset.ts";
import { splitTrainValidation } from "../../src/data/split.ts";
import type { Tensor } from "../../src/nn/weights.ts";
import type { TrainerOptions } from "../../src/nn/trainer.ts";
import { RandomState } from "../../src/random/random_state.ts";
import course from "../fixtures/nn_course.json" with { type: "json" };
import fast from "../fixtures/nn_fast.json" with { type: "json" };
import { BatchGradients } from "./batch_gradients.ts";
import { MNIST_MISSING, readMnist } from "./mnist.ts";
import { openTrainer } from "./open_trainer.ts";
import { KERNELS } from "./workspaces.ts";

// The fixtures were made by an independent NumPy program in float64 on the real MNIST.

type Reference = typeof course;
const REFERENCES: Record<string, Reference> = { "course.json": course, "fast.json": fast };
const BATCHES = 20;
const MODULE = new WebAssembly.Module(KERNELS);

let mnist: Dataset | null = null;

function optionsOf({ config }: Reference): Omit<TrainerOptions, "counts"> {
  return {
    hidden: config.hidden.split(",").map(Number),
    activation: config.activation as "tanh",
    init: { method: config.init as "gaussian", sigma: Number(config.sigma), bias: config.bias as "gaussian" },
    batch_size: Number(config.batch),
    learning_rate: Number(config.lr),
    optimizer: "sgd",
    reduction: config.loss as "mean",
    shuffle: config.shuffle as "once" | "each_epoch",
    scale: 255,
    seeds: { init: Number(config.init_seed), shuffle: Number(config.shuffle_seed) },
  };
}

function assertClose(found: number, expected: number, what: string, tolerance = 1e-5): void {
  const error = Math.abs(found - expected) / Math.abs(expected);
  assert.ok(error <= tolerance, `${what} is ${found}, NumPy's ${expected}`);
}

function assertCorrect(accuracy: number, expected: number, rows: number, what: string): void {
  const difference = Math.round((accuracy - expected) * rows);
  assert.ok(Math.abs(difference) <= 2, `${what}: ${difference} images more are right than in NumPy`);
}

function norm({ data }: Tensor): number {
  return Math.sqrt(data.reduce((sum, g) => sum + g * g, 0));
}

function assertInit(weights: Tensor[], { init }: Reference): void {
  init.forEach((expected, l) => {
    const [{ name, shape, data }, bias] = [weights[2 * l], weights[2 * l + 1]];
    assert.deepEqual(shape, expected.shape);
    assert.deepEqual([...data.subarray(0, 5)], expected.first5.map(Math.fround));
    assert.deepEqual([...data.subarray(-5)], expected.last5.map(Math.fround));
    assert.deepEqual([...bias.data.subarray(0, 5)], expected.bias_first5.map(Math.fround));
    // The file sums doubles; each of our numbers is off by half an ulp of float32 at most.
    const sum = data.reduce((sum, w) => sum + w, 0);
    const rounding = data.reduce((sum, w) => sum + Math.abs(w), 0) * 2 ** -24;
    assert.ok(Math.abs(sum - expected.sum) <= rounding, `the sum of ${name} is ${sum}`);
    assertClose(norm(weights[2 * l]) ** 2, expected.sumsq, `the sum of ${name}'s squares`, 1e-7);
  });
}

function assertFirstGradient(gradient: Tensor[], { first_batch }: Reference): void {
  first_batch.gradients.forEach((expected, l) => {
    const [weights, bias] = [gradient[2 * l], gradient[2 * l + 1]];
    assertClose(norm(weights), expected.norm, `the norm of ${weights.name}'s gradient`);
    assertClose(norm(bias), expected.bias_norm, `the norm of ${bias.name}'s gradient`);
    const largest = weights.data.toSorted((a, b) => Math.abs(b) - Math.abs(a)).subarray(0, 5);
    largest.forEach((g, i) =>
      assertClose(g, expected.first5[i], `${weights.name}'s gradient, the ${i}th largest,`)
    );
  });
}

for (const [name, reference] of Object.entries(REFERENCES)) {
  const what = `training on MNIST agrees with ${name}: split, shuffle, first weights, gradients, ` +
    `${BATCHES} batches, ${reference.epochs.length} epochs, misclassified images`;
  Deno.test({
    name: MNIST_MISSING === null ? what : `SKIPPED, since ${MNIST_MISSING}: ${what}`,
    ignore: MNIST_MISSING !== null,
    fn() {
      mnist ??= readMnist();
      const { config, epochs } = reference;
      const split = splitTrainValidation({ count: 60000, validation: 0.2, seed: Number(config.split_seed) });
      assert.deepEqual([...split.validation.subarray(0, 10)], reference.split.validation_first10);
      assert.deepEqual([...split.train.subarray(0, 10)], reference.split.train_first10);
      const permutation = new RandomState(Number(config.shuffle_seed)).permutation(split.train.length);
      assert.deepEqual([...permutation.subarray(0, 10)], reference.shuffle_first10);

      const counts = { train: split.train.length, validation: split.validation.length };
      const options = optionsOf(reference);
      const { trainer, bench, arena } = openTrainer(MODULE, mnist, {
        ...options,
        rows: split,
        room: 8 << 20,
      });
      const { workspace, dataset: data } = bench;
      const { weights } = trainer;
      assertInit(weights, reference);
      const initial = trainer.validate();
      assert.ok(initial);
      assertClose(initial.loss, reference.initial.val_loss, "the first validation loss");
      assertCorrect(
        initial.accuracy,
        reference.initial.val_accuracy,
        counts.validation,
        "validation at first",
      );

      const { hidden, activation, learning_rate } = options;
      const rows = Number(config.batch);
      const network = { data, hidden, activation, weights, capacity: rows };
      const batches = new BatchGradients(workspace, arena, network);
      const batch = (i: number) => permutation.slice(i * rows, (i + 1) * rows).map((i) => split.train[i]);
      const first = batches.gradient(batch(0), "mean");
      assertClose(first.loss, reference.first_batch.loss, "the first batch's loss");
      assertFirstGradient(first.gradient, reference);
      assert.equal(reference.batches.length, BATCHES);
      reference.batches.forEach((loss, i) =>
        assertClose(batches.step(batch(i), learning_rate), loss, `batch ${i}'s loss`)
      );

      for (const row of epochs) {
        assertClose(trainer.trainEpoch(), row.train_loss, `the training loss of epoch ${row.epoch}`);
        const validation = trainer.validate();
        assert.ok(validation);
        assertClose(validation.loss, row.val_loss, `the validation loss of epoch ${row.epoch}`);
        assertCorrect(
          validation.accuracy,
          row.val_accuracy,
          counts.validation,
          `validation in epoch ${row.epoch}`,
        );
        const test = trainer.test();
        assertClose(test.loss, row.test_loss, `the test loss of epoch ${row.epoch}`);
        assertCorrect(test.accuracy, row.test_accuracy, 10000, `test in epoch ${row.epoch}`);
        if (row !== epochs[epochs.length - 1]) continue;
        const wrong = [...test.predictions.keys()].filter((i) => test.predictions[i] !== data.test.labels[i]);
        assert.ok(Math.abs(wrong.length - reference.misclassified_test) <= 2);
        assert.deepEqual(wrong.slice(0, 10), reference.misclassified_test_first10);
      }
    },
  });
}
