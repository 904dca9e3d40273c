import { mistakesOf } from "./mistake.ts";

/** Mistakes of the loss that is reported for an epoch. */
export const HISTORY = mistakesOf("history", {
  last_batch_loss: {
    title: "the loss of the last batch is reported as that of the epoch",
    hint: "Add up the loss of every batch of the epoch, times its rows, and divide by all rows at its end.",
    variants: [{ epochLoss: (batches) => batches[batches.length - 1].loss }],
  },
  batches_unweighted: {
    title: "the epoch's loss is the mean over its batches, though the last one is smaller",
    hint: "Weigh each batch's loss by its rows, or the last, smaller batch counts too much.",
    variants: [{
      epochLoss: (batches) => batches.reduce((sum, { loss }) => sum + loss, 0) / batches.length,
    }],
  },
  batch_losses_summed: {
    title: "the losses of the epoch's batches are added up and not averaged",
    hint: "Divide by the number of rows at the end of the epoch.",
    variants: [
      { epochLoss: (batches) => batches.reduce((sum, { loss }) => sum + loss, 0) },
      { epochLoss: (batches) => batches.reduce((sum, { loss, rows }) => sum + rows * loss, 0) },
    ],
  },
});
