import type { GradingContext } from "../grading_context.ts";
import { diagnose } from "../mistakes/diagnose.ts";
import { type Outcome, unanswered } from "../outcome.ts";
import type { Method } from "../reference/method.ts";
import { forward } from "../reference/network.ts";
import { relativeError, type Tensors } from "../tensors.ts";
import type { ForwardAnswer } from "../answers/answers.ts";
import { activationSetting, defineCheck, rtolSetting } from "./check.ts";
import { judgeTensors } from "./judge_tensors.ts";

export const vector = defineCheck({
  kind: "vector",
  about: "Activations and probabilities are those of our reference.",
  settings: { activation: activationSetting, rtol: rtolSetting(1e-5) },
  async run({ activation, rtol }, context) {
    const answer = await context.answers.forward({ activation });
    if (answer.status !== "ok") return unanswered(answer);
    const plain = judge(answer.value, context, { rtol, sums: [] });
    if (plain.fraction === 1 && plain.otherwise === null) return plain;
    const sums = sumsAmong(answer.value, rtol);
    if (sums.length === 0) return plain;
    const { checks } = context.t;
    const taken = judge(answer.value, context, { rtol, sums });
    const note = checks.preActivation(checks.and(sums), sums.length > 1);
    return { ...taken, reason: [taken.reason, note].join(checks.space) };
  },
});

/** @param sums of which arrays it is the sum that is meant, and not what the activation makes of it */
function judge(
  { found, batch, activation }: ForwardAnswer,
  { t }: GradingContext,
  { rtol, sums }: { rtol: number; sums: readonly string[] },
): Outcome {
  return judgeTensors({
    found,
    simulate: (method) => simulate({ batch, activation }, method, sums),
    place: "forward",
    rtol,
    what: "forward",
    t,
  });
}

function simulate(
  { batch, activation }: Pick<ForwardAnswer, "batch" | "activation">,
  method: Method,
  sums: readonly string[],
): Tensors {
  const { inputs: [, A1, A2], sums: [Z1, Z2], probabilities } = forward(batch, activation, method);
  return { A1: sums.includes("A1") ? Z1 : A1, A2: sums.includes("A2") ? Z2 : A2, probabilities };
}

/**
 * The course writes A = XW + B and Z = f(A), others the other way round: arrays that are the sum before the activation function, of our
 * forward propagation or of one with a mistake that explains everything.
 */
function sumsAmong({ found, batch, activation }: ForwardAnswer, rtol: number): string[] {
  const names = ["A1", "A2"];
  const { mistakes } = diagnose(found, (method) => simulate({ batch, activation }, method, names), rtol);
  if (mistakes !== null) return names;
  const { sums } = forward(batch, activation);
  return names.filter((name, l) => Object.hasOwn(found, name) && relativeError(found[name], sums[l]) <= rtol);
}
