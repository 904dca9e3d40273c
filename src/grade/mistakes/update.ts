import { mistakesOf } from "./mistake.ts";

/** Mistakes of the step that changes the parameters. */
export const UPDATE = mistakesOf("update", {
  update_before_delta: {
    title: "the weights are updated before the delta is passed down through them",
    hint:
      "Compute the delta of the layer below with the weights that the forward pass used, and update afterwards.",
    variants: [{ deltaThrough: "new weights" }],
  },
  step_uphill: {
    title: "the step goes up the gradient instead of down",
    hint: "Subtract the learning rate times the gradient.",
    variants: [{ direction: "uphill" }],
  },
});
