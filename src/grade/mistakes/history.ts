import { mistakesOf } from "./mistake.ts";

/** Mistakes of the loss that is reported for an epoch. */
export const HISTORY = mistakesOf("history", {
  last_batch_loss: {
    variants: [{ epochLoss: (batches) => batches[batches.length - 1].loss }],
  },
  batches_unweighted: {
    variants: [{
      epochLoss: (batches) => batches.reduce((sum, { loss }) => sum + loss, 0) / batches.length,
    }],
  },
  batch_losses_summed: {
    variants: [
      { epochLoss: (batches) => batches.reduce((sum, { loss }) => sum + loss, 0) },
      { epochLoss: (batches) => batches.reduce((sum, { loss, rows }) => sum + rows * loss, 0) },
    ],
  },
});
