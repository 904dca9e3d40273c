import { sigmoid, tanh } from "../reference/functions.ts";
import { RIGHT } from "../reference/method.ts";
import type { Diagnosis } from "./mistake.ts";

/** the derivative is taken at the activation's output instead of its input. */
export const activationAppliedTwice: Diagnosis = {
  id: "activation_applied_twice",
  home: "backward",
  title: "the derivative is taken at the activation's output instead of its input",
  hint:
    "Where you already have a = tanh(z), the derivative is 1 - a * a, not 1 - tanh(a) * tanh(a) (and likewise for sigmoid).",
  variants: [{
    slope(activation, a) {
      switch (activation) {
        case "tanh":
          return RIGHT.slope(activation, tanh(a));
        case "sigmoid":
          return RIGHT.slope(activation, sigmoid(a));
        default:
          return RIGHT.slope(activation, a);
      }
    },
  }],
};
