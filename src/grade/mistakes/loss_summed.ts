import { totalLoss } from "../reference/method.ts";
import type { Diagnosis } from "./mistake.ts";

/** the loss is summed over the rows instead of averaged. */
export const lossSummed: Diagnosis = {
  id: "loss_summed",
  home: "loss",
  title: "the loss is summed over the rows instead of averaged",
  hint: "Divide the sum by the number of rows.",
  variants: [{ loss: totalLoss }],
};
