import { totalLoss } from "../reference/method.ts";
import { mistakesOf } from "./mistake.ts";

/** Mistakes of the cross-entropy of a batch. */
export const LOSS = mistakesOf("loss", {
  loss_summed: {
    title: "the loss is summed over the rows instead of averaged",
    hint: "Divide the sum by the number of rows.",
    variants: [{ loss: totalLoss }],
  },
  loss_over_classes: {
    title: "the loss is averaged over rows and classes instead of over rows",
    hint:
      "Sum over the classes of a row, then take the mean over the rows: `np.mean` of the whole matrix divides by the classes as well.",
    variants: [{ loss: (probabilities, Y) => totalLoss(probabilities, Y) / Y.data.length }],
  },
});
