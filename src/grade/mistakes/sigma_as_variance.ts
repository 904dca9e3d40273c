import type { Diagnosis } from "./mistake.ts";

/** sigma is taken for the variance, though it is the standard deviation. */
export const sigmaAsVariance: Diagnosis = {
  id: "sigma_as_variance",
  home: "initialize",
  title: "sigma is taken for the variance, though it is the standard deviation",
  hint: "Multiply standard normal numbers by sigma itself, not by its square root.",
  variants: [],
};
