import { tensor } from "../batch.ts";
import { exp } from "../reference/functions.ts";
import type { Diagnosis } from "./mistake.ts";

/** softmax is normalised over the whole batch at once. */
export const softmaxOverAll: Diagnosis = {
  id: "softmax_over_all",
  home: "forward",
  title: "softmax is normalised over the whole batch at once",
  hint: "Each row of the probabilities must sum to 1: `np.sum` without an axis adds up all rows.",
  variants: [{
    softmax({ shape, data }) {
      const top = data.reduce((most, logit) => Math.max(most, logit), -Infinity);
      const total = data.reduce((sum, logit) => sum + exp(logit - top), 0);
      return tensor(shape, (i) => exp(data[i] - top) / total);
    },
  }],
};
