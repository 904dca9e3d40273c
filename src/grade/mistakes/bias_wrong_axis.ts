import { tensor } from "../batch.ts";
import type { GradeTensor } from "../student_program.ts";
import type { Diagnosis } from "./mistake.ts";

/** the gradient of the biases is summed over the units instead of over the rows. */
export const biasWrongAxis: Diagnosis = {
  id: "bias_wrong_axis",
  home: "backward",
  title: "the gradient of the biases is summed over the units instead of over the rows",
  hint: "A bias has one gradient a unit: sum the delta over the rows (in NumPy `axis=0`), not within a row.",
  variants: [{
    biasGradient: sumOverUnits,
  }, {
    // np.mean(delta, axis=1)
    biasGradient: (delta) => {
      const { shape, data } = sumOverUnits(delta);
      return tensor(shape, (b) => data[b] / delta.shape[1]);
    },
    scale: (reduction, B) => ({ weights: reduction === "mean" ? 1 / B : 1, biases: 1 }),
  }, {
    // np.sum(delta) and np.mean(delta), without an axis
    biasGradient: (delta) => tensor([delta.shape[1]], () => total(delta)),
  }, {
    biasGradient: (delta) => tensor([delta.shape[1]], () => total(delta) / delta.data.length),
    scale: (reduction, B) => ({ weights: reduction === "mean" ? 1 / B : 1, biases: 1 }),
  }],
};

/** (B, N) to (B). */
function sumOverUnits({ shape: [B, N], data }: GradeTensor): GradeTensor {
  return tensor([B], (b) => data.subarray(b * N, (b + 1) * N).reduce((sum, d) => sum + d, 0));
}

function total({ data }: GradeTensor): number {
  return data.reduce((sum, d) => sum + d, 0);
}
