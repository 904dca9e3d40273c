import type { PredictionsAnswer } from "../answers/answers.ts";
import { differing } from "../answers/differing.ts";
import { diagnose } from "../mistakes/diagnose.ts";
import type { Mistake } from "../mistakes/mistake.ts";
import { predictedWrongly } from "../mistakes/predict.ts";
import { graded, unanswered } from "../outcome.ts";
import { argmax as argmaxOf, forward } from "../reference/network.ts";
import type { Method } from "../reference/method.ts";
import type { GradeTensor } from "../student_program.ts";
import { sameShape } from "../tensors.ts";
import { defineCheck } from "./check.ts";
import { ofOtherStart } from "./ignored_parameters.ts";
import { carriedOver, explain } from "./judge_tensors.ts";
import { unusable } from "./probabilities.ts";

/** Fewer right than this look like chance. */
const LEAST = 0.5;
const RTOL = 1e-4;

/** The predicted class is the most probable one, by our forward propagation or the student's own. */
export const argmax = defineCheck({
  kind: "argmax",
  about: "The predicted class is the most probable one.",
  settings: {},
  async run(_, { answers, t }) {
    const answer = await answers.predictions();
    if (answer.status !== "ok") return unanswered(answer);
    const { found, batch, activation, own } = answer.value;
    const rows = batch.X.shape[0];
    const texts = t.checks.argmax;
    if (found.length !== rows) {
      return graded(0, texts.count(rows, found.length), { hint: texts.hint, place: "predict" });
    }
    const { probabilities } = forward(batch, activation);
    const given = own !== null && sameShape(own.shape, probabilities.shape)
      ? { shape: probabilities.shape, data: own.data }
      : null;
    const fault = given === null ? null : unusable(given);
    const start = ofOtherStart(answer.value);
    const likely = [
      probabilities,
      ...(given === null || fault !== null ? [] : [given]),
      ...(start === null ? [] : [start]),
    ];
    const right = rows - Math.min(...likely.map((one) => differing(found, argmaxOf(one))));
    if (right === rows) return graded(1, texts.right(rows), { place: "predict" });
    // Wrong as a mistake of forward propagation makes them, own probabilities are still what the prediction must follow.
    const known = given === null || fault === null ? null : explanation(given, { batch, activation });
    if (known !== null && given !== null && found.every((label, i) => label === argmaxOf(given)[i])) {
      const lost = graded(0, texts.wrong(right, rows), { hint: texts.hint, place: "predict" });
      return carriedOver(known, lost, t);
    }
    const share = right / rows;
    const mistakes = likely.flatMap((one) => predictedWrongly(found, one) ?? []).slice(0, 1);
    const why = fault === null ? [] : [texts.unusable[fault]];
    const reason = [texts.wrong(right, rows), ...why, ...explain(mistakes, t)].join(t.checks.space);
    const hint = mistakes.length === 0 ? texts.hint : t.checks.mistakes[mistakes[0].id].hint;
    return graded(share >= LEAST ? share : 0, reason, { hint, mistakes, place: "predict" });
  },
});

/** The mistakes of forward propagation that give these probabilities; null where none are known. */
function explanation(
  probabilities: GradeTensor,
  { batch, activation }: Pick<PredictionsAnswer, "batch" | "activation">,
): readonly Mistake[] | null {
  const simulate = (method: Method) => ({ probabilities: forward(batch, activation, method).probabilities });
  const { mistakes } = diagnose({ probabilities }, simulate, RTOL);
  return mistakes?.length === 0 ? null : mistakes;
}
