import assert from "node:assert/strict";
import type { GradeDataset, GradeEngine } from "../../../src/grade/engine.ts";
import { forward } from "../../../src/grade/reference/network.ts";
import { probeBatch } from "../../../src/grade/batch.ts";
import type { SubmittedArray } from "../../../src/grade/submission.ts";
import { FORWARD } from "../../../src/grade/mistakes/forward.ts";
import { RIGHT } from "../../../src/grade/reference/method.ts";
import { tensor } from "../../../src/grade/tensors.ts";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { FAKE_ENGINE } from "../fake_engine.ts";
import { check, history } from "./check_of_files.ts";

// Where points begin and end: on both sides of each bound.

const PERFECT = new URL("../submissions/perfect-artifact", import.meta.url).pathname;

const array = (shape: number[], value: (i: number) => number): SubmittedArray => ({
  ...tensor(shape, value),
  dtype: "<f8",
});

const { probabilities } = forward(probeBatch(), "tanh");
const [rows, classes] = probabilities.shape;
const largest = ({ data }: { data: Float64Array }) =>
  Array.from({ length: rows }, (_, i) => {
    const row = data.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
const right = largest(probabilities);

const argmaxOf = (probe: Record<string, SubmittedArray>) => check("argmax", { probe });

Deno.test("predictions at chance get nothing, and of more than half right ones their share", async () => {
  const withRight = (count: number) =>
    array([rows], (i) => i < count ? right[i] : (right[i] + 1 + i % 8) % classes);
  for (
    const [count, share] of [[rows, 1], [0.6 * rows, 0.6], [0.5 * rows, 0.5], [0.5 * rows - 1, 0], [2, 0]]
  ) {
    const { points, max, reason } = await argmaxOf({ predictions: withRight(count) });
    assert.equal(points, share * max, `${count}: ${reason}`);
  }
});

Deno.test("a mistake in the probabilities excuses the predictions that follow them, and no others", async () => {
  const [variant] = FORWARD.softmax_wrong_axis.variants;
  const own = forward(probeBatch(), "tanh", { ...RIGHT, ...variant }).probabilities;
  const followed = largest(own);
  assert.notDeepEqual(followed, right);
  // The others are right, so that the mistake is charged where it is made.
  const probe = {
    ...(await openSubmission(PERFECT)).probe,
    probabilities: array([rows, classes], (i) => own.data[i]),
  };
  const follows = await argmaxOf({ ...probe, predictions: array([rows], (i) => followed[i]) });
  assert.equal(follows.points, follows.max, follows.reason);
  const neither = await argmaxOf({
    ...probe,
    predictions: array([rows], (i) => (right[i] + 1 + i % 8) % classes),
  });
  assert.equal(neither.points, 0, neither.reason);
});

const WEIGHTS = Object.fromEntries(
  [784, 8, 8].flatMap((below, l) => {
    const above = [8, 8, 10][l];
    return [[`W${l + 1}`, array([below, above], () => 0)], [`B${l + 1}`, array([above], () => 0)]] as const;
  }),
);

Deno.test("as many predictions as the rubric says may differ from those of the weights, and no more", async () => {
  const points = async (different: number) => {
    const labels = Array.from({ length: 10 }, (_, i) => [String(i), i < different ? "5" : "3"]);
    const predictions = { header: ["index", "label"], rows: labels };
    return (await check("recompute", { weights: WEIGHTS, predictions }, { manifest: { hidden: [8, 8] } }))
      .points;
  };
  assert.deepEqual([await points(0), await points(2), await points(3)], [8, 8, 0]);
});

Deno.test("epochs that are not 1, 2, 3 and so on lose the points of the form", async () => {
  const points = async (epochs: string[]) => {
    const { header, rows } = history("0.3", "0.2");
    return (await check("history", {
      history: { header, rows: rows.map(([, ...losses], i) => [epochs[i], ...losses]) },
    }))
      .points;
  };
  assert.equal(await points(["1", "2", "3"]), 8);
  // Losses of other epochs than ours are none of ours.
  assert.equal(await points(["7", "8", "9"]), 0);
});

/** The band of runs that reach these accuracies, null where one diverged, for a network that reaches `found` and predicts so. */
async function band(accuracies: readonly (number | null)[], found: number, predictions: number) {
  const dataset = await FAKE_ENGINE.dataset("mnist");
  assert.ok(dataset.ok);
  const value: GradeDataset = {
    ...dataset.value,
    evaluate: () => ({ loss: 0.1, accuracy: found, predictions: new Uint8Array(10).fill(predictions) }),
  };
  const engine: GradeEngine = {
    ...FAKE_ENGINE,
    dataset: () => Promise.resolve({ ok: true, value }),
    runs: () =>
      Promise.resolve({
        ok: true,
        value: accuracies.map((test_accuracy, seed) => ({ seed, test_accuracy, test_loss: 0.2 })),
      }),
  };
  return await check("band", { weights: WEIGHTS }, { engine, manifest: { hidden: [8, 8] } });
}

Deno.test("labels that are off by one have no points for being near the band", async () => {
  const near = [0.6, 0.6001, 0.6002, 0.6001, 0.6];
  const other = await band(near, 0.595, 9);
  assert.ok(other.points > 0 && other.points < 8, other.reason);
  const shifted = await band(near, 0.595, 4);
  assert.deepEqual([shifted.points, shifted.mistakes], [0, ["labels_one_too_large"]]);
});

Deno.test("a band is made of two runs at least: where the others diverged, nothing is graded", async () => {
  const { status, reason } = await band([0.9, null, null, null, null], 0.9, 3);
  assert.equal(status, "not_graded");
  assert.match(reason, /4 of 5/);
  assert.notEqual((await band([0.9, 0.91, null, null, null], 0.9, 3)).status, "not_graded");
});
