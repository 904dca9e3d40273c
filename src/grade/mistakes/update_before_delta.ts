import type { Diagnosis } from "./mistake.ts";

/** the weights are updated before the delta is passed down through them. */
export const updateBeforeDelta: Diagnosis = {
  id: "update_before_delta",
  home: "update",
  title: "the weights are updated before the delta is passed down through them",
  hint:
    "Compute the delta of the layer below with the weights that the forward pass used, and update afterwards.",
  variants: [{ deltaThrough: "new weights" }],
};
