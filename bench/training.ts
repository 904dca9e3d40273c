import { buildDataset } from "../src/data/dataset.ts";
import { openBench } from "../src/nn/bench.ts";
import { type Kernels, loadKernels } from "../src/nn/kernels.ts";
import { startTraining, trainingBytes, type TrainingOptions } from "../src/nn/open_training.ts";
import type { Trainer } from "../src/nn/trainer.ts";
import { loadImages } from "./data.ts";
import type { Measure, ProgramOptions } from "./serve.ts";

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
  const dataset = buildDataset({ train, test });
  const bench = openBench(dataset, {
    kernels: await loadKernels(),
    bytes: trainingBytes(dataset, [trainingOptions(options, images.count)]),
  });
  const kernels = wrap(bench.workspace.kernels);
  const timed = { ...bench, workspace: { ...bench.workspace, kernels } };

  let trainer: Trainer | null = null;
  let prepared = 0;
  return {
    train(images) {
      if (trainer === null || images !== prepared) {
        trainer = startTraining(timed, trainingOptions(options, images));
        prepared = images;
      }
      const start = performance.now();
      const loss = trainer.trainEpoch();
      return { seconds: (performance.now() - start) / 1000, loss };
    },
    nonZeros: (images) => dataset.train.storage === "sparse" ? dataset.train.rowStarts[images] : null,
  };
}

function trainingOptions(options: ProgramOptions, images: number): TrainingOptions {
  const { hidden, activation, batch, optimizer, learningRate, sigma } = options;
  return {
    hidden,
    activation,
    init: { method: "gaussian", sigma, bias: "gaussian" },
    batch_size: batch,
    optimizer,
    learning_rate: learningRate,
    seeds: { init: 0, shuffle: 0 },
    rows: { train: Uint32Array.from({ length: images }, (_, i) => i), validation: new Uint32Array() },
  };
}
