import { buildDataset } from "../src/data/dataset.ts";
import { decodeDataset, encodeDataset } from "../src/data/dataset_codec.ts";
import { Arena } from "../src/nn/arena.ts";
import type { Kernels } from "../src/nn/kernels.ts";
import { Trainer, type TrainerOptions } from "../src/nn/trainer.ts";
import { trainingData } from "../src/nn/training_data.ts";
import { wasmWorkspace } from "../src/nn/memory.ts";
import { loadImages } from "./data.ts";
import type { Measure, ProgramOptions } from "./serve.ts";

const PAGE = 65_536;

/** Our own training, as the pipeline sets it up: the data set in shared memory, the trainer behind it. */
export interface Training {
  /** Trains on the first `images` of the data, in random order. The first call with another number begins anew. */
  train(images: number): Measure;
  /** Pixels that are not zero among the first `images`; null where rows are stored dense. */
  nonZeros(images: number): number | null;
}

/** Loads the data and the kernels; `wrap` may put timers around them. */
export async function prepareTraining(
  options: ProgramOptions,
  wrap = (kernels: Kernels) => kernels,
): Promise<Training> {
  const { labels, ...images } = await loadImages(options.data);
  const pixels = images.pixels.subarray(0, images.rows * images.columns);
  const train = { images, labels };
  const test = { images: { ...images, count: 1, pixels }, labels: labels.subarray(0, 1) };
  const encoded = encodeDataset(buildDataset({ train, test }));
  const room = Trainer.bytes(
    trainingData(decodeDataset(encoded.buffer), 255),
    trainerOptions(options, images.count),
  );
  const pages = Math.ceil((encoded.length + room) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  new Uint8Array(memory.buffer).set(encoded);
  const data = trainingData(decodeDataset(memory.buffer), 255);
  const wasm = await Deno.readFile(new URL("../src/nn/kernels.wasm", import.meta.url));
  const plain = wasmWorkspace(new WebAssembly.Module(wasm), memory);
  const workspace = { ...plain, kernels: wrap(plain.kernels) };

  let trainer: Trainer | null = null;
  let prepared = 0;
  return {
    train(images) {
      if (trainer === null || images !== prepared) {
        trainer = new Trainer(workspace, new Arena(encoded.length), data, trainerOptions(options, images));
        trainer.begin({
          train: Uint32Array.from({ length: images }, (_, i) => i),
          validation: new Uint32Array(),
        });
        prepared = images;
      }
      const start = performance.now();
      const loss = trainer.trainEpoch();
      return { seconds: (performance.now() - start) / 1000, loss };
    },
    nonZeros: (images) => data.train.storage === "sparse" ? data.train.rowStarts[images] : null,
  };
}

function trainerOptions(options: ProgramOptions, images: number): TrainerOptions {
  const { hidden, activation, batch, learningRate, sigma } = options;
  return {
    hidden,
    activation,
    init: { method: "gaussian", sigma, bias: "gaussian" },
    batchSize: batch,
    learningRate,
    optimizer: "sgd",
    reduction: "mean",
    shuffle: "once",
    seeds: { init: 0, shuffle: 0 },
    counts: { train: images, validation: 0 },
  };
}
