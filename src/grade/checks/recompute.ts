import { z } from "zod";
import { readHistory } from "../answers/read_tables.ts";
import type { Evaluated, GradingContext } from "../grading_context.ts";
import { graded } from "../outcome.ts";
import { counted, showNumber } from "../show_number.ts";
import { defineCheck } from "./check.ts";
import { givenOwnLoss } from "./loss_scale.ts";

interface Part {
  readonly right: boolean;
  readonly reason: string;
  /** The losses that are not the same. */
  readonly compared?: { readonly found: number; readonly expected: number };
}

/** What is left where only the loss is wrong. */
const LOSS_LOST = 0.5;

export const recompute = defineCheck({
  kind: "recompute",
  about: "The weights give the predictions and the validation loss that were handed in.",
  settings: {
    images: z.int().min(0).default(2).describe(
      "How many predictions may differ: rounding decides between classes that are as probable.",
    ),
    loss_rtol: z.number().positive().max(1).default(0.02).describe(
      "How far the last validation loss may be off.",
    ),
  },
  evaluates: true,
  async run({ images, loss_rtol }, context) {
    const evaluated = await context.evaluated();
    if ("status" in evaluated) return evaluated;
    const predictions = comparePredictions(evaluated, images);
    const loss = context.program === null ? compareLoss(evaluated, context, loss_rtol) : null;
    // Predictions that the weights do not give are no small slip: nothing is left of the claim.
    const fraction = !predictions.right ? 0 : loss === null || loss.right ? 1 : LOSS_LOST;
    const outcome = graded(
      fraction,
      [predictions.reason, ...(loss === null ? [] : [loss.reason])].join(" "),
      {
        hint: fraction < 1
          ? "Save weights, predictions and history at the end of the same run, and read the weights back to check."
          : null,
      },
    );
    // Only the loss is wrong: perhaps as the student's own loss is, which another check charges.
    return fraction === LOSS_LOST && loss?.compared !== undefined
      ? await givenOwnLoss(outcome, { context, ...loss.compared })
      : outcome;
  },
});

function comparePredictions({ answer: { predictions }, test, dataset }: Evaluated, allowed: number): Part {
  const { testLabels } = dataset;
  const accuracy = `The weights classify ${showNumber(100 * test.accuracy)} % of ${
    counted(testLabels.length, "test image")
  } rightly`;
  if (predictions === null) {
    return { right: false, reason: `${accuracy}; there are no readable predictions.` };
  }
  if (predictions.length !== testLabels.length) {
    return {
      right: false,
      reason: `There must be one prediction for each of ${
        counted(testLabels.length, "test image")
      }, found ${predictions.length}.`,
    };
  }
  const different = predictions.filter((label, i) => label !== test.predictions[i]).length;
  if (different <= allowed) {
    return { right: true, reason: `${accuracy}, and give the predictions handed in.` };
  }
  const claimed = predictions.filter((label, i) => label === testLabels[i]).length / testLabels.length;
  return {
    right: false,
    reason: `${accuracy}, but the predictions handed in are right for ${
      showNumber(100 * claimed)
    } % and differ in ${counted(different, "image")}, more than ${allowed}.`,
  };
}

/** The last val_loss of history.csv against the weights' on the images that the manifest's split sets aside. */
function compareLoss(
  { network, dataset }: Evaluated,
  { submission, manifest }: GradingContext,
  rtol: number,
): Part | null {
  const validation = dataset.validate(network, { validation: manifest.split, seed: manifest.seeds.split });
  if (validation === null) return null;
  const history = readHistory(submission.history);
  if (!history.ok) {
    return { right: false, reason: `Their validation loss cannot be compared: ${history.reason}.` };
  }
  const claimed = history.value.at(-1)?.val_loss ?? NaN;
  const right = Math.abs(claimed - validation.loss) <= rtol * Math.abs(validation.loss);
  const loss = `Their validation loss is ${showNumber(validation.loss)}`;
  return {
    right,
    compared: { found: claimed, expected: validation.loss },
    reason: right
      ? `${loss}, as history.csv says.`
      : `${loss}, but history.csv ends with ${showNumber(claimed)}, further off than ${
        showNumber(100 * rtol)
      } %.`,
  };
}
