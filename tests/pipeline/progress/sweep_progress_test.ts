import assert from "node:assert/strict";
import { SweepProgress } from "../../../pipeline/progress/sweep_progress.ts";
import { epoch, plan, runEnd, runStart } from "./sample_events.ts";

Deno.test("progress goes by images, since runs differ in length", () => {
  const progress = new SweepProgress(plan({ runs: 2, images: 4000 }), 0);
  assert.equal(progress.fraction, 0);
  progress.handle(runStart({ epochs: 10, images: 3000 }), 0);
  progress.handle(epoch({ images: 300 }), 1);
  assert.equal(progress.fraction, 300 / 4000);
  progress.handle(epoch({ epoch: 2, images: 300 }), 2);
  assert.equal(progress.fraction, 600 / 4000);
  assert.equal(progress.done, 0);
});

Deno.test("a bar is full only when every leg is done, and not when its last epoch is", () => {
  const progress = new SweepProgress(plan({ runs: 1, images: 1000 }), 0);
  progress.handle(runStart({ epochs: 10, images: 1000 }), 0);
  for (let i = 1; i <= 10; i++) progress.handle(epoch({ epoch: i, images: 100 }), i);
  assert.equal(progress.fraction, 0.999);
  assert.notEqual(progress.secondsLeft(10), null);
  progress.handle(runEnd(), 11);
  assert.equal(progress.fraction, 1);
});

Deno.test("stored runs count as done whether or not each of them is told", () => {
  const progress = new SweepProgress(plan({ runs: 4, cached: 2, images: 2000 }), 0);
  assert.equal(progress.done, 2);
  progress.handle(runEnd({ worker: null, cached: true }), 0);
  assert.equal(progress.done, 2);
  progress.handle(runEnd({ worker: null, trial: 1, cached: true }), 0);
  progress.handle(runEnd({ trial: 2 }), 1);
  progress.handle(runEnd({ trial: 3, status: "failed" }), 1);
  assert.equal(progress.done, 4);
  assert.equal(progress.fraction, 1);
  assert.deepEqual(progress.ended, {
    ok: 1,
    diverged: 0,
    failed: 1,
    cached: { ok: 2, diverged: 0, failed: 0 },
  });
});

Deno.test("a sweep that is resumed counts what is stored in its bar too, and a run that goes on no epoch twice", () => {
  const progress = new SweepProgress(plan({ runs: 24, cached: 18, images: 5600, images_stored: 18_400 }), 0);
  assert.equal(progress.done, 18);
  assert.equal(progress.fraction, 18_400 / 24_000);
  // From epoch 4 on; its worker dies after epoch 6, and it is tried again from there.
  progress.handle(runStart({ epochs: 10, images: 600 }), 0);
  assert.equal(progress.fraction, 18_400 / 24_000);
  progress.handle(epoch({ epoch: 5 }), 1);
  progress.handle(epoch({ epoch: 6 }), 2);
  assert.equal(progress.fraction, 18_600 / 24_000);
  progress.handle(runStart({ epochs: 10, images: 600, worker: 1 }), 2);
  progress.handle(epoch({ epoch: 6, worker: 1 }), 3);
  assert.equal(progress.fraction, 18_600 / 24_000);
  progress.handle(runEnd({ worker: 1 }), 4);
  assert.equal(progress.fraction, 19_000 / 24_000);
  // One that was trained but not evaluated, and one that diverged before its first epoch was told.
  progress.handle(runStart({ trial: 1, worker: null, images: 0 }), 4);
  progress.handle(runEnd({ trial: 1, worker: null }), 4);
  assert.equal(progress.fraction, 19_000 / 24_000);
  progress.handle(runStart({ trial: 2 }), 4);
  progress.handle(runEnd({ trial: 2, status: "diverged" }), 5);
  assert.equal(progress.fraction, 20_000 / 24_000);
});

