import { z } from "zod";
import type { GradingContext } from "../grading_context.ts";
import { forwardMistakes } from "../answers/forward_mistakes.ts";
import { diagnose } from "../mistakes/diagnose.ts";
import type { GradeTensor } from "../student_program.ts";
import { graded, type Outcome, unanswered } from "../outcome.ts";
import { forward } from "../reference/network.ts";
import { relativeError, sameShape } from "../tensors.ts";
import { defineCheck } from "./check.ts";
import { carriedOver, explain, hintOf } from "./judge_tensors.ts";
import { unusable } from "./probabilities.ts";

const RTOL = 1e-4;

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

/** Finite probabilities give all points, whatever else is wrong with them and counted elsewhere; half where nothing explains them. */
async function largeLogits(context: GradingContext): Promise<Outcome> {
  const { answers, t } = context;
  const texts = t.checks.finite;
  const answer = await answers.forward({ activation: "tanh", large: true });
  if (answer.status !== "ok") return unanswered(answer);
  const { found: { probabilities }, batch, activation } = answer.value;
  if (probabilities === undefined) return unanswered({ status: "missing", message: texts.missing });
  const right = forward(batch, activation).probabilities;
  const { mistakes } = diagnose(
    { probabilities },
    (method) => ({ probabilities: forward(batch, activation, method).probabilities }),
    RTOL,
  );
  const bad = probabilities.data.filter((p) => !Number.isFinite(p)).length;
  if (bad > 0) {
    const reason = texts.notFinite(bad, probabilities.data.length);
    const elsewhere = await forwardMistakes(answers);
    if (
      elsewhere !== null &&
      isFiniteAlike(probabilities, forward(batch, activation, elsewhere.method).probabilities)
    ) {
      const lost = graded(0, reason, { hint: texts.subtract, place: "forward" });
      return carriedOver(elsewhere.mistakes, lost, t);
    }
    return graded(0, [reason, ...explain(mistakes, t)].join(t.checks.space), {
      hint: hintOf(mistakes, t) ?? texts.subtract,
      mistakes: mistakes ?? [],
      place: "forward",
    });
  }
  if (mistakes !== null) return graded(1, texts.right, { mistakes, place: "forward" });
  const fault = sameShape(probabilities.shape, right.shape)
    ? unusable({ shape: right.shape, data: probabilities.data })
    : "noSum";
  if (fault === "noSum" || fault === "constant") {
    const reason = fault === "noSum" ? texts.noProbabilities : texts.constant;
    return graded(0, reason, { hint: texts.subtract, place: "forward" });
  }
  const hint = fault === "tie" ? texts.clipped : texts.wrongHint;
  const lost = graded(0.5, texts.wrong, { hint, place: "forward" });
  return await isWrongAnyway(context)
    ? graded(1, texts.elsewhere, { place: "forward", follows: ["forward"], otherwise: lost })
    : lost;
}

/** Whether the same numbers are finite, and those are the same. */
function isFiniteAlike(found: GradeTensor, expected: GradeTensor): boolean {
  return sameShape(found.shape, expected.shape) &&
    expected.data.every((p, i) =>
      Number.isFinite(p) ? Math.abs(found.data[i] - p) <= RTOL : !Number.isFinite(found.data[i])
    );
}

/** Whether the probabilities of logits of usual size are not ours either. */
async function isWrongAnyway({ answers }: GradingContext): Promise<boolean> {
  const answer = await answers.forward({ activation: "tanh" });
  if (answer.status !== "ok") return false;
  const { found, batch, activation } = answer.value;
  const { probabilities } = forward(batch, activation);
  return found.probabilities !== undefined && relativeError(found.probabilities, probabilities) > RTOL;
}

async function lossOfZero({ answers, t }: GradingContext): Promise<Outcome> {
  const answer = await answers.loss("zero");
  if (answer.status !== "ok") return unanswered(answer);
  const { found } = answer.value;
  const texts = t.checks.finite;
  const usual = await answers.loss("batch");
  if (!Number.isFinite(found) || found <= 0) {
    const lost = graded(0, texts.lossWrong(found), { hint: texts.lossHint });
    // One that is negative for every batch is finite all the same.
    const negative = Number.isFinite(found) && found < 0 && usual.status === "ok" && usual.value.found < 0 &&
      usual.value.found !== found;
    return negative ? graded(1, texts.lossNegative(found), { follows: ["loss"], otherwise: lost }) : lost;
  }
  if (usual.status === "ok" && usual.value.found === found) {
    return graded(0, texts.lossConstant(found), { hint: texts.lossHint });
  }
  return graded(1, texts.lossRight(found));
}
