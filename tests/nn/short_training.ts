import { parseDataset } from "../../src/data/dataset.ts";
import { generateStrokes } from "../../src/data/strokes.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import type { ActivationName } from "../../src/nn/activation.ts";
import { hashWeights } from "../../src/nn/weights.ts";
import type { OptimizerName } from "../../src/nn/optimizers/optimizers.ts";
import { openTraining } from "../../src/nn/open_training.ts";
import type { TrainerOptions } from "../../src/nn/trainer.ts";

const RUNS: { activation: ActivationName; optimizer: OptimizerName; shuffle: TrainerOptions["shuffle"] }[] = [
  { activation: "tanh", optimizer: "sgd", shuffle: "once" },
  { activation: "sigmoid", optimizer: "momentum", shuffle: "each_epoch" },
  { activation: "relu", optimizer: "adagrad", shuffle: "none" },
];

/** What an engine computes: the hash of the weights, and losses to the last digit, of a few trainings. */
export interface ShortTraining {
  weights: string;
  losses: string[];
}

/** A few short trainings from drawn digits to weights: all of random, data and nn that makes numbers. For any engine. */
export async function shortTraining(): Promise<ShortTraining[]> {
  const dataset = parseDataset(generateStrokes({ train: 400, test: 100 }));
  const kernels = await loadKernels();
  return RUNS.map((run) => {
    const trainer = openTraining(dataset, {
      ...run,
      kernels,
      hidden: [50, 20],
      init: { method: "xavier", bias: "gaussian" },
      batch_size: 12,
      learning_rate: 0.05,
      seeds: { split: 0, init: 1, shuffle: 2 },
    });
    const losses = [
      trainer.trainEpoch(),
      trainer.trainEpoch(),
      trainer.validate()?.loss,
      trainer.test().loss,
    ];
    return { weights: hashWeights(trainer.weights), losses: losses.map(String) };
  });
}
