import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { buildDataset } from "../../src/data/dataset.ts";
import { splitTrainValidation } from "../../src/data/split.ts";
import type { Evaluation } from "../../src/nn/evaluate.ts";
import { hashWeights, type Tensor } from "../../src/nn/weights.ts";
import type { TrainerOptions } from "../../src/nn/trainer.ts";
import { RandomState } from "../../src/random/random_state.ts";
import goldens from "../fixtures/nn_goldens.json" with { type: "json" };
import distances from "../fixtures/relu_distance.json" with { type: "json" };
import { BatchGradients } from "./batch_gradients.ts";
import { openTrainer } from "./open_trainer.ts";
import { patternImages } from "./pattern_images.ts";
import { KERNELS } from "./workspaces.ts";

const MODULE = new WebAssembly.Module(KERNELS);
const IMAGES = { sparse: patternImages("sparse"), dense: patternImages("dense") };

type Training = typeof goldens.trainings[number];
type Setting = Training["setting"];

/** The settings in our words. JSON has no literal types, hence the assertions. */
function optionsOf(setting: Setting): Omit<TrainerOptions, "counts"> {
  return {
    hidden: setting.hidden,
    activation: setting.activation as TrainerOptions["activation"],
    init: {
      method: setting.init as TrainerOptions["init"]["method"],
      sigma: setting.sigma,
      bias: setting.bias as TrainerOptions["init"]["bias"],
    },
    batch_size: setting.batch_size as TrainerOptions["batch_size"],
    learning_rate: setting.learning_rate,
    optimizer: setting.optimizer as TrainerOptions["optimizer"],
    reduction: setting.reduction as TrainerOptions["reduction"],
    shuffle: setting.shuffle as TrainerOptions["shuffle"],
    scale: 255,
    seeds: setting.seeds,
  };
}

function describe(s: Setting): string {
  const limit = s.limit === null ? "" : `, ${s.limit} rows`;
  return `${
    s.hidden.join("-") || "no"
  } hidden ${s.activation}, ${s.init} (bias ${s.bias}), batch ${s.batch_size}, ` +
    `${s.optimizer} on the ${s.reduction}, shuffle ${s.shuffle}, ${s.data}${limit}`;
}

function sha256(bytes: Uint8Array | Uint32Array): string {
  return createHash("sha256").update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)).digest(
    "hex",
  );
}

function assertClose(found: number, expected: number, what: string, tolerance = 1e-5): void {
  assert.ok(
    Math.abs(found - expected) <= tolerance * Math.abs(expected),
    `${what} is ${found}, NumPy's ${expected}`,
  );
}

/** Null where there are no validation rows. */
function assertEvaluation(
  found: Evaluation | null,
  expected: { loss: number; correct: number } | null,
  what: string,
): void {
  assert.equal(found === null, expected === null);
  if (found === null || expected === null) return;
  assertClose(found.loss, expected.loss, `the loss of ${what}`);
  const rows = found.predictions.length;
  const correct = Math.round(found.accuracy * rows);
  assert.ok(
    Math.abs(correct - expected.correct) <= 2,
    `${what}: ${correct} of ${rows} right, in NumPy ${expected.correct}`,
  );
}

/** Holds a gradient against its norm and its products with the random vectors of nn_goldens.py. */
function assertProjections(
  { name, data }: Tensor,
  expected: { norm: number; products: number[] },
): void {
  assertClose(
    Math.sqrt(data.reduce((sum, g) => sum + g * g, 0)),
    expected.norm,
    `the norm of ${name}'s gradient`,
  );
  const random = new RandomState(77);
  for (const product of expected.products) {
    let found = 0, length = 0;
    for (const g of data) {
      const r = random.random() - 0.5;
      found += g * r;
      length += r * r;
    }
    const error = Math.abs(found - product) / (expected.norm * Math.sqrt(length));
    assert.ok(error <= 1e-5, `${name}'s gradient by a random vector is ${found}, NumPy's ${product}`);
  }
}

Deno.test("the images of the NumPy goldens are made here byte for byte", () => {
  const { images, labels } = IMAGES.sparse.train;
  assert.equal(sha256(labels), goldens.labels);
  assert.equal(sha256(images.pixels), goldens.pixels);
});

