import { tensor } from "../batch.ts";
import { exp } from "../reference/functions.ts";
import type { Diagnosis } from "./mistake.ts";

/** softmax is normalised over the batch instead of over the classes. */
export const softmaxWrongAxis: Diagnosis = {
  id: "softmax_wrong_axis",
  home: "forward",
  title: "softmax is normalised over the batch instead of over the classes",
  hint:
    "Each row of the probabilities must sum to 1: divide a row by the sum of that row (in NumPy `axis=1, keepdims=True`).",
  variants: [{
    softmax({ shape, data }) {
      const [B, C] = shape;
      const result = tensor(shape, () => 0);
      for (let c = 0; c < C; c++) {
        const column = Array.from({ length: B }, (_, b) => data[b * C + c]);
        const top = column.reduce((most, logit) => Math.max(most, logit), -Infinity);
        const total = column.reduce((sum, logit) => sum + exp(logit - top), 0);
        for (let b = 0; b < B; b++) result.data[b * C + c] = exp(column[b] - top) / total;
      }
      return result;
    },
  }],
};
