import assert from "node:assert/strict";
import { Arena, type Workspace } from "../../src/nn/memory.ts";
import type { Dataset, Rows } from "../../src/data/dataset.ts";
import type { Tensor } from "../../src/nn/weights.ts";
import { type OptimizerName, OPTIMIZERS } from "../../src/nn/optimizers/optimizers.ts";
import type { TrainerOptions } from "../../src/nn/trainer.ts";
import { startTraining, trainingBytes } from "../../src/nn/open_training.ts";
import { type Images, placeRows, randomImages } from "./place_rows.ts";

const FEATURES = 21; // no multiple of a panel: there is padding
const CLASSES = 5;
export const OPTIMIZER_NAMES = Object.keys(OPTIMIZERS) as OptimizerName[];
/** Every optimizer, those of their settings that change what is kept or done, weight decay and clipping. */
export const DESCENTS: readonly Partial<TrainerOptions>[] = [
  ...OPTIMIZER_NAMES.map((optimizer) => ({ optimizer })),
  { optimizer: { name: "momentum", momentum: 0.5, dampening: 0.2 } },
  { optimizer: { name: "momentum", nesterov: true } },
  { optimizer: { name: "rmsprop", centered: true } },
  { optimizer: { name: "rmsprop", momentum: 0.5 } },
  { optimizer: { name: "rmsprop", centered: true, momentum: 0.5, alpha: 0.9 }, clip_norm: 0.1 },
  { optimizer: { name: "adagrad", lr_decay: 0.1, initial_accumulator_value: 0.1 } },
  { optimizer: "sgd", weight_decay: 0.1 },
  { optimizer: "sgd", clip_norm: 0.1 },
  { optimizer: { name: "adam", beta2: 0.99 }, weight_decay: 0.1, clip_norm: 0.1 },
  { optimizer: "adamw", weight_decay: 0.2, clip_norm: 0.1 },
];
export const REDUCTIONS = ["mean", "sum"] as const;
export const SHUFFLES = ["once", "each_epoch", "none"] as const;
export const STORAGES = ["sparse", "dense"] as const;

export const OPTIONS: TrainerOptions = {
  hidden: [19],
  activation: "tanh",
  init: { method: "gaussian", sigma: 0.3, bias: "gaussian" },
  batch_size: 4,
  learning_rate: 0.05,
  optimizer: "sgd",
  reduction: "mean",
  shuffle: "once",
  scale: 255,
  seeds: { init: 1, shuffle: 2, noise: 3 },
  counts: { train: 23, validation: 9 },
};

/** What a test trains: options that differ from OPTIONS, and how the rows are stored. */
export interface Job {
  options: Partial<TrainerOptions>;
  storage?: Rows["storage"];
}

/** A training that has begun, on random rows, enough for its options, at the beginning of a workspace's memory. */
export function setUp(workspace: Workspace, { options, storage = "sparse" }: Job) {
  const complete = { ...OPTIONS, ...options };
  const { train, validation } = complete.counts;
  const arena = new Arena(0, workspace.bytes.length);
  const part = (images: Images) => placeRows(workspace, arena, images, storage);
  const shape = { features: FEATURES, classes: CLASSES };
  const dataset: Dataset = {
    ...shape,
    rows: 3,
    columns: 7,
    train: part(randomImages({ ...shape, count: train + validation, seed: 12 })),
    test: part(randomImages({ ...shape, count: 11, seed: 13 })),
  };
  const order = Uint32Array.from(
    { length: train + validation },
    (_, i) => (7 * i + 3) % (train + validation),
  );
  const split = { train: order.subarray(validation), validation: order.subarray(0, validation) };
  const start = arena.next;
  const bench = { workspace, dataset, room: { start, end: workspace.bytes.length } };
  const resolved = { ...complete, rows: split };
  const trainer = startTraining(bench, resolved);
  const end = start + trainingBytes(dataset, [resolved]);
  return { trainer, dataset, split, bench: { ...bench, room: { start, end } }, options: complete };
}

/** All that a training gives, epoch by epoch. */
export function run(workspace: Workspace, job: Job, epochs = 2) {
  const { trainer } = setUp(workspace, job);
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
