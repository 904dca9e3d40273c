import assert from "node:assert/strict";
import type { PipelineEvent } from "../../../pipeline/progress/events.ts";
import { SweepProgress } from "../../../pipeline/progress/sweep_progress.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

/** The bar and the count after each run's end, in thousandths. */
function bars(events: readonly PipelineEvent[]): [bar: number, count: number][] {
  const plan = events.find((event) => event.type === "plan");
  assert.ok(plan);
  const progress = new SweepProgress(plan, 0);
  return events.flatMap((event) => {
    progress.handle(event, 0);
    if (event.type !== "run_end") return [];
    return [[Math.round(1000 * progress.fraction), Math.round(1000 * progress.done / plan.legs)]];
  });
}

Deno.test("where all runs are of one length, bar and count say the same, also of a sweep that goes on", () =>
  inTemporaryFolder(async (folder) => {
    const experiment = await tinyExperiment(folder);
    const sweep = (rates: number[]) =>
      sweepIn(folder, {
        config: { ...experiment, sweep: { parameters: { "train.learning_rate": rates } } },
        workers: 1,
      });
    await sweep([0.1, 0.2, 0.3]);
    const { code, err, events } = await sweep([0.1, 0.2, 0.3, 0.4, 1e250]);
    assert.equal(code, 0, err);
    // Of the two that are trained, one may have been trained when the end of the other is told.
    const [first, second, third, , last] = bars(events);
    assert.deepEqual([first, second, third, last], [[600, 600], [600, 600], [600, 600], [1000, 1000]]);
  }));

Deno.test("the bar of halving reaches its end when the last rung does, also where parts of rungs are stored", () =>
  inTemporaryFolder(async (folder) => {
    const experiment = await tinyExperiment(folder);
    const candidates = { method: "grid", parameters: { "train.learning_rate": [0.1, 0.2, 0.3, 0.4] } };
    const sweep = (seeds: number[]) =>
      sweepIn(folder, {
        config: {
          ...experiment,
          seeds,
          train: { ...experiment.train, epochs: 4 },
          sweep: { method: "halving", factor: 2, candidates },
        },
        workers: 1,
      });
    await sweep([0]);
    const { code, err, events } = await sweep([0, 1]);
    assert.equal(code, 0, err);
    const plan = events.find((event) => event.type === "plan");
    const ends = bars(events);
    const shares = ends.map(([bar]) => bar);
    assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
    // The last of 8 + 4 + 2 is of 2 of all 8 + 4 + 2 * 2 epochs.
    assert.deepEqual([plan?.runs, plan?.legs], [8, 14]);
    assert.deepEqual([shares.at(-2), shares.at(-1)], [875, 1000]);
  }));

Deno.test("halving that sweeps how many images there are plans the mean of all trials, and tells of each run its own", () =>
  inTemporaryFolder(async (folder) => {
    const candidates = { method: "grid", parameters: { "preprocess.limit": [100, 400] } };
    const { code, err, events } = await sweepIn(folder, {
      config: {
        name: "limits",
        dataset: "strokes",
        train: { epochs: 4, batch_size: 10 },
        model: { hidden: [10] },
        sweep: { method: "halving", factor: 2, min_epochs: 2, candidates },
      },
      workers: 1,
    });
    assert.equal(code, 0, err);
    const plan = events.find((event) => event.type === "plan");
    // A fifth is held out: 80 and 320 images an epoch, both for 2 epochs, then one of them for 2 more.
    assert.deepEqual([plan?.images, plan?.images_stored], [2 * 80 + 2 * 320 + 2 * 200, 0]);
    const starts = events.filter((event) => event.type === "run_start");
    const imagesOf = (trial: number) => [160, 640][trial];
    assert.deepEqual(starts.map(({ images }) => images), starts.map(({ trial }) => imagesOf(trial)));
    assert.equal(starts.length, 3);
  }));
