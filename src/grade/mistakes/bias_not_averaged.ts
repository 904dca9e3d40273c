import type { Diagnosis } from "./mistake.ts";

/** the gradient of the biases is summed over the batch while that of the weights is averaged. */
export const biasNotAveraged: Diagnosis = {
  id: "bias_not_averaged",
  home: "backward",
  title: "the gradient of the biases is summed over the batch while that of the weights is averaged",
  hint: "Both are means over the rows: divide the biases' gradient by the number of rows too.",
  variants: [{
    scale: (reduction, B) => ({ weights: reduction === "mean" ? 1 / B : 1, biases: 1 }),
  }],
};
