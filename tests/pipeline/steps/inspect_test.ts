import assert from "node:assert/strict";
import { type InspectContext, inspectStep } from "../../../pipeline/steps/inspect.ts";
import { memoryArtifact } from "../../../pipeline/steps/step.ts";
import { WorkerDiedError, WorkerError, type WorkerPool } from "../../../pipeline/workers/pool.ts";

/** The step over a pool that first fails with these, and how often it asked. */
async function inspect(...failures: Error[]): Promise<{ asked: number; bytes: number[] }> {
  let asked = 0;
  const inspect: WorkerPool["inspect"] = () => {
    const failure = failures[asked++];
    return failure
      ? Promise.reject(failure)
      : Promise.resolve({ type: "inspected", inspection: Uint8Array.of(1, 2) });
  };
  const context = { pool: () => Promise.resolve({ inspect }) } as unknown as InspectContext;
  const { outputs } = await inspectStep.run({
    parameters: { activation: "tanh", scale: 255 },
    inputs: { dataset: memoryArtifact("data"), weights: memoryArtifact("weights") },
    context,
    earlier: null,
    checkpoint: () => Promise.resolve(),
  });
  return { asked, bytes: [...outputs.inspection as Uint8Array] };
}

Deno.test("a run whose worker dies is looked at again by another, three times at most; what a worker cannot do is not tried again", async () => {
  const died = new WorkerDiedError("the worker died: out of luck");
  assert.deepEqual(await inspect(), { asked: 1, bytes: [1, 2] });
  assert.deepEqual(await inspect(died, died), { asked: 3, bytes: [1, 2] });
  await assert.rejects(inspect(died, died, died), died);
  const impossible = new WorkerError("no room");
  await assert.rejects(inspect(impossible), impossible);
});
