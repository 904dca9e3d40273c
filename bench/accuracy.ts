// Test accuracy of Adam on MNIST, 784-400-200-10 relu, batch 128, beside PyTorch's from the same first weights and in the same orders:
// deno run -A --config deno.json bench/accuracy.ts --mnist DIR [--epochs 5] [--seeds 5]

import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { DATASETS } from "../src/data/catalogue.ts";
import { parseDataset } from "../src/data/dataset.ts";
import { loadKernels } from "../src/nn/kernels.ts";
import { openTraining } from "../src/nn/open_training.ts";
import { outputOf } from "./machine.ts";
import { findPythons, PROGRAMS } from "./programs.ts";

const string = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    mnist: { ...string, default: Deno.env.get("MNIST_DIR") ?? "." },
    epochs: { ...string, default: "5" },
    seeds: { ...string, default: "5" },
  },
});
const [epochs, seeds] = [Number(values.epochs), Number(values.seeds)];

const { files } = DATASETS.mnist.source;
const read = async (name: string) => {
  const plain = `${values.mnist}/${name.replace(/\.gz$/, "")}`;
  return await Deno.readFile(plain).catch(async () => gunzipSync(await Deno.readFile(`${plain}.gz`)));
};
const dataset = parseDataset({
  train_images: await read(files.train_images.name),
  train_labels: await read(files.train_labels.name),
  test_images: await read(files.test_images.name),
  test_labels: await read(files.test_labels.name),
});
const kernels = await loadKernels();

const ours = Array.from({ length: seeds }, (_, seed) => {
  const trainer = openTraining(dataset, {
    kernels,
    hidden: [400, 200],
    activation: "relu",
    init: { method: "he", bias: "zero" },
    batch_size: 128,
    learning_rate: 0.001,
    optimizer: "adam",
    shuffle: "each_epoch",
    seeds: { init: seed, shuffle: seed + 1000 },
    rows: {
      train: Uint32Array.from({ length: dataset.train.count }, (_, i) => i),
      validation: new Uint32Array(),
    },
  });
  for (let epoch = 0; epoch < epochs; epoch++) trainer.trainEpoch();
  return trainer.test().accuracy;
});

const python = (await findPythons(PROGRAMS)).get("torch") ?? "python3";
const program = fileURLToPath(new URL("peers/torch_accuracy.py", import.meta.url));
const args = ["--mnist", values.mnist, "--epochs", values.epochs, "--seeds", values.seeds];
const printed = await outputOf(python, program, ...args);
const theirs: number[] = JSON.parse(printed ?? "[]");

const mean = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share) / shares.length;
const percent = (share: number) => (100 * share).toFixed(2);
const line = (name: string, shares: readonly number[]) =>
  console.log(`${name}: ${shares.map(percent).join(" ")}, mean ${percent(mean(shares))} %`);
line("ours", ours);
if (theirs.length === 0) console.log("PyTorch: not found");
else {
  line("PyTorch", theirs);
  console.log(`difference of the means: ${percent(mean(ours) - mean(theirs))} points`);
}
