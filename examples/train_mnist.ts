// Trains the course's network on MNIST's four files, packed or not: deno run --allow-read examples/train_mnist.ts FOLDER
import { DATASETS, hashWeights, loadKernels, openTraining, parseDataset } from "../src/mod.ts";

const [folder = "."] = Deno.args;
const { train_images, train_labels, test_images, test_labels } = DATASETS.mnist.source.files;

async function read({ name }: { name: string }): Promise<Uint8Array> {
  const packed = await Deno.open(`${folder}/${name}`).catch(() => null);
  if (packed === null) return await Deno.readFile(`${folder}/${name.replace(/\.gz$/, "")}`);
  return await new Response(packed.readable.pipeThrough(new DecompressionStream("gzip"))).bytes();
}

const dataset = parseDataset({
  train_images: await read(train_images),
  train_labels: await read(train_labels),
  test_images: await read(test_images),
  test_labels: await read(test_labels),
});
const training = openTraining(dataset, {
  kernels: await loadKernels(),
  hidden: [400, 200],
  learning_rate: 0.1,
});
for (let epoch = 1; epoch <= 2; epoch++) {
  console.log(`epoch ${epoch}`, training.trainEpoch(), training.validate());
}
console.log("test accuracy", training.test().accuracy);
console.log("weights_sha256", hashWeights(training.weights));
