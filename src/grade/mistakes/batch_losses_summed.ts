import type { Diagnosis } from "./mistake.ts";

/** the losses of the epoch's batches are added up and not averaged. */
export const batchLossesSummed: Diagnosis = {
  id: "batch_losses_summed",
  home: "history",
  title: "the losses of the epoch's batches are added up and not averaged",
  hint: "Divide by the number of rows at the end of the epoch.",
  variants: [{ epochLoss: (batches) => batches.reduce((sum, { loss }) => sum + loss, 0) }, {
    epochLoss: (batches) => batches.reduce((sum, { loss, rows }) => sum + rows * loss, 0),
  }],
};
