import { parseDataset } from "../../src/data/dataset.ts";
import { generateStrokes } from "../../src/data/strokes.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { hashWeights } from "../../src/nn/weights.ts";
import { openTraining, type TrainingOptions } from "../../src/nn/open_training.ts";

const RUNS: Pick<TrainingOptions, "activation" | "optimizer" | "shuffle" | "clip_norm" | "weight_decay">[] = [
  { activation: "tanh", optimizer: "sgd", shuffle: "once" },
  { activation: "sigmoid", optimizer: "momentum", shuffle: "each_epoch" },
  { activation: "relu", optimizer: "adagrad", shuffle: "none" },
  { activation: ["gelu", "elu"], optimizer: "adamw", shuffle: "once" },
  { activation: ["softplus", "leaky_relu"], optimizer: { name: "rmsprop", centered: true }, clip_norm: 0.5 },
  { activation: "gelu", optimizer: "nesterov", weight_decay: 0.01, clip_norm: 0.5 },
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
