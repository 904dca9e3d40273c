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
    if (explanations.some(({ mistakes }) => mistakes?.length === 0)) {
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
