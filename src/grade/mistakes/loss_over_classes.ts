import { totalLoss } from "../reference/method.ts";
import type { Diagnosis } from "./mistake.ts";

/** the loss is averaged over rows and classes instead of over rows. */
export const lossOverClasses: Diagnosis = {
  id: "loss_over_classes",
  home: "loss",
  title: "the loss is averaged over rows and classes instead of over rows",
  hint:
    "Sum over the classes of a row, then take the mean over the rows: `np.mean` of the whole matrix divides by the classes as well.",
  variants: [{ loss: (probabilities, Y) => totalLoss(probabilities, Y) / Y.data.length }],
};
