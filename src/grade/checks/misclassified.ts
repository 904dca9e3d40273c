import { missingFile } from "../answers/answers.ts";
import type { ProgramAnswers } from "../answers/program_answers.ts";
import { readMisclassified, readPredictions } from "../answers/read_tables.ts";
import type { GradingContext } from "../grading_context.ts";
import { graded, notGraded, type Outcome, unanswered } from "../outcome.ts";
import { counted } from "../show_number.ts";
import { defineCheck } from "./check.ts";

/** What the function is asked with: the indices 1, 4 and 7 differ. */
const PREDICTIONS = [3, 1, 4, 1, 5, 9, 2, 6, 5];
const LABELS = [3, 0, 4, 1, 7, 9, 2, 0, 5];

/** Fewer right than this look like chance. */
const LEAST = 0.5;

/** Images that rounding may decide. */
const FEW = 2;

export const misclassified = defineCheck({
  kind: "misclassified",
  about: "The wrongly classified images are found, all and no others.",
  settings: {},
  run: (_, context) => context.program === null ? judgeFile(context) : judgeFunction(context.program),
});

async function judgeFunction(program: ProgramAnswers): Promise<Outcome> {
  const answer = await program.misclassified({ predictions: PREDICTIONS, labels: LABELS });
  if (answer.status !== "ok") return unanswered(answer);
  const expected = PREDICTIONS.flatMap((label, i) => label === LABELS[i] ? [] : [i]);
  return judgeIndices(answer.value, expected);
}

async function judgeFile(context: GradingContext): Promise<Outcome> {
  const { submission } = context;
  if (submission.misclassified === null) return unanswered(missingFile(submission, "misclassified.csv"));
  const rows = readMisclassified(submission.misclassified);
  if (!rows.ok) return unanswered({ status: "invalid", message: rows.reason });
  const dataset = await context.dataset();
  if (!dataset.ok) return notGraded(dataset.reason);
  const { testLabels } = dataset.value;
  const predictions = await predictionsOf(context, testLabels.length);
  if ("status" in predictions) return predictions;
  const expected = Array.from(testLabels.keys()).filter((i) => predictions[i] !== testLabels[i]);
  // A row whose classes are wrong does not name the image's mistake.
  const named = rows.value.filter(({ index, predicted, label }) =>
    index < testLabels.length && predicted === predictions[index] && label === testLabels[index]
  );
  const wrong = rows.value.length - named.length;
  const outcome = judgeIndices(named.map(({ index }) => index), expected, wrong);
  if (wrong === 0) return outcome;
  const remark = `${counted(wrong, "row has", "rows have")} a wrong class or index.`;
  return { ...outcome, reason: `${outcome.reason} ${remark}` };
}

/** The predictions handed in, if they are those of the weights to a few images; those of the weights, if there are none or they are not. */
export async function predictionsOf(
  context: GradingContext,
  count: number,
): Promise<ArrayLike<number> | Outcome> {
  const handedIn = readPredictions(context.submission.predictions);
  const usable = handedIn.ok && handedIn.value.length === count ? handedIn.value : null;
  const evaluated = await context.evaluated();
  if ("status" in evaluated) return usable ?? evaluated;
  const { predictions } = evaluated.test;
  const different = usable?.filter((label, i) => label !== predictions[i]).length ?? Infinity;
  return usable !== null && different <= FEW ? usable : predictions;
}

/** Points by the share of right indices among all that are expected or found. */
function judgeIndices(found: readonly number[], expected: readonly number[], wrong = 0): Outcome {
  const wanted = new Set(expected);
  const right = [...new Set(found)].filter((index) => wanted.has(index)).length;
  const besides = found.length - right;
  const all = expected.length + besides + wrong;
  const reason = `${right} of ${counted(expected.length, "misclassified image")} found, ${besides} besides.`;
  if (right === all) return graded(1, reason);
  const share = right / all;
  return graded(share >= LEAST ? share : 0, reason, {
    hint: "Compare predictions with labels and list every index at which they differ, once.",
  });
}
