import type { GradientsAnswer } from "../answers/answers.ts";
import type { GradingContext } from "../grading_context.ts";
import type { Method } from "../reference/method.ts";
import { gradients } from "../reference/network.ts";
import { tensor, type Tensors } from "../tensors.ts";
import { sameAs } from "./judge_tensors.ts";

/** How near gradients are that an update was taken from, or that were taken from an update. */
const RTOL = 1e-3;

/**
 * Gradients as a method gives them. Files hold numbers, and those of the template are taken from an update: where the update that was handed
 * in is that of the gradients, a step uphill may be why they have the wrong sign, and a parameter that is not moved why they are 0.
 */
export async function simulateGradients(
  asked: GradientsAnswer,
  context: GradingContext,
): Promise<(method: Method) => Tensors> {
  const { batch } = asked;
  const fromUpdate = context.program === null && await isOfUpdate(context);
  return (method) => {
    const found = gradients(batch, asked, method);
    if (!fromUpdate) return found;
    const sign = method.direction === "downhill" ? 1 : -1;
    return Object.fromEntries(
      Object.entries(found).map(([name, { shape, data }]) => {
        const factor = method.moves(name) ? sign : 0;
        return [name, factor === 1 ? { shape, data } : tensor(shape, (i) => factor * data[i])];
      }),
    );
  };
}

/** Whether a notebook's gradients are how far a step moved: so they are taken of a class. */
export async function areOfStep(context: GradingContext): Promise<boolean> {
  const { notebook } = context.submission;
  return notebook !== undefined && !notebook.called && notebook.network !== null &&
    notebook.network.class !== null && await isOfUpdate(context);
}

async function isOfUpdate({ answers, manifest: { reduction } }: GradingContext): Promise<boolean> {
  const [own, step] = await Promise.all([
    answers.gradients({ activation: "tanh", reduction }),
    answers.step({ through: "step", activation: "tanh" }),
  ]);
  if (own.status !== "ok" || step.status !== "ok") return false;
  const agrees = sameAs(own.value.found, gradients(own.value.batch, own.value), RTOL);
  return Object.entries(step.value.found).every(([name, found]) => agrees(name, found));
}
