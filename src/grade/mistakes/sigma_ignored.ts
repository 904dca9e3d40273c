import type { Diagnosis } from "./mistake.ts";

/** the weights are standard normal numbers: sigma is not used. */
export const sigmaIgnored: Diagnosis = {
  id: "sigma_ignored",
  home: "initialize",
  title: "the weights are standard normal numbers: sigma is not used",
  hint: "Multiply the standard normal numbers by sigma.",
  variants: [],
};