for (const { setting, expected } of goldens.trainings as Training[]) {
  Deno.test(`training agrees with NumPy in float64: ${describe(setting)}`, () => {
    const images = IMAGES[setting.data as "sparse" | "dense"];
    const dataset = buildDataset(images);
    assert.equal(dataset.train.storage, setting.data);

    const { validation, seeds } = setting;
    const count = setting.limit ?? dataset.train.count;
    const split = splitTrainValidation({ count, validation, seed: seeds.split });
    assert.deepEqual([...split.train.subarray(0, 5)], expected.split.first);
    assert.equal(sha256(split.train), expected.split.train);
    assert.equal(sha256(split.validation), expected.split.validation);

    const counts = { train: split.train.length, validation: split.validation.length };
    const options = optionsOf(setting);
    const { trainer, bench, arena } = openTrainer(MODULE, dataset, {
      ...options,
      rows: split,
      room: 4 << 20,
    });
    const { weights } = trainer;
    assert.deepEqual([...weights[0].data.subarray(0, 3)], expected.first_weights.map(Math.fround));
    assert.equal(hashWeights(weights), expected.weights);

    const shuffle = new RandomState(seeds.shuffle);
    let order = split.train;
    expected.epochs.forEach((row, epoch) => {
      if (setting.shuffle === "each_epoch" || (setting.shuffle === "once" && epoch === 0)) {
        order = shuffle.permutation(counts.train).map((i) => split.train[i]);
      }
      assert.equal(sha256(order), row.order);
      if (epoch === 0) {
        const capacity = typeof setting.batch_size === "number"
          ? Math.min(counts.train, setting.batch_size)
          : counts.train;
        const batches = new BatchGradients(bench.workspace, arena, {
          data: bench.dataset,
          hidden: options.hidden,
          activation: options.activation,
          weights,
          capacity,
        });
        const { loss, gradient } = batches.gradient(order.subarray(0, capacity), options.reduction);
        assertClose(loss, expected.first_batch.loss, "the first batch's loss");
        gradient.forEach((tensor, t) => assertProjections(tensor, expected.first_batch.gradients[t]));
      }

      const which = `in epoch ${epoch + 1}`;
      assertClose(trainer.trainEpoch(), row.train_loss, `the training loss ${which}`);
      assertEvaluation(trainer.validate(), row.validation, `validation ${which}`);
      assertEvaluation(trainer.test(), row.test, `test ${which}`);
    });
  });
}

for (const { setting, float64, float32 } of distances) {
  const { hidden, activation, batch_size, learning_rate, seeds } = setting;
  const name = `${hidden.join("-")} ${activation}, batch ${batch_size}, rate ${learning_rate}`;
  Deno.test(`float32 goes about as far from NumPy's float64 here as in NumPy: ${name}`, () => {
    const dataset = buildDataset(IMAGES.sparse);
    const { trainer } = openTrainer(MODULE, dataset, {
      hidden,
      activation: activation as TrainerOptions["activation"],
      init: { method: setting.init as "he" | "xavier", bias: "zero" },
      batch_size,
      learning_rate,
      optimizer: "sgd",
      reduction: "mean",
      shuffle: "once",
      scale: 255,
      seeds,
      rows: splitTrainValidation({
        count: dataset.train.count,
        validation: setting.validation,
        seed: seeds.split,
      }),
      room: 4 << 20,
    });
    const relative = (losses: readonly number[]) =>
      losses.map((loss, epoch) => Math.abs(loss - float64[epoch]) / float64[epoch]);
    const ours = relative(float64.map(() => trainer.trainEpoch()));
    const theirs = relative(float32);
    const [most, numpys] = [ours, theirs].map((all) => all.reduce((a, b) => Math.max(a, b)));
    assert.ok(most <= 3 * numpys, `${most} from float64, NumPy's float32 ${numpys}`);
    // Where rounding brings a sum to the other side of relu's bend, the gradient is another one.
    if (activation === "relu") assert.ok(numpys > 1e-5, "a bend is crossed");
    else assert.ok(most < 1e-6, `${most} from float64`);
  });
}
