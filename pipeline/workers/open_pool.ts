import { decodeDataset } from "../../src/data/dataset_codec.ts";
import { Trainer } from "../../src/nn/trainer.ts";
import { trainingData } from "../../src/nn/training_data.ts";
import type { Artifact } from "../steps/step.ts";
import { trainerOptions, type TrainParameters } from "../steps/train.ts";
import { WorkerPool } from "./pool.ts";

const KERNELS = new URL("../../src/nn/kernels.wasm", import.meta.url);

/** Workers over the data set, with room for the largest of the trainings. */
export async function openPool(
  { workers, dataset, trainings }: {
    workers: number;
    dataset: Artifact;
    trainings: Iterable<TrainParameters>;
  },
): Promise<WorkerPool> {
  const [wasm, bytes] = await Promise.all([Deno.readFile(KERNELS), dataset.read()]);
  const module = await WebAssembly.compile(wasm);
  const data = trainingData(decodeDataset(bytes.buffer));
  // Many trainings of a sweep are of one size.
  const sizes = new Map<string, number>();
  for (const training of trainings) {
    const { model: { hidden }, train: { batch_size, optimizer }, validation } = training;
    const key = `${hidden} ${batch_size} ${optimizer} ${validation}`;
    if (sizes.has(key)) continue;
    sizes.set(key, Trainer.bytes(data, trainerOptions(training, data.train.count)));
  }
  return new WorkerPool({ workers, module, dataset: bytes, arenaBytes: Math.max(...sizes.values()) });
}