Deno.test("a sweep of stored runs alone is done from the start", () => {
  const progress = new SweepProgress(plan({ cached: 4, images: 0 }), 0);
  assert.equal(progress.fraction, 1);
  assert.equal(progress.secondsLeft(0), 0);
});

Deno.test("what a diverged run will never train is taken off the time left", () => {
  const progress = new SweepProgress(plan({ runs: 2, images: 2000 }), 0);
  progress.handle(runStart({ epochs: 10 }), 0);
  progress.handle(epoch({ epoch: 1, images: 100 }), 1);
  progress.handle(epoch({ epoch: 2, images: 100 }), 2);
  assert.equal(progress.secondsLeft(2), 18);
  progress.handle(runEnd({ status: "diverged", test_accuracy: null }), 2);
  assert.equal(progress.fraction, 0.5);
  assert.equal(progress.secondsLeft(2), 10);
  assert.equal(progress.trainedImages, 200);
});

Deno.test("the time left is unknown before the first epoch and counts down between epochs", () => {
  const progress = new SweepProgress(plan({ images: 1000 }), 10);
  assert.equal(progress.imagesPerSecond, null);
  assert.equal(progress.secondsLeft(11), null);
  progress.handle(runStart(), 10);
  progress.handle(epoch({ images: 100 }), 12);
  assert.equal(progress.imagesPerSecond, 50);
  assert.equal(progress.secondsLeft(12), 18);
  assert.equal(progress.secondsLeft(15), 15);
  assert.equal(progress.secondsLeft(99), 0);
});

Deno.test("throughput follows a change of speed after half a minute, but never from fewer than two epochs a worker", () => {
  const progress = new SweepProgress(plan({ workers: 1, images: 1e6 }), 0);
  progress.handle(runStart({ epochs: 1000 }), 0);
  let time = 0;
  for (let i = 0; i < 60; i++) progress.handle(epoch({ images: 100 }), time += 1);
  assert.equal(progress.imagesPerSecond, 100);
  for (let i = 0; i < 31; i++) progress.handle(epoch({ images: 1000 }), time += 1);
  assert.equal(progress.imagesPerSecond, 1000);
  progress.handle(epoch({ images: 1000 }), time += 100);
  progress.handle(epoch({ images: 1000 }), time += 100);
  assert.equal(progress.imagesPerSecond, 10);
});

Deno.test("a worker shows its run until it ends, then is idle", () => {
  const progress = new SweepProgress(plan({ workers: 2 }), 0);
  const trialsAndEpochs = () =>
    progress.workers.map((worker) => worker && [worker.start.trial, worker.epoch?.epoch ?? null]);
  assert.deepEqual(trialsAndEpochs(), [null, null]);
  progress.handle(runStart({ worker: 1, trial: 3 }), 0);
  assert.deepEqual(trialsAndEpochs(), [null, [3, null]]);
  progress.handle(epoch({ worker: 1, trial: 3, epoch: 4 }), 1);
  assert.deepEqual(trialsAndEpochs(), [null, [3, 4]]);
  progress.handle(runEnd({ worker: 1, trial: 3 }), 2);
  assert.deepEqual(trialsAndEpochs(), [null, null]);
});

Deno.test("a worker that takes its next run before the end of the last one is told is not idle", () => {
  const progress = new SweepProgress(plan({ runs: 2, workers: 1, images: 400 }), 0);
  progress.handle(runStart({ trial: 0, epochs: 2 }), 0);
  progress.handle(epoch({ trial: 0, epoch: 1 }), 1);
  progress.handle(epoch({ trial: 0, epoch: 2 }), 2);
  progress.handle(runStart({ trial: 1, epochs: 2 }), 2);
  progress.handle(runEnd({ trial: 0 }), 2);
  assert.equal(progress.workers[0]?.start.trial, 1);
  assert.equal(progress.fraction, 0.5);
  assert.equal(progress.done, 1);
});
