import type { PredictionsAnswer } from "../answers/answers.ts";
import type { GradingContext } from "../grading_context.ts";
import { sameShape } from "../tensors.ts";
import { resembles } from "./judge_tensors.ts";
import { unusable } from "./probabilities.ts";
import { forward } from "../reference/network.ts";
import type { GradeTensor } from "../student_program.ts";

/**
 * What our forward propagation gives with the parameters that the class has after a training that moves nothing, where those are not the ones
 * that it was given; null where they are, or are none that a network could have.
 */
export function ofOtherStart({ batch, activation, after }: PredictionsAnswer): GradeTensor | null {
  if (after === null) return null;
  const given = Object.entries(batch.parameters);
  if (!given.every(([name, { shape }]) => after[name] !== undefined && sameShape(after[name].shape, shape))) {
    return null;
  }
  if (resembles(after, batch.parameters)) return null;
  const parameters = Object.fromEntries(given.map(([name, { shape }]) => [name, { ...after[name], shape }]));
  const { probabilities } = forward({ X: batch.X, parameters }, activation);
  return unusable(probabilities) === null ? probabilities : null;
}

/** Whether the class of track ts trains from other parameters than those that it is given. */
export async function ignoresParameters({ program, answers }: GradingContext): Promise<boolean> {
  if (program === null) return false;
  const answer = await answers.predictions();
  return answer.status === "ok" && ofOtherStart(answer.value) !== null;
}
