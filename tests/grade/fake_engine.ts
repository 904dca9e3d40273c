import { tensor } from "../../src/grade/tensors.ts";
import type { GradeDataset, GradeEngine } from "../../src/grade/engine.ts";

/** A data set of 10 images, every one of class 3, and networks that say so. */
const DATASET: GradeDataset = {
  features: 784,
  classes: 10,
  testLabels: new Uint8Array(10).fill(3),
  split: () => ({
    train: { X: tensor([8, 784], () => 0), y: tensor([8], () => 3) },
    validation: { X: tensor([2, 784], () => 0), y: tensor([2], () => 3) },
  }),
  testImages: () => tensor([10, 784], () => 0),
  testImage: () => new Uint8Array(784),
  evaluate: () => ({ loss: 0.1, accuracy: 1, predictions: new Uint8Array(10).fill(3) }),
  validate: () => ({
    loss: 0.1,
    accuracy: 1,
    predictions: new Uint8Array(2).fill(3),
    rows: Uint32Array.of(0, 1),
    labels: new Uint8Array(2).fill(3),
  }),
  logits: (_, images) => tensor([images === "test" ? 10 : 2, 10], (i) => i % 10 === 3 ? 5 : 0),
  pixelStatistics: () => ({ mean: new Float64Array(784), deviation: new Float64Array(784) }),
};

/** An engine that trains nothing. */
export const FAKE_ENGINE: GradeEngine = {
  dataset: () => Promise.resolve({ ok: true, value: DATASET }),
  runs: (_, seeds) =>
    Promise.resolve({
      ok: true,
      value: seeds.map((seed) => ({ seed, test_accuracy: 0.9 + seed / 100, test_loss: 0.2 })),
    }),
  trace: ({ epochs }) =>
    Promise.resolve({
      ok: true,
      value: Array.from(
        { length: epochs },
        () => ({ train_loss: 0.3, train_loss_after: 0.28, val_loss: 0.2, last_batch_loss: 0.5 }),
      ),
    }),
};
