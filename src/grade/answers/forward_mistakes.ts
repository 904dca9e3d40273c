import { diagnose, methodOf } from "../mistakes/diagnose.ts";
import type { Mistake } from "../mistakes/mistake.ts";
import type { Method } from "../reference/method.ts";
import { forward } from "../reference/network.ts";
import type { Answers } from "./answers.ts";

const RTOL = 1e-4;

/** Mistakes of forward propagation, and the method that has them. */
export interface ForwardMistakes {
  readonly mistakes: readonly Mistake[];
  readonly method: Method;
}

/** The mistakes that a student's probabilities of logits of usual size show; null where they show none that is known. */
export async function forwardMistakes(answers: Answers): Promise<ForwardMistakes | null> {
  const answer = await answers.forward({ activation: "tanh" });
  if (answer.status !== "ok" || answer.value.found.probabilities === undefined) return null;
  const { found: { probabilities }, batch, activation } = answer.value;
  const { mistakes, variants } = diagnose(
    { probabilities },
    (method) => ({ probabilities: forward(batch, activation, method).probabilities }),
    RTOL,
  );
  return mistakes === null || mistakes.length === 0 ? null : { mistakes, method: methodOf(variants) };
}
