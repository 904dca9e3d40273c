import type { Diagnosis } from "./mistake.ts";

/** the gradient is summed over the batch where its mean is asked for. */
export const gradientSummed: Diagnosis = {
  id: "gradient_summed",
  home: "backward",
  title: "the gradient is summed over the batch where its mean is asked for",
  hint: "Divide the gradients of the weights and of the biases by the number of rows of the batch.",
  variants: [{
    scale: () => ({ weights: 1, biases: 1 }),
  }],
};
