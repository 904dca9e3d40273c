// Trains a network on digits that the program draws: deno run examples/train_strokes.ts
import { generateStrokes, hashWeights, loadKernels, openTraining, parseDataset } from "../src/mod.ts";

const dataset = parseDataset(generateStrokes());
const training = openTraining(dataset, {
  kernels: await loadKernels(),
  hidden: [100],
  activation: "tanh",
  learning_rate: 0.1,
  batch_size: 20,
  seed: 0,
});

for (let epoch = 1; epoch <= 3; epoch++) {
  const loss = training.trainEpoch();
  const validation = training.validate();
  console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, validation accuracy ${validation?.accuracy}`);
}
console.log("test accuracy", training.test().accuracy);
console.log("weights_sha256", hashWeights(training.weights));
