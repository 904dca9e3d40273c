import { mistakesOf } from "./mistake.ts";

/** Mistakes of the first weights: known by their moments (see the check of that name), as they are random. */
export const START = mistakesOf("initialize", {
  sigma_as_variance: {
    title: "sigma is taken for the variance, though it is the standard deviation",
    hint: "Multiply standard normal numbers by sigma itself, not by its square root.",
    variants: [],
  },
  sigma_ignored: {
    title: "the weights are standard normal numbers: sigma is not used",
    hint: "Multiply the standard normal numbers by sigma.",
    variants: [],
  },
  constant_start: {
    title: "the weights all start with the same value",
    hint: "Draw each weight at random: units that start equal stay equal.",
    variants: [],
  },
});
