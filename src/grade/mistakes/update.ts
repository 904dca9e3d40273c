import { mistakesOf } from "./mistake.ts";

/** Mistakes of the step that changes the parameters. */
export const UPDATE = mistakesOf("update", {
  update_before_delta: {
    variants: [{ deltaThrough: "new weights" }],
  },
  step_uphill: {
    variants: [{ direction: "uphill" }],
  },
});
