import { exp } from "../reference/functions.ts";
import { tensor } from "../tensors.ts";
import { mistakesOf } from "./mistake.ts";

/** Mistakes of forward propagation: softmax. */
export const FORWARD = mistakesOf("forward", {
  softmax_wrong_axis: {
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
  },
  softmax_over_all: {
    title: "softmax is normalised over the whole batch at once",
    hint: "Each row of the probabilities must sum to 1: `np.sum` without an axis adds up all rows.",
    variants: [{
      softmax({ shape, data }) {
        const top = data.reduce((most, logit) => Math.max(most, logit), -Infinity);
        const total = data.reduce((sum, logit) => sum + exp(logit - top), 0);
        return tensor(shape, (i) => exp(data[i] - top) / total);
      },
    }],
  },
  no_max_subtraction: {
    title: "softmax takes exp() of the logits as they are, which overflows for large ones",
    hint:
      "Subtract the row's largest logit first: exp(z - max) / sum(exp(z - max)) is the same number and never overflows.",
    variants: [{
      softmax({ shape, data }) {
        const C = shape[1];
        const exps = data.map(exp);
        return tensor(shape, (i) => {
          const first = i - i % C;
          return exps[i] / exps.subarray(first, first + C).reduce((sum, e) => sum + e, 0);
        });
      },
    }],
  },
});
