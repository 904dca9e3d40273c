import { z } from "zod";
import { hasValidationLoss, readHistory } from "../answers/read_tables.ts";
import { differing } from "../answers/differing.ts";
import type { Evaluated, GradingContext } from "../grading_context.ts";
import type { GradeMessages } from "../messages/messages.ts";
import type { Mistake, Place } from "../mistakes/mistake.ts";
import { predictedWrongly } from "../mistakes/predict.ts";
import { graded } from "../outcome.ts";
import { showNumber } from "../show_number.ts";
import { sayProblem } from "../submission.ts";
import { defineCheck } from "./check.ts";
import { carriedOver, explain, hintOf, titlesOf } from "./judge_tensors.ts";
import { givenOwnLoss } from "./loss_scale.ts";

type Texts = GradeMessages["files"];

interface Part {
  readonly right: boolean;
  readonly reason: string;
  /** The losses that are not the same. */
  readonly compared?: { readonly found: number; readonly expected: number };
  /** Whether they are those that the student's own softmax gives. */
  readonly ofOwnSoftmax?: boolean;
  /** What explains them. */
  readonly mistake?: Mistake | null;
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
    const t = context.t.files;
    const { test, right, softmax, other } = evaluated;
    const predictions = comparePredictions(evaluated, images, t);
    const loss = context.program === null ? compareLoss(evaluated, context, loss_rtol) : null;
    const ranOwnSoftmax = test !== right || loss?.ofOwnSoftmax === true;
    const mistakes = [...evaluated.mistakes, ...ranOwnSoftmax ? softmax?.mistakes ?? [] : []];
    const titles = titlesOf(mistakes, context.t);
    // Predictions that the weights do not give are no small slip: nothing is left of the claim.
    const fraction = !predictions.right ? 0 : loss === null || loss.right ? 1 : LOSS_LOST;
    const named = predictions.right || other === null ? [] : [other.mistake];
    const hint = hintOf(named, context.t) ??
      (predictions.right && loss !== null && !loss.right && context.validation().kind === "seed"
        ? [t.recomputeHint, t.splitHint].join(context.t.checks.space)
        : t.recomputeHint);
    const outcome = graded(
      fraction,
      [
        predictions.reason,
        ...explain(named, context.t),
        ...(loss === null ? [] : [loss.reason]),
        ...(mistakes.length === 0 ? [] : [t.runAsOwn(titles)]),
      ].join(context.t.checks.space),
      { hint: fraction < 1 ? hint : null, mistakes: named, place: predictions.right ? null : "saved" },
    );
    const predict = predictions.right ? null : predictMistake(evaluated, images);
    if (predict !== null) return carriedOver([predict], outcome, context.t);
    // What a notebook gives is of one run: what is wrong with it was made in predict(), or where losses are noted down.
    if (fraction < 1 && isOfOneRun(context)) {
      const { predict, curve } = context.t.checks.follows;
      const followed = (place: Place, text: string) =>
        graded(1, [outcome.reason, text].join(context.t.checks.space), {
          follows: [place],
          otherwise: outcome,
        });
      if (!predictions.right && context.lostPlaces.has("predict")) return followed("predict", predict);
      if (fraction === LOSS_LOST && loss?.mistake == null && !context.chargedPlaces.has("loss")) {
        return followed("history", curve);
      }
    }
    const mistake = fraction === LOSS_LOST ? loss?.mistake ?? null : null;
    if (mistake !== null) return carriedOver([mistake], outcome, context.t);
    // Only the loss is wrong: perhaps as the student's own loss is, which another check charges.
    return fraction === LOSS_LOST && loss?.compared !== undefined
      ? await givenOwnLoss(outcome, { context, ...loss.compared })
      : outcome;
  },
});

/** Whether weights, predictions and losses are what a notebook gave that was run here. */
function isOfOneRun({ submission: { notebook } }: GradingContext): boolean {
  return notebook !== undefined && !notebook.called && notebook.kept.length === 0;
}

/** The mistake of predict() that makes the predictions handed in of the weights; null where none does. */
function predictMistake(
  { answer: { predictions }, network, dataset }: Evaluated,
  allowed: number,
): Mistake | null {
  if (predictions === null || predictions.length !== dataset.testLabels.length) return null;
  return predictedWrongly(predictions, dataset.logits(network, "test"), allowed);
}

function comparePredictions(
  { answer: { predictions, noPredictions }, test, dataset: { testLabels } }: Evaluated,
  allowed: number,
  t: Texts,
): Part {
  const count = testLabels.length;
  const accuracy = showNumber(100 * test.accuracy);
  if (predictions === null) {
    return {
      right: false,
      reason: t.noPredictions(accuracy, count, noPredictions ?? t.noFile("predictions.csv")),
    };
  }
  if (predictions.length !== count) {
    return { right: false, reason: t.predictionsCount(count, predictions.length) };
  }
  const different = differing(predictions, test.predictions);
  if (different <= allowed) return { right: true, reason: t.predictionsAgree(accuracy, count, different) };
  const claimed = predictions.filter((label, i) => label === testLabels[i]).length / count;
  return {
    right: false,
    reason: t.predictionsDiffer({
      accuracy,
      count,
      claimed: showNumber(100 * claimed),
      different,
      allowed,
    }),
  };
}

/** The last val_loss of history.csv against the weights' on the images that were set aside; it costs nothing where there is none to compare. */
function compareLoss(evaluated: Evaluated, context: GradingContext, rtol: number): Part | null {
  const { submission, t: { files: t } } = context;
  const images = context.validation();
  if (images.kind === "none") return null;
  // The learning curve is charged where it is graded.
  const problem = submission.problems.find(({ file }) => file === "history.csv");
  if (problem !== undefined) return { right: true, reason: t.lossNotRead(sayProblem(problem, context.t)) };
  if (submission.history === null) return { right: true, reason: t.noValidationLoss };
  const history = readHistory(submission.history, t);
  if (!hasValidationLoss(submission.history)) {
    return { right: true, reason: history.ok ? t.noValidationLoss : t.lossNotRead(history.reason) };
  }
  if (!history.ok) return { right: false, reason: t.lossNotComparable(history.reason) };
  const claimed = history.value.at(-1)?.val_loss ?? NaN;
  const loss = context.validationLoss(evaluated);
  if (loss === null) {
    if (!Number.isFinite(claimed)) return { right: false, reason: t.lossNotFinite(showNumber(claimed)) };
    const why = images.kind === "unknown" ? images.reason : null;
    return { right: true, reason: t.splitUnknown(showNumber(evaluated.test.loss), showNumber(claimed), why) };
  }
  const how = context.isValidationLoss(evaluated, claimed, rtol);
  return {
    right: how === "exactly" || how === "clipped" || how === "own",
    compared: { found: claimed, expected: loss },
    ofOwnSoftmax: how === "own",
    mistake: how === "shifted" ? evaluated.shifted : null,
    reason: how === "exactly" || how === "own"
      ? t.lossAgrees(showNumber(Math.abs(claimed - loss) <= rtol * Math.abs(loss) ? loss : claimed))
      : how === "clipped"
      ? t.lossClipped(showNumber(claimed), showNumber(loss))
      : t.lossDiffers(showNumber(loss), showNumber(claimed), showNumber(100 * rtol)),
  };
}
