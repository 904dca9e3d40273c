import { mistakesOf } from "./mistake.ts";

/** Mistakes of predictions: known by comparing them (see the check argmax). */
export const PREDICT = mistakesOf("predict", {
  predictions_one_too_large: { variants: [] },
  predictions_one_too_small: { variants: [] },
});
