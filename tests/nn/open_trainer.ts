import type { Dataset } from "../../src/data/dataset.ts";
import { type Bench, type Engine, openBench } from "../../src/nn/bench.ts";
import { Arena } from "../../src/nn/memory.ts";
import { startTraining, trainingBytes, type TrainingOptions } from "../../src/nn/open_training.ts";
import type { Trainer } from "../../src/nn/trainer.ts";

/** A trainer that has begun, what it works with, and `room` bytes after it for the test's own use. */
export function openTrainer(
  kernels: Engine,
  dataset: Dataset,
  { room = 0, ...options }: TrainingOptions & { room?: number },
): { trainer: Trainer; bench: Bench; arena: Arena } {
  const bytes = trainingBytes(dataset, [options]);
  const bench = openBench(dataset, { kernels, bytes: bytes + room });
  const { start, end } = bench.room;
  return { trainer: startTraining(bench, options), bench, arena: new Arena(start + bytes, end) };
}
