import { z } from "zod";
import type { GradientsAnswer } from "../answers/answers.ts";
import type { GradingContext } from "../grading_context.ts";
import { unanswered } from "../outcome.ts";
import { FIT } from "../mistakes/fit.ts";
import { gradients } from "../reference/network.ts";
import { activationSetting, defineCheck, rtolSetting } from "./check.ts";
import { ignoresParameters } from "./ignored_parameters.ts";
import { type Earlier, explain, hintOf, judgeUpdates, sameAs } from "./judge_tensors.ts";

export const oneStep = defineCheck({
  kind: "one_step",
  about: "The parameters after one update are those of our reference.",
  settings: {
    through: z.enum(["step", "fit"]).default("step").describe(
      "Track ts: the function step, or the class's fit.",
    ),
    activation: activationSetting,
    rtol: rtolSetting(1e-3),
  },
  nameOf: ({ through }) => through === "fit" ? "one_step_fit" : "one_step",
  async run({ through, activation, rtol }, context) {
    const answer = await context.answers.step({ through, activation });
    if (answer.status !== "ok") return unanswered(answer);
    const { t, answers } = context;
    const earlier: Earlier[] = [];
    if (through === "fit") {
      const own = await answers.step({ through: "step", activation });
      if (own.status === "ok") {
        const agrees = sameAs(own.value.found, gradients(own.value.batch, own.value), rtol);
        earlier.push({ place: "update", agrees, reason: t.checks.follows.update });
      }
    }
    earlier.push(...await fromGradients(answer.value, context, rtol));
    const outcome = judgeUpdates(answer.value, {
      place: through === "step" ? "update" : "fit",
      rtol,
      what: "updates",
      t,
      earlier,
    });
    const unknown = outcome.fraction < 1 && outcome.mistakes.length === 0;
    if (through === "step" || !unknown || !await ignoresParameters(context)) return outcome;
    const mistakes = [FIT.parameters_ignored];
    return {
      ...outcome,
      reason: [outcome.reason, ...explain(mistakes, t)].join(t.checks.space),
      hint: hintOf(mistakes, t),
      mistakes,
    };
  },
});

/** The update that follows from the student's own gradients of the same batch. */
async function fromGradients(
  { activation, reduction }: GradientsAnswer,
  { answers, t }: GradingContext,
  rtol: number,
): Promise<Earlier[]> {
  const name = typeof activation === "string" ? activation : activation[0];
  const own = await answers.gradients({ activation: name, reduction });
  if (own.status !== "ok") return [];
  const agrees = sameAs(own.value.found, gradients(own.value.batch, own.value), rtol);
  return [{ place: "backward", agrees, reason: t.checks.follows.backward }];
}
