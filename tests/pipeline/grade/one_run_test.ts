import assert from "node:assert/strict";
import type { Submission } from "../../../src/grade/submission.ts";
import { NOTEBOOK } from "../../grade/made_probe.ts";
import { checkOf, gradeMade, lostPoints, made, manifestWith, strokesEngine } from "./made_submissions.ts";

// One mistake in a notebook's predict(), or in how it notes validation losses, that several checks see.

const halved = ({ history }: Submission) => {
  assert.ok(history);
  const rows = history.rows.map(([epoch, train, validation]) => [epoch, train, `${Number(validation) / 2}`]);
  return { history: { ...history, rows } };
};

const otherClasses = ({ predictions, probe }: Submission) => {
  assert.ok(predictions && probe);
  const other = (label: number) => 7 * label % 10;
  const rows = predictions.rows.map(([index, label]) => [index, `${other(Number(label))}`]);
  const few = { ...probe.predictions, data: probe.predictions.data.map(other) };
  return {
    predictions: { ...predictions, rows },
    probe: { ...probe, predictions: few },
    misclassified: null,
  };
};

Deno.test("of a notebook validation losses that are none cost points in the learning curve alone, and a predict() that is wrong with the predicted classes", async () => {
  await using engine = await strokesEngine();
  for (const [change, check] of [[halved, "history"], [otherClasses, "argmax"]] as const) {
    const grade = async (more: Partial<Submission>) => {
      const submission = await made((perfect) => ({
        ...manifestWith(perfect, { unstated: [] }),
        ...change(perfect),
      }));
      return await gradeMade({ ...submission, ...more }, { engine });
    };
    const run = await grade({ notebook: NOTEBOOK });
    assert.equal(lostPoints(run).recompute, undefined, checkOf(run, "recompute").reason);
    assert.ok(lostPoints(run)[check] > 0);
    // Files may be of several runs, or claimed.
    assert.ok(lostPoints(await grade({ notebook: undefined })).recompute > 0);
  }
});
