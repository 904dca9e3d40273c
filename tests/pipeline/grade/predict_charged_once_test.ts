import assert from "node:assert/strict";
import { trainedNetwork } from "../../../src/grade/answers/trained_network.ts";
import { probeBatch } from "../../../src/grade/batch.ts";
import { gradeMessages } from "../../../src/grade/messages/messages.ts";
import type { MistakeId } from "../../../src/grade/messages/mistakes_en.ts";
import { forward } from "../../../src/grade/reference/network.ts";
import type { GradeTensor } from "../../../src/grade/student_program.ts";
import { checkOf, gradeMade, lostPoints, made, strokesEngine } from "./made_submissions.ts";

// A predict() that is wrong, with files that it gave: of the published batch and of the test images.
const ORDER = (row: readonly number[]) => [...row.keys()].sort((a, b) => row[b] - row[a]);
const PREDICT: Readonly<Record<string, (row: readonly number[]) => number>> = {
  least_probable: (row) => ORDER(row)[row.length - 1],
  predictions_one_too_large: (row) => ORDER(row)[0] + 1,
  predictions_one_too_small: (row) => ORDER(row)[0] - 1,
};

const rowsOf = ({ shape: [rows, C], data }: GradeTensor) =>
  Array.from({ length: rows }, (_, i) => [...data.subarray(i * C, (i + 1) * C)]);

Deno.test("a predict() that takes another class than the most probable one is charged for the published batch, and not for the test images again", async () => {
  await using engine = await strokesEngine();
  const dataset = await engine.dataset("strokes");
  assert.ok(dataset.ok);
  for (const [id, predict] of Object.entries(PREDICT)) {
    const submission = await made(({ weights, probe, manifest }) => {
      assert.ok(weights && probe && manifest);
      const { activation } = manifest;
      const network = trainedNetwork(
        { parameters: weights, activation, predictions: null },
        dataset.value,
        gradeMessages("en").files,
      );
      assert.ok(network.ok);
      const labels = rowsOf(dataset.value.logits(network.value, "test")).map(predict);
      const few = rowsOf(forward(probeBatch(), activation).probabilities).map(predict);
      return {
        probe: { ...probe, predictions: { shape: [few.length], data: Float64Array.from(few), dtype: "<f8" } },
        predictions: { header: ["index", "label"], rows: labels.map((label, i) => [`${i}`, `${label}`]) },
        misclassified: null,
      };
    });
    const grade = await gradeMade(submission, { engine });
    const { argmax, recompute } = lostPoints(grade);
    assert.deepEqual([argmax, recompute], [8, undefined], `${id}: ${checkOf(grade, "recompute").reason}`);
    assert.deepEqual(checkOf(grade, "argmax").mistakes, [id as MistakeId]);
  }
});
