import { mistakesOf } from "./mistake.ts";

/** Mistakes of the first weights: known by their moments (see the check of that name), as they are random. */
export const START = mistakesOf("initialize", {
  sigma_as_variance: {
    variants: [],
  },
  sigma_ignored: {
    variants: [],
  },
  constant_start: {
    variants: [],
  },
  biases_start_at_zero: {
    variants: [],
  },
  biases_start_at_one: {
    variants: [],
  },
});
