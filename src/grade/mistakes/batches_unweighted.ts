import type { Diagnosis } from "./mistake.ts";

/** the epoch's loss is the mean over its batches, though the last one is smaller. */
export const batchesUnweighted: Diagnosis = {
  id: "batches_unweighted",
  home: "history",
  title: "the epoch's loss is the mean over its batches, though the last one is smaller",
  hint: "Weigh each batch's loss by its rows, or the last, smaller batch counts too much.",
  variants: [{ epochLoss: (batches) => batches.reduce((sum, { loss }) => sum + loss, 0) / batches.length }],
};
