import { decodeDataset } from "../../src/data/dataset_codec.ts";
import { openMemory, wasmWorkspace } from "../../src/nn/memory.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { trainingBytes } from "../../src/nn/open_training.ts";
import { PROBE_BYTES, wrongKernels } from "../../src/nn/probe_kernels.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import type { Crew } from "./crew.ts";
import { WorkerPool } from "./pool.ts";
import { type Training, trainingOptions } from "./protocol.ts";

/** Workers over the data set, with room for the largest of the trainings. */
export async function openPool(
  { workers, dataset, trainings, worker, crew }: {
    workers: number;
    /** The encoded data set. */
    dataset: { read(): Promise<Uint8Array<ArrayBuffer>> };
    trainings: Iterable<Training>;
    /** Another module than worker.ts to run in the workers. */
    worker?: URL | undefined;
    /** Who may have been hired already. */
    crew?: Crew | undefined;
  },
): Promise<WorkerPool> {
  const [module, bytes] = await Promise.all([loadKernels(), dataset.read()]);
  checkKernels(module);
  const roomBytes = trainingBytes(decodeDataset(bytes.buffer), Iterator.from(trainings).map(trainingOptions));
  return new WorkerPool({ workers, module, dataset: bytes, roomBytes, worker, crew });
}

/** Takes some 15 ms. Throws a UserError where the compiled kernels do not compute the bits that they must. */
export function checkKernels(module: WebAssembly.Module): void {
  const wrong = wrongKernels(wasmWorkspace(module, openMemory(PROBE_BYTES)));
  if (wrong.length === 0) return;
  throw new UserError(say((t) => t.errors.wrongKernels(wrong)), { exitCode: 1 });
}
