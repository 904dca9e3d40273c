import type { Diagnosis } from "./mistake.ts";

/** the loss of the last batch is reported as that of the epoch. */
export const lastBatchLoss: Diagnosis = {
  id: "last_batch_loss",
  home: "history",
  title: "the loss of the last batch is reported as that of the epoch",
  hint: "Add up the loss of every batch of the epoch, times its rows, and divide by all rows at its end.",
  variants: [{ epochLoss: (batches) => batches[batches.length - 1].loss }],
};
