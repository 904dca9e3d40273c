import type { Dataset } from "../../src/data/dataset.ts";
import { decodeDataset, encodeDataset } from "../../src/data/dataset_codec.ts";
import { Arena } from "../../src/nn/arena.ts";
import { Trainer, type TrainerOptions } from "../../src/nn/trainer.ts";
import { type TrainingData, trainingData } from "../../src/nn/training_data.ts";
import { wasmWorkspace, type Workspace } from "../../src/nn/memory.ts";

const PAGE = 65536;

/** A trainer, what it works with, and room after it. */
export interface OpenTrainer {
  trainer: Trainer;
  workspace: Workspace;
  data: TrainingData;
  arena: Arena;
}

/**
 * A trainer with the kernels of `module` in a shared memory that begins with the encoded data set, as the workers have it, and that ends
 * with `room` bytes for the test's own use. Nothing here is Deno's: it runs in any engine.
 */
export function openTrainer(
  module: WebAssembly.Module,
  dataset: Dataset,
  options: TrainerOptions,
  room = 0,
): OpenTrainer {
  const encoded = encodeDataset(dataset);
  const bytes = Trainer.bytes(trainingData(decodeDataset(encoded.buffer), 255), options);
  const pages = Math.ceil((encoded.length + bytes + room) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  new Uint8Array(memory.buffer).set(encoded);
  const workspace = wasmWorkspace(module, memory);
  const data = trainingData(decodeDataset(memory.buffer), 255);
  const arena = new Arena(encoded.length, memory.buffer.byteLength);
  const trainer = new Trainer(workspace, arena, data, options);
  return { trainer, workspace, data, arena };
}
