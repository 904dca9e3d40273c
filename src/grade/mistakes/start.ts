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
  // The curve is that of drawn biases to a few per cent: it is compared with ours as any other.
  biases_start_at_zero: {
    variants: [],
    learns: true,
  },
  // Hidden units begin saturated: for some epochs the loss does not fall.
  biases_start_at_one: {
    variants: [],
  },
});
