import type { Crew } from "./crew.ts";
import type { WorkerPool } from "./pool.ts";
import type { Training } from "./protocol.ts";

export interface LazyPoolOptions {
  /** How many workers there may be. */
  readonly workers: number;
  /** The encoded data set, read when the first job needs it. */
  readonly dataset: { read(): Promise<Uint8Array<ArrayBuffer>> };
  /** Every training that may come, so that each has room. */
  trainings(): Iterable<Training>;
  /** Ends the workers when it is aborted; jobs that are not done reject with its reason. */
  readonly signal: AbortSignal;
  /** Another module than worker.ts to run in the workers. */
  readonly worker?: URL | undefined;
  /** Who may have been hired already. */
  readonly crew?: Crew | undefined;
}

/** The workers of a sweep: none until the first job needs them, which may be one that heals what a results folder is to hold. */
export class LazyPool implements AsyncDisposable {
  readonly #options: LazyPoolOptions;
  readonly #stop = () => void this.close(this.#options.signal.reason);
  #pool: Promise<WorkerPool> | null = null;

  constructor(options: LazyPoolOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", this.#stop);
  }

  /** The pool, of as many workers as there are `jobs` to come, where it is opened now. */
  get(jobs: number): Promise<WorkerPool> {
    const { workers, dataset, trainings, worker, crew } = this.#options;
    // Not loaded where all is stored.
    return this.#pool ??= import("./open_pool.ts").then(({ openPool }) => {
      const needed = Math.min(workers, Math.max(1, jobs));
      return openPool({ workers: needed, dataset, trainings: trainings(), worker, crew });
    });
  }

  /** Ends the workers; jobs that are not done reject with `reason`. */
  async close(reason?: unknown): Promise<void> {
    const pool = await this.#pool?.catch(() => null);
    pool?.close(reason);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.signal.removeEventListener("abort", this.#stop);
    await this.close();
  }
}
