// Trains the first trial of an experiment that is written here: deno run --ignore-env examples/own_config.ts
import { DATASETS, expandSweep, hashWeights, parseDataset, parseExperiment } from "../src/mod.ts";
import { loadKernels, openTraining } from "../src/mod.ts";

const text = `
name: mine
dataset: strokes
model: { hidden: [50], activation: relu, init: { method: he } }
train: { epochs: 2, batch_size: 10, optimizer: momentum }
sweep: { parameters: { train.learning_rate: [0.02, 0.05] } }
`;
const experiment = parseExperiment(text, { file: "own_config.ts" });
const [trial] = expandSweep(experiment);
const training = openTraining(parseDataset(await DATASETS.strokes.source.generate()), {
  kernels: await loadKernels(),
  ...trial.preprocess,
  ...trial.model,
  ...trial.train,
  seed: experiment.seeds[0],
});
for (let epoch = 1; epoch <= trial.train.epochs; epoch++) console.log("loss", training.trainEpoch());
console.log("test accuracy", training.test().accuracy);
console.log("weights_sha256", hashWeights(training.weights));
