import type { Diagnosis } from "./mistake.ts";

/** the weights all start with the same value. */
export const constantStart: Diagnosis = {
  id: "constant_start",
  home: "initialize",
  title: "the weights all start with the same value",
  hint: "Draw each weight at random: units that start equal stay equal.",
  variants: [],
};
