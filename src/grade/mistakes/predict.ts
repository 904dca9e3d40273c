import { argmax } from "../reference/network.ts";
import type { GradeTensor } from "../student_program.ts";
import { tensor } from "../tensors.ts";
import { type Mistake, mistakesOf } from "./mistake.ts";

/** Mistakes of predictions: known by comparing them (see predictedWrongly()). */
export const PREDICT = mistakesOf("predict", {
  predictions_one_too_large: { variants: [] },
  predictions_one_too_small: { variants: [] },
  least_probable: { variants: [] },
});

/** What each of them makes of probabilities, or logits, (B, C). */
const PREDICTED: readonly (readonly [Mistake, (given: GradeTensor) => number[]])[] = [
  [PREDICT.predictions_one_too_large, (given) => argmax(given).map((label) => label + 1)],
  [PREDICT.predictions_one_too_small, (given) => argmax(given).map((label) => label - 1)],
  [PREDICT.least_probable, ({ shape, data }) => argmax(tensor(shape, (i) => -data[i]))],
];

/** The mistake with which these are predicted, but for a few; null where it is none that is known. */
export function predictedWrongly(
  found: readonly number[],
  given: GradeTensor,
  few = 0,
): Mistake | null {
  const fits = PREDICTED.find(([, predict]) =>
    predict(given).filter((label, i) => label !== found[i]).length <= few
  );
  return fits?.[0] ?? null;
}
