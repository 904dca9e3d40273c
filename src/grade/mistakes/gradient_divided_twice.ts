import type { Diagnosis } from "./mistake.ts";

/** the gradient is divided by the batch size twice. */
export const gradientDividedTwice: Diagnosis = {
  id: "gradient_divided_twice",
  home: "backward",
  title: "the gradient is divided by the batch size twice",
  hint: "Divide once: either where the delta of the output layer is made, or where the gradients are.",
  variants: [{
    scale(reduction, B) {
      const scale = reduction === "mean" ? 1 / (B * B) : 1 / B;
      return { weights: scale, biases: scale };
    },
  }, {
    // The weights' gradient alone, or the biases' alone.
    scale: (reduction, B) =>
      reduction === "mean" ? { weights: 1 / (B * B), biases: 1 / B } : { weights: 1 / B, biases: 1 },
  }, {
    scale: (reduction, B) =>
      reduction === "mean" ? { weights: 1 / B, biases: 1 / (B * B) } : { weights: 1, biases: 1 / B },
  }],
};
