import { tensor } from "../batch.ts";
import { exp } from "../reference/functions.ts";
import type { Diagnosis } from "./mistake.ts";

/** softmax takes exp() of the logits as they are, which overflows for large ones. */
export const noMaxSubtraction: Diagnosis = {
  id: "no_max_subtraction",
  home: "forward",
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
};
