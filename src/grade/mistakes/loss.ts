import { log } from "../reference/functions.ts";
import { RIGHT, totalLoss } from "../reference/method.ts";
import type { GradeTensor } from "../student_program.ts";
import { mistakesOf } from "./mistake.ts";

/** Mistakes of the cross-entropy of a batch. */
export const LOSS = mistakesOf("loss", {
  loss_summed: {
    variants: [{ loss: totalLoss }],
  },
  loss_without_minus: {
    variants: [{ loss: (probabilities, Y) => -totalLoss(probabilities, Y) / Y.shape[0] }],
  },
  loss_of_log10: {
    variants: [{ loss: (probabilities, Y) => totalLoss(probabilities, Y) / Y.shape[0] / Math.LN10 }],
  },
  loss_of_log2: {
    variants: [{ loss: (probabilities, Y) => totalLoss(probabilities, Y) / Y.shape[0] / Math.LN2 }],
  },
  loss_halved: {
    variants: [{ loss: (probabilities, Y) => totalLoss(probabilities, Y) / Y.shape[0] / 2 }],
  },
  loss_of_softmax_again: {
    variants: [{ loss: (probabilities, Y) => totalLoss(RIGHT.softmax(probabilities), Y) / Y.shape[0] }],
  },
  loss_over_classes: {
    variants: [{ loss: (probabilities, Y) => totalLoss(probabilities, Y) / Y.data.length }],
  },
  binary_cross_entropy: {
    variants: [
      { loss: (probabilities, Y) => binaryTotal(probabilities, Y) / Y.shape[0] },
      { loss: (probabilities, Y) => binaryTotal(probabilities, Y) / Y.data.length },
      { loss: binaryTotal },
    ],
  },
});

/** Binary cross-entropies, summed over rows and classes. */
function binaryTotal(probabilities: GradeTensor, Y: GradeTensor): number {
  const others = Y.data.reduce(
    (sum, y, i) => y === 1 ? sum : sum - (1 - y) * log(1 - probabilities.data[i]),
    0,
  );
  return totalLoss(probabilities, Y) + others;
}
