import { decodeDataset } from "../../src/data/dataset_codec.ts";
import { Trainer } from "../../src/nn/trainer.ts";
import { PROBE_BYTES } from "../../src/nn/probe_kernels.ts";
import { trainingData } from "../../src/nn/training_data.ts";
import { wasmWorkspace } from "../../src/nn/memory.ts";
import { wrongKernels } from "../../src/nn/wrong_kernels.ts";
import { UserError } from "../system/errors.ts";
import type { Artifact } from "../steps/step.ts";
import { trainerOptions, type TrainParameters } from "../steps/train.ts";
import { WorkerPool } from "./pool.ts";

const KERNELS = new URL("../../src/nn/kernels.wasm", import.meta.url);

/** Workers over the data set, with room for the largest of the trainings. */
export async function openPool(
  { workers, dataset, trainings, worker }: {
    workers: number;
    dataset: Artifact;
    trainings: Iterable<TrainParameters>;
    /** Another module than worker.ts to run in the workers. */
    worker?: URL | undefined;
  },
): Promise<WorkerPool> {
  const [wasm, bytes] = await Promise.all([Deno.readFile(KERNELS), dataset.read()]);
  const module = await WebAssembly.compile(wasm);
  checkKernels(module);
  const data = trainingData(decodeDataset(bytes.buffer), 1);
  // Many trainings of a sweep are of one size.
  const sizes = new Map<string, number>();
  for (const training of trainings) {
    const { model: { hidden }, train: { batch_size, optimizer }, preprocess: { limit, validation } } =
      training;
    const key = [hidden, batch_size, optimizer, limit, validation].join(" ");
    if (sizes.has(key)) continue;
    sizes.set(key, Trainer.bytes(data, trainerOptions(training, data.train.count)));
  }
  return new WorkerPool({ workers, module, dataset: bytes, arenaBytes: Math.max(...sizes.values()), worker });
}

/** Takes some 15 ms. Throws a UserError where the compiled kernels do not compute the bits that they must. */
function checkKernels(module: WebAssembly.Module): void {
  const pages = PROBE_BYTES / 65536;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const wrong = wrongKernels(wasmWorkspace(module, memory));
  if (wrong.length === 0) return;
  throw new UserError(
    `Cannot train: the kernels must compute the bits of their reference, found others in ${
      wrong.join(", ")
    }; ` +
      "V8 compiles them wrongly with the flags of the task: run without them, as " +
      "`deno run -P=sweep pipeline/main.ts sweep`, and report it with what `deno --version` prints",
    { exitCode: 1 },
  );
}
