import type { Texts } from "../../src/text/language.ts";
import type { Crew } from "./crew.ts";
import type { PoolPlan } from "./open_pool.ts";
import type { WorkerPool } from "./pool.ts";
import type { Training } from "./protocol.ts";

export interface LazyPoolOptions {
  /** How many workers there may be. */
  readonly workers: number;
  /** The encoded data set, read when the first job needs it. */
  readonly dataset: { read(): Promise<Uint8Array<ArrayBuffer>> };
  /** Every training that may come, so that each has room. */
  trainings(): Iterable<Training>;
  /** Is told where fewer workers have room in the memory that they share. */
  onNote?: ((note: Texts) => void) | undefined;
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
  #workers: number;
  #plan: Promise<PoolPlan> | null = null;
  #pool: Promise<WorkerPool> | null = null;
  /** Why it was closed; null while it is not. */
  #closed: { readonly reason: unknown } | null = null;

  constructor(options: LazyPoolOptions) {
    const { signal, workers } = options;
    this.#options = options;
    this.#workers = workers;
    if (signal.aborted) this.#closed = { reason: signal.reason };
    signal.addEventListener("abort", this.#stop);
  }

  /** How many workers there may be: as many as were asked for, until plan() has found how many have room. */
  get workers(): number {
    return this.#workers;
  }

  /** Finds how many workers have room. Rejects with a UserError where not even one has. */
  async plan(): Promise<void> {
    await this.#planned();
  }

  /** The pool. Where it is opened now, for as many `jobs` as are to come at once workers are hired already, and later more as they are needed. */
  get(jobs: number): Promise<WorkerPool> {
    if (this.#closed) return Promise.reject(this.#closed.reason);
    const { worker, crew } = this.#options;
    return this.#pool ??= Promise.all([this.#planned(), import("./open_pool.ts")])
      .then(([plan, { openPool }]) => openPool({ ...plan, jobs, worker, crew }));
  }

  #planned(): Promise<PoolPlan> {
    // Not loaded where all is stored.
    return this.#plan ??= import("./open_pool.ts").then(async ({ planPool }) => {
      const { workers, dataset, trainings, onNote } = this.#options;
      const all = [...trainings()];
      const wanted = Math.min(workers, Math.max(1, all.length));
      const plan = await planPool({ workers: wanted, dataset, trainings: all, onNote });
      if (plan.workers < wanted) this.#workers = plan.workers;
      return plan;
    });
  }

  /** Ends the workers; jobs that are not done reject with `reason`, and so do later ones. */
  async close(reason: unknown = new Error("the worker pool was closed")): Promise<void> {
    this.#closed ??= { reason };
    const pool = await this.#pool?.catch(() => null);
    pool?.close(reason);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.signal.removeEventListener("abort", this.#stop);
    await this.close();
  }
}
