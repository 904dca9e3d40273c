import { PROBE_ROWS } from "../probe_batch.ts";
import { RIGHT } from "../reference/method.ts";
import type { Diagnosis } from "./mistake.ts";

/** a batch smaller than the batch size is left out. */
export const lastBatchDropped: Diagnosis = {
  id: "last_batch_dropped",
  home: "batches",
  title: "a batch smaller than the batch size is left out",
  hint: "The number of batches is the number of rows divided by the batch size, rounded up.",
  variants: [{
    scale: (reduction, B) => B < PROBE_ROWS.full ? { weights: 0, biases: 0 } : RIGHT.scale(reduction, B),
    epochLoss: (batches) => RIGHT.epochLoss(batches.filter(({ rows }) => rows === batches[0].rows)),
  }],
};
