import assert from "node:assert/strict";
import { probeBatch, smallProbeBatch } from "../../../src/grade/batch.ts";
import { methodOf } from "../../../src/grade/mistakes/diagnose.ts";
import { FORWARD } from "../../../src/grade/mistakes/forward.ts";
import { gradients, step } from "../../../src/grade/reference/network.ts";
import type { Tensors } from "../../../src/grade/tensors.ts";
import { checkOf, gradeMade, lostPoints, made, strokesEngine } from "./made_submissions.ts";

// A network whose training applies softmax to probabilities, in fit() or backward() alone: forward propagation is right.

const METHOD = methodOf([FORWARD.softmax_twice.variants[0]]);

const named = (prefix: string, tensors: Tensors) =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, array]) => [prefix + name, { ...array, dtype: "<f8" }]),
  );

Deno.test("the training loss of a softmax that is applied twice in the training alone is charged with the gradients, and what keeps the network from learning is said", async () => {
  await using engine = await strokesEngine();
  const gradeOf = async (shifted: number) => {
    const submission = await made(({ probe, manifest, history, weights }) => {
      assert.ok(probe && manifest && history && weights);
      const asked = { activation: manifest.activation, reduction: "mean", learningRate: 0.1 } as const;
      const count = history.rows.length;
      return {
        probe: {
          ...probe,
          ...named("d", gradients(probeBatch(), asked, METHOD)),
          ...named("small_d", gradients(smallProbeBatch(), asked, METHOD)),
          ...named("new_", step(probeBatch(), asked, METHOD)),
        },
        // Of a softmax of probabilities no loss is below 1.46.
        history: {
          header: ["epoch", "train_loss", "val_loss"],
          rows: history.rows.map((row, i) => [row[0], `${2.2 - 0.5 * (i + 1) / count}`, row[2]]),
        },
        weights: {
          ...weights,
          B3: { ...weights.B3, data: weights.B3.data.map((b, i) => i === 3 ? b + shifted : b) },
        },
        predictions: null,
        misclassified: null,
      };
    });
    return await gradeMade(submission, { engine });
  };
  const grade = await gradeOf(0);
  const { gradcheck, history = 0 } = lostPoints(grade);
  assert.deepEqual([gradcheck, checkOf(grade, "gradcheck").mistakes], [13, ["softmax_twice"]]);
  assert.match(checkOf(grade, "gradcheck").reason, /Forward propagation alone gives the right probabilities/);
  assert.equal(history, 0, checkOf(grade, "history").reason);
  assert.match(checkOf(await gradeOf(5), "band").hint ?? "", /backpropagation/);
});
