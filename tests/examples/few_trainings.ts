import { generateStrokes, hashWeights, loadKernels, openTraining, parseDataset } from "../../src/mod.ts";

/** The weights' hashes of a few short trainings, by every kernel, on the public door alone. For any engine. */
export async function fewTrainings(): Promise<string[]> {
  const dataset = parseDataset(generateStrokes({ train: 300, test: 50 }));
  const options = { kernels: await loadKernels(), hidden: [40, 20], batch_size: 12, learning_rate: 0.05 };
  return [
    openTraining(dataset, options),
    openTraining(dataset, {
      ...options,
      activation: "sigmoid",
      optimizer: "momentum",
      shuffle: "each_epoch",
    }),
    openTraining(dataset, {
      ...options,
      activation: "relu",
      optimizer: "adagrad",
      batch_size: "full",
      seed: 7,
    }),
    openTraining(dataset, {
      ...options,
      activation: ["gelu", "elu"],
      optimizer: "adamw",
      clip_norm: 0.5,
    }),
    openTraining(dataset, {
      ...options,
      activation: ["softplus", "leaky_relu"],
      optimizer: { name: "rmsprop", centered: true, momentum: 0.5 },
    }),
    openTraining(dataset, { ...options, optimizer: "nesterov", weight_decay: 0.01 }),
    openTraining(dataset, { ...options, optimizer: "rmsprop" }),
  ].map((training) => {
    for (let epoch = 0; epoch < 2; epoch++) training.trainEpoch();
    return hashWeights(training.weights);
  });
}
