import { decodeDataset } from "../../src/data/dataset_codec.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { trainingBytes } from "../../src/nn/open_training.ts";
import { rowCounts } from "../steps/train.ts";
import type { Texts } from "../../src/text/language.ts";
import { openPool, planPool } from "../workers/open_pool.ts";
import type { WorkerPool } from "../workers/pool.ts";
import { type Training, trainingOptions } from "../workers/protocol.ts";

interface Bench {
  readonly sha256: string;
  readonly pool: WorkerPool;
  /** What each of its workers has room for. */
  readonly bytes: number;
  users: number;
  /** Of the training part. */
  readonly rows: number;
}

/** The workers of a machine for jobs of any data set and size: a pool for each data set that is in use, as large as the largest job so far. */
export class Benches {
  readonly #workers: number;
  readonly #read: (sha256: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly #onNote: (note: Texts) => void;
  readonly #worker: URL | undefined;
  /** Decoded, for their sizes alone. */
  readonly #datasets = new Map<string, Dataset>();
  /** The last one is that for new jobs. */
  #benches: Bench[] = [];
  #opening: Promise<unknown> = Promise.resolve();

  constructor(
    { workers, read, onNote, worker }: {
      workers: number;
      /** An encoded data set by its SHA-256. */
      read: (sha256: string) => Promise<Uint8Array<ArrayBuffer>>;
      /** Is told where fewer workers have room than there are. */
      onNote: (note: Texts) => void;
      /** Another module than worker.ts to run in the workers. */
      worker?: URL | undefined;
    },
  ) {
    this.#workers = workers;
    this.#read = read;
    this.#onNote = onNote;
    this.#worker = worker;
  }

  /** A pool in which a worker is free for the training, until the result is disposed. */
  async lend(
    sha256: string,
    training: Training,
  ): Promise<{ pool: WorkerPool; /** Of an epoch. */ rows: number } & Disposable> {
    // One after another: two jobs that need the same pool open it once.
    const turn = this.#opening.then(() => this.#find(sha256, training));
    this.#opening = turn.catch(() => {});
    const bench = await turn;
    return {
      pool: bench.pool,
      rows: rowCounts(training.preprocess, bench.rows).train,
      [Symbol.dispose]: () => {
        bench.users--;
        this.#closeIdle(this.#benches.at(-1));
      },
    };
  }

  close(): void {
    for (const { pool } of this.#benches) pool.close();
    this.#benches = [];
  }

  async #find(sha256: string, training: Training): Promise<Bench> {
    let dataset = this.#datasets.get(sha256);
    let encoded: Uint8Array<ArrayBuffer> | null = null;
    if (dataset === undefined) {
      encoded = await this.#read(sha256);
      dataset = decodeDataset(encoded.buffer);
      this.#datasets.clear();
      this.#datasets.set(sha256, dataset);
    }
    const needed = trainingBytes(dataset, [trainingOptions(training)]);
    const fitting = this.#benches.find((bench) => bench.sha256 === sha256 && bench.bytes >= needed);
    const bench = fitting ??
      await this.#open(sha256, { training, needed, encoded, rows: dataset.train.count });
    bench.users++;
    return bench;
  }

  async #open(
    sha256: string,
    { training, needed, encoded, rows }: {
      training: Training;
      needed: number;
      encoded: Uint8Array<ArrayBuffer> | null;
      rows: number;
    },
  ): Promise<Bench> {
    this.#closeIdle();
    const plan = await planPool({
      workers: this.#workers,
      dataset: { read: () => encoded === null ? this.#read(sha256) : Promise.resolve(encoded) },
      trainings: [training],
      onNote: this.#onNote,
    });
    const pool = openPool({ ...plan, worker: this.#worker });
    const bench = { sha256, pool, bytes: needed, users: 0, rows };
    this.#benches.push(bench);
    return bench;
  }

  #closeIdle(kept?: Bench): void {
    this.#benches = this.#benches.filter((bench) => {
      if (bench.users > 0 || bench === kept) return true;
      bench.pool.close();
      return false;
    });
  }
}
