import type { Diagnosis } from "./mistake.ts";

/** the gradient is averaged over the batch where its sum is asked for. */
export const gradientAveraged: Diagnosis = {
  id: "gradient_averaged",
  home: "backward",
  title: "the gradient is averaged over the batch where its sum is asked for",
  hint: "With the reduction `sum` nothing is divided by the number of rows.",
  variants: [{
    scale: (_, B) => ({ weights: 1 / B, biases: 1 / B }),
  }],
};
