import assert from "node:assert/strict";
import type { Exhibits } from "../../src/grade/exhibits.ts";
import type { GradeEngine } from "../../src/grade/engine.ts";
import { gradeSubmission } from "../../src/grade/grade_submission.ts";
import { manifestSchema } from "../../src/grade/manifest.ts";
import type { CsvTable, Submission } from "../../src/grade/submission.ts";
import { FAKE_ENGINE } from "./fake_engine.ts";
import { shippedRubric } from "./sample_class.ts";

const table = (header: string, rows: readonly (readonly (string | number)[])[]): CsvTable => ({
  header: header.split(","),
  rows: rows.map((row) => row.map(String)),
});

async function exhibits(more: Partial<Submission>, engine: GradeEngine = FAKE_ENGINE): Promise<Exhibits> {
  const submission: Submission = {
    name: "s1",
    sha256: "0".repeat(64),
    files: [],
    manifest: manifestSchema.parse({ schema: 1, student: "s1", track: "artifact", epochs: 3 }),
    source: null,
    predictions: null,
    history: null,
    misclassified: null,
    weights: null,
    probe: null,
    problems: [],
    ...more,
  };
  const grade = await gradeSubmission(submission, {
    rubric: { ...await shippedRubric("en"), require: {} },
    engine,
    program: null,
  });
  return grade.exhibits!;
}

Deno.test("the misclassified images are those of the predictions and the test labels, whatever misclassified.csv says", async () => {
  const { wrong } = await exhibits({
    predictions: table("index,label", Array.from({ length: 10 }, (_, i) => [i, i === 4 || i === 7 ? 5 : 3])),
    misclassified: table("index,predicted,label", Array.from({ length: 10_000 }, (_, i) => [i, 1, 2])),
  });
  assert.deepEqual(wrong?.images.map(({ index, predicted, label }) => [index, predicted, label]), [
    [4, 5, 3],
    [7, 5, 3],
  ]);
  assert.deepEqual([wrong?.tested, wrong?.count, wrong?.images[0].pixels.length], [10, 2, 784]);
});

Deno.test("the learning curve is the file's, its numbers that are none left out, beside ours", async () => {
  const history = table("epoch,train_loss,val_loss", [[1, 2, 1], [2, "nan", 0.5], [3, "1e999", 0.4]]);
  const { curve } = await exhibits({ history });
  assert.deepEqual(curve?.own.map(({ epoch, train_loss, val_loss }) => [epoch, train_loss, val_loss]), [
    [1, 2, 1],
    [2, null, 0.5],
    [3, null, 0.4],
  ]);
  assert.deepEqual(curve?.ours?.map(({ epoch }) => epoch), [1, 2, 3]);
});

Deno.test("a long history is cut, and a run of ours that fails leaves the student's alone", async () => {
  const history = table("epoch,train_loss,val_loss", Array.from({ length: 50_000 }, (_, i) => [i + 1, 1, 1]));
  const engine = { ...FAKE_ENGINE, trace: () => Promise.reject(new TypeError("oops")) };
  const { curve, wrong } = await exhibits({ history }, engine);
  assert.deepEqual([curve?.own.length, curve?.ours, wrong], [2000, null, null]);
});
