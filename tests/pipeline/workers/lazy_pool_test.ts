import assert from "node:assert/strict";
import { encodeDataset } from "../../../src/data/dataset_codec.ts";
import { LazyPool } from "../../../pipeline/workers/lazy_pool.ts";
import type { Training, TrainRequest } from "../../../pipeline/workers/protocol.ts";
import { UserError } from "../../../pipeline/system/errors.ts";

const part = { storage: "dense" as const, count: 2, labels: new Uint8Array(2), pixels: new Uint8Array(8) };
const dataset = encodeDataset({ features: 4, classes: 2, rows: 2, columns: 2, train: part, test: part });

function trainingOf(hidden: number[], batch_size = 1): Training {
  return {
    model: { hidden, activation: "tanh", init: { method: "xavier", bias: "zero" } },
    train: { batch_size, learning_rate: 0.1, optimizer: "sgd", reduction: "mean", shuffle: "none" },
    preprocess: { scale: 255, validation: 0 },
    seeds: { split: 0, init: 0, shuffle: null },
  };
}

/** A pool that is told notes and counts how often the data set is read. */
function lazyPool(training: Training, { workers, runs = workers, signal = new AbortController().signal }: {
  workers: number;
  runs?: number;
  signal?: AbortSignal;
}) {
  const notes: string[] = [];
  const told = { reads: 0, notes };
  const pool = new LazyPool({
    workers,
    dataset: {
      read() {
        told.reads++;
        return Promise.resolve(dataset);
      },
    },
    trainings: () => Array.from({ length: runs }, () => training),
    onNote: ({ en }) => notes.push(en),
    signal,
  });
  return { pool, told };
}

Deno.test("a pool that one job opened hires more workers when more jobs come, up to as many as there are runs", async () => {
  const training = trainingOf([3]);
  const request: TrainRequest = { type: "train", training, epochs: 1, from: null, checkpointSeconds: 100 };
  for (const [runs, expected] of [[5, 3], [2, 2]]) {
    const { pool, told } = lazyPool(training, { workers: 3, runs });
    await using _ended = pool;
    await (await pool.get(1)).train(request);
    const seats = new Set<number>();
    const onStart = (worker: number) => void seats.add(worker);
    const open = await pool.get(5);
    await Promise.all(Array.from({ length: 5 }, () => open.train(request, { onStart })));
    assert.equal(seats.size, expected);
    assert.deepEqual(told, { reads: 1, notes: [] });
  }
});

Deno.test("of more workers than have room in 4 GiB there are as many as have, which is said; where one has none, the user can mend it", async () => {
  const { pool, told } = lazyPool(trainingOf(Array(8).fill(2000), 100), { workers: 64 });
  await using _ended = pool;
  assert.equal(pool.workers, 64);
  await pool.plan();
  // By hand: of 4 x 2000, 7 x 2000 x 2000 and 2000 x 2 weights in float32, once or twice, 4 GiB have between 16 and 38.
  assert.ok(pool.workers >= 16 && pool.workers <= 38, `${pool.workers} workers`);
  assert.match(
    told.notes.join(),
    new RegExp(`^${pool.workers} workers of 64 can train at a time: each needs 0\\.\\d GiB`),
  );

  const { pool: none } = lazyPool(trainingOf([40_000, 40_000]), { workers: 2 });
  await using _too = none;
  await assert.rejects(
    none.get(1),
    (error) =>
      error instanceof UserError && /at most 4 GiB.*found \d+\.\d GiB.*model\.hidden/.test(error.message),
  );
});

Deno.test("a pool that is aborted or closed before the first job opens nothing, and gives the reason", async () => {
  const reason = new Error("Ctrl-C");
  const before = new AbortController();
  before.abort(reason);
  const { pool: aborted, told: toldAborted } = lazyPool(trainingOf([3]), {
    workers: 1,
    signal: before.signal,
  });
  await using _aborted = aborted;
  await assert.rejects(aborted.get(1), reason);

  const later = new AbortController();
  const { pool: stopped, told } = lazyPool(trainingOf([3]), { workers: 1, signal: later.signal });
  await using _stopped = stopped;
  later.abort(reason);
  await assert.rejects(stopped.get(1), reason);
  assert.deepEqual([told.reads, toldAborted.reads], [0, 0]);
});
