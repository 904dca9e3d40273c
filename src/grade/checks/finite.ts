import { z } from "zod";
import type { GradingContext } from "../grading_context.ts";
import { diagnose } from "../mistakes/diagnose.ts";
import { graded, type Outcome, unanswered } from "../outcome.ts";
import { forward } from "../reference/network.ts";
import { showNumber } from "../show_number.ts";
import { defineCheck } from "./check.ts";
import { explain, hintOf } from "./judge_tensors.ts";

export const finite = defineCheck({
  kind: "finite",
  about: "Nothing overflows: logits in the thousands, a probability of 0.",
  settings: {
    of: z.enum(["forward", "loss"]).describe(
      "forward: probabilities of large logits. loss: cross-entropy of a 0.",
    ),
  },
  nameOf: ({ of }) => `finite_${of}`,
  run: ({ of }, context) => of === "forward" ? largeLogits(context) : lossOfZero(context),
});

/** Finite probabilities give all points, whatever else is wrong with them; half where nothing explains them. */
async function largeLogits({ answers }: GradingContext): Promise<Outcome> {
  const answer = await answers.forward({ activation: "tanh", large: true });
  if (answer.status !== "ok") return unanswered(answer);
  const { found: { probabilities }, batch, activation } = answer.value;
  if (probabilities === undefined) {
    return unanswered({ status: "missing", message: "probabilities of large logits are missing" });
  }
  const { mistakes } = diagnose(
    { probabilities },
    (method) => ({ probabilities: forward(batch, activation, method).probabilities }),
    1e-4,
  );
  const bad = probabilities.data.filter((p) => !Number.isFinite(p)).length;
  if (bad > 0) {
    const reason =
      `With logits in the thousands ${bad} of ${probabilities.data.length} probabilities are not finite.`;
    return graded(0, [reason, ...explain(mistakes)].join(" "), {
      hint: hintOf(mistakes) ?? "Subtract each row's largest logit before exp().",
      mistakes: mistakes ?? [],
    });
  }
  if (mistakes === null) {
    return graded(
      0.5,
      "With logits in the thousands all probabilities are finite, but they are not the right ones.",
      {
        hint: "Subtract each row's largest logit before exp(); clipping the logits changes the result.",
      },
    );
  }
  return graded(1, "With logits in the thousands all probabilities are finite.", { mistakes });
}

async function lossOfZero({ answers }: GradingContext): Promise<Outcome> {
  const answer = await answers.loss("zero");
  if (answer.status !== "ok") return unanswered(answer);
  const { found } = answer.value;
  if (Number.isFinite(found) && found > 0) {
    return graded(
      1,
      `Where the true class has probability 0 the loss is ${showNumber(found)}, a finite number.`,
    );
  }
  return graded(
    0,
    `Where the true class has probability 0 the loss must be a finite positive number, found ${found}.`,
    {
      hint: "Keep the logarithm from 0: log(p + 1e-7), or log(max(p, 1e-7)).",
    },
  );
}
