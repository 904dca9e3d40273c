import { tensor } from "../tensors.ts";
import { diagnose } from "../mistakes/diagnose.ts";
import { graded, unanswered } from "../outcome.ts";
import { RIGHT } from "../reference/method.ts";
import { showNumber } from "../show_number.ts";
import { defineCheck, rtolSetting } from "./check.ts";
import { explain, hintOf } from "./judge_tensors.ts";

/** The cross-entropy is that of our reference, for our probabilities or the student's own. */
export const value = defineCheck({
  kind: "value",
  about: "The cross-entropy is that of our reference.",
  settings: { rtol: rtolSetting(1e-4) },
  async run({ rtol }, { answers }) {
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
    if (explanations.some(({ mistakes }) => mistakes?.length === 0)) {
      return graded(1, `The cross-entropy is ${showNumber(found)}, as it should be.`);
    }
    const mistakes = explanations.find((explanation) => explanation.mistakes !== null)?.mistakes ?? null;
    const expected = RIGHT.loss(probabilities[0], Y);
    const reason = `The cross-entropy must be ${showNumber(expected)}, found ${showNumber(found)}.`;
    return graded(0, [reason, ...explain(mistakes)].join(" "), {
      hint: hintOf(mistakes) ??
        "The loss of a row is minus the logarithm of its true class's probability; take their mean.",
      mistakes: mistakes ?? [],
    });
  },
});
