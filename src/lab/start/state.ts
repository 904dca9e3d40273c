import { COURSE_ACTIVATIONS } from "../../nn/activation.ts";
import { numberIn, oneOf, wholeIn } from "../address/fields.ts";

/** As configs have them. */
export const METHODS = ["gaussian", "xavier", "he"] as const;

/** What a link to the page can say. */
export const FIELDS = {
  activation: oneOf(COURSE_ACTIVATIONS, "tanh"),
  x: numberIn({ least: -5, most: 5 }, 1),
  method: oneOf(METHODS, "gaussian"),
  sigma: numberIn({ least: 0.0001, most: 10 }, 0.01),
  depth: wholeIn({ least: 1, most: 10 }, 5),
  width: wholeIn({ least: 2, most: 500 }, 100),
  /** Whose sums lie under the curve. */
  layer: wholeIn({ least: 1, most: 10 }, 1),
  seed: wholeIn({ least: 0, most: 2 ** 32 - 1 }, 0),
};
