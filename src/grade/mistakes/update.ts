import { mistakesOf } from "./mistake.ts";

/** Mistakes of the step that changes the parameters. */
export const UPDATE = mistakesOf("update", {
  update_before_delta: {
    variants: [{ deltaThrough: "new weights" }, { deltaThrough: "new last weights" }, {
      deltaThrough: "new hidden weights",
    }],
  },
  step_uphill: {
    variants: [{ direction: "uphill" }],
  },
  // Of two mistakes at once the other one could not be told: what it does to biases is not seen.
  bias_not_updated: {
    alone: true,
    variants: [
      { moves: (name) => !name.startsWith("B") },
      ...["B1", "B2", "B3"].map((bias) => ({ moves: (name: string) => name !== bias })),
    ],
  },
});
