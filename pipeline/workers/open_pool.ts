import { decodeDataset } from "../../src/data/dataset_codec.ts";
import type { Texts } from "../../src/text/language.ts";
import { inGiB, mostRooms } from "../../src/nn/bench.ts";
import { openMemory, wasmWorkspace } from "../../src/nn/memory.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import { trainingBytes } from "../../src/nn/open_training.ts";
import { PROBE_BYTES, wrongKernels } from "../../src/nn/probe_kernels.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import type { Crew } from "./crew.ts";
import { WorkerPool } from "./pool.ts";
import { type Training, trainingOptions } from "./protocol.ts";

/** All that a pool needs before anybody is hired. */
export interface PoolPlan {
  /** How many have room in the memory that they share. */
  readonly workers: number;
  readonly module: WebAssembly.Module;
  /** Encoded. */
  readonly dataset: Uint8Array<ArrayBuffer>;
  /** What the largest of the trainings needs. */
  readonly roomBytes: number;
}

/** As many of the workers as have room for the largest of the trainings. Throws a UserError where not even one has. */
export async function planPool(
  { workers, dataset, trainings, onNote }: {
    workers: number;
    /** The encoded data set. */
    dataset: { read(): Promise<Uint8Array<ArrayBuffer>> };
    trainings: Iterable<Training>;
    /** Is told where fewer have room. */
    onNote?: ((note: Texts) => void) | undefined;
  },
): Promise<PoolPlan> {
  const [module, bytes] = await Promise.all([loadKernels(), dataset.read()]);
  checkKernels(module);
  const roomBytes = trainingBytes(decodeDataset(bytes.buffer), Iterator.from(trainings).map(trainingOptions));
  const most = mostRooms(bytes, roomBytes);
  if (most === 0) {
    throw new UserError(say((t) => t.errors.tooLarge(inGiB(bytes.length + roomBytes))));
  }
  if (most < workers) onNote?.(say((t) => t.sweep.fewerWorkers(most, workers, inGiB(roomBytes))));
  return { workers: Math.min(workers, most), module, dataset: bytes, roomBytes };
}

/** Workers over the data set. */
export function openPool(
  plan: PoolPlan & {
    /** How many jobs come at once: for these, workers are hired already. */
    jobs?: number | undefined;
    /** Another module than worker.ts to run in the workers. */
    worker?: URL | undefined;
    /** Who may have been hired already. */
    crew?: Crew | undefined;
  },
): WorkerPool {
  return new WorkerPool(plan);
}

/** Takes some 15 ms. Throws a UserError where the compiled kernels do not compute the bits that they must. */
export function checkKernels(module: WebAssembly.Module): void {
  const wrong = wrongKernels(wasmWorkspace(module, openMemory(PROBE_BYTES)));
  if (wrong.length === 0) return;
  throw new UserError(say((t) => t.errors.wrongKernels(wrong)), { exitCode: 1 });
}
