import type { Diagnosis } from "./mistake.ts";

/** the step goes up the gradient instead of down. */
export const stepUphill: Diagnosis = {
  id: "step_uphill",
  home: "update",
  title: "the step goes up the gradient instead of down",
  hint: "Subtract the learning rate times the gradient.",
  variants: [{ direction: "uphill" }],
};
