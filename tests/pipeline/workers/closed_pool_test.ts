import assert from "node:assert/strict";
import { encodeDataset } from "../../../src/data/dataset_codec.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { WorkerPool } from "../../../pipeline/workers/pool.ts";
import type { EvaluateRequest } from "../../../pipeline/workers/protocol.ts";

Deno.test("of a pool that was closed for a reason every job rejects with it: those under way, that wait, and that come later", async () => {
  const part = { storage: "dense" as const, count: 2, labels: new Uint8Array(2), pixels: new Uint8Array(8) };
  const dataset = encodeDataset({ features: 4, classes: 2, rows: 2, columns: 2, train: part, test: part });
  const pool = new WorkerPool({ workers: 1, module: await loadKernels(), dataset, roomBytes: 1 << 16 });
  const request: EvaluateRequest = {
    type: "evaluate",
    measures: [],
    activation: "tanh",
    scale: 1,
    weights: new Uint8Array(),
  };
  const jobs = [pool.evaluate(request), pool.evaluate(request)];
  const reason = new Error("no space is left on the disk");
  const rejected = jobs.map((job) => assert.rejects(job, reason));
  pool.close(reason);
  await Promise.all(rejected);
  await assert.rejects(pool.evaluate(request), reason);
});
