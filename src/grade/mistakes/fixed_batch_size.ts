import { PROBE_ROWS } from "../probe_batch.ts";
import type { Diagnosis } from "./mistake.ts";

/** The batch size that programs are asked with. */
const BATCH_SIZE = PROBE_ROWS.full;

/** The gradient is divided by the batch size also where the batch has fewer rows. */
export const fixedBatchSize: Diagnosis = {
  id: "fixed_batch_size",
  home: "batches",
  title: "the gradient is divided by the batch size also where the batch has fewer rows",
  hint: "Divide by the rows that the batch has: the last one of an epoch may be smaller.",
  variants: [{
    scale(reduction) {
      const scale = reduction === "mean" ? 1 / BATCH_SIZE : 1;
      return { weights: scale, biases: scale };
    },
  }],
};
