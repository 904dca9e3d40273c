import { LEAST_EPSILON, log, MOST_EPSILON } from "../reference/functions.ts";
import type { GradeTensor } from "../student_program.ts";
import { tensor } from "../tensors.ts";
import { diagnose } from "../mistakes/diagnose.ts";
import { graded, unanswered } from "../outcome.ts";
import { RIGHT } from "../reference/method.ts";
import { defineCheck, rtolSetting } from "./check.ts";
import { explain, hintOf } from "./judge_tensors.ts";

/** The cross-entropy is that of our reference, for our probabilities or the student's own. */
export const value = defineCheck({
  kind: "value",
  about: "The cross-entropy is that of our reference.",
  settings: { rtol: rtolSetting(1e-4) },
  async run({ rtol }, { answers, t }) {
    const answer = await answers.loss("batch");
    if (answer.status !== "ok") return unanswered(answer);
    const { found, probabilities, Y } = answer.value;
    const explanations = probabilities.map((P) =>
      diagnose(
        { loss: tensor([], () => found) },
        (method) => ({ loss: tensor([], () => method.loss(P, Y)) }),
        rtol,
      )
    );
    const { right, wrong, hint } = t.checks.value;
    const kept = probabilities.some((P) => isLossKeptFromZero(found, { P, Y, rtol }));
    if (kept || explanations.some(({ mistakes }) => mistakes?.length === 0)) {
      return graded(1, right(found), { place: "loss" });
    }
    const mistakes = explanations.find((explanation) => explanation.mistakes !== null)?.mistakes ?? null;
    const expected = RIGHT.loss(probabilities[0], Y);
    return graded(0, [wrong(expected, found), ...explain(mistakes, t)].join(t.checks.space), {
      hint: hintOf(mistakes, t) ?? hint,
      mistakes: mistakes ?? [],
      place: "loss",
    });
  },
});

/**
 * Whether this is the loss of log(p + e), log(max(p, e)) or log(clip(p, e, 1 - e)) for some e from 0 to MOST_EPSILON: of each row's true
 * class all of them lie between log(p + MOST_EPSILON) and log(min(p, 1 - MOST_EPSILON)), and p + e takes every value from log(p) up.
 */
function isLossKeptFromZero(
  found: number,
  { P, Y, rtol }: { P: GradeTensor; Y: GradeTensor; rtol: number },
): boolean {
  const lossOf = (change: (p: number) => number) =>
    -Y.data.reduce((sum, y, i) => y === 0 ? sum : sum + y * log(change(P.data[i])), 0) / Y.shape[0];
  const least = lossOf((p) => p + MOST_EPSILON);
  const most = lossOf((p) => p === 0 ? LEAST_EPSILON : Math.min(p, 1 - MOST_EPSILON));
  return found >= least - rtol * Math.abs(least) && found <= most + rtol * Math.abs(most);
}
