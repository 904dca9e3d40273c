import { PROBE_ROWS } from "../batch.ts";
import { RIGHT } from "../reference/method.ts";
import { mistakesOf } from "./mistake.ts";

/** The batch size that programs are asked with. */
const BATCH_SIZE = PROBE_ROWS.full;

/** Mistakes with a batch of fewer rows than the batch size, which an epoch may end with. */
export const BATCHES = mistakesOf("batches", {
  fixed_batch_size: {
    variants: [{
      scale(reduction) {
        const scale = reduction === "mean" ? 1 / BATCH_SIZE : 1;
        return { weights: scale, biases: scale };
      },
    }],
  },
  last_batch_dropped: {
    variants: [{
      scale: (reduction, B, layer) =>
        B < BATCH_SIZE ? { weights: 0, biases: 0 } : RIGHT.scale(reduction, B, layer),
      epochLoss: (batches) => RIGHT.epochLoss(batches.filter(({ rows }) => rows === batches[0].rows)),
    }],
  },
});
