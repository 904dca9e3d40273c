import { log, sigmoid, tanh } from "../reference/functions.ts";
import { type Method, type Reduction, RIGHT, sumOverRows } from "../reference/method.ts";
import type { CourseActivation } from "../../nn/activation.ts";
import type { GradeTensor } from "../student_program.ts";
import { tensor } from "../tensors.ts";
import { mistakesOf } from "./mistake.ts";

/** Weights and biases each scaled by a function of their own, where a mean or where a sum is asked for; as it must be otherwise. */
function scaling(
  asked: Reduction,
  weights: (B: number) => number,
  biases: (B: number) => number,
): Partial<Method>[] {
  return [{
    scale: (reduction, B, layer) =>
      reduction === asked ? { weights: weights(B), biases: biases(B) } : RIGHT.scale(reduction, B, layer),
  }];
}

const sum = () => 1;
const mean = (B: number) => 1 / B;
const twice = (B: number) => 1 / (B * B);

/** As it must be for the weights; the biases' gradient is left as it is. */
const scaleWeightsOnly: Method["scale"] = (reduction, B) => ({
  weights: reduction === "mean" ? 1 / B : 1,
  biases: 1,
});

/** Mistakes of backpropagation. */
export const GRADIENTS = mistakesOf("backward", {
  gradient_negated: { variants: [{ outputDelta: "Y - P" }] },
  delta_of_squared_error: { variants: [{ outputDelta: "(P - Y) P (1 - P)" }] },
  weights_not_transposed: { variants: [{ deltaThrough: "untransposed weights" }] },
  gradient_summed: { variants: scaling("mean", sum, sum) },
  gradient_averaged: { variants: scaling("sum", mean, mean) },
  gradient_divided_twice: { variants: [...scaling("mean", twice, twice), ...scaling("sum", twice, twice)] },
  weights_divided_twice: { variants: scaling("mean", twice, mean) },
  biases_divided_twice: { variants: scaling("mean", mean, twice) },
  bias_not_averaged: { variants: scaling("mean", mean, sum) },
  weights_not_averaged: { variants: scaling("mean", sum, mean) },
  biases_averaged: { variants: scaling("sum", sum, mean) },
  weights_averaged: { variants: scaling("sum", mean, sum) },
  divided_by_units: {
    variants: [{ scale: (_, __, { units }) => ({ weights: 1 / units, biases: 1 / units }) }],
  },
  weights_divided_by_units: {
    variants: [{
      scale: (reduction, B, layer) => ({ ...RIGHT.scale(reduction, B, layer), weights: 1 / layer.units }),
    }],
  },
  divided_by_units_below: {
    variants: [{ scale: (_, __, { below }) => ({ weights: 1 / below, biases: 1 / below }) }],
  },
  weights_divided_by_units_below: {
    variants: [{
      scale: (reduction, B, layer) => ({ ...RIGHT.scale(reduction, B, layer), weights: 1 / layer.below }),
    }],
  },
  averaged_first: {
    variants: [
      // The outer product of the means, with all rows going down.
      { weightGradient: outerProductOfMeans },
      // One mean row going down.
      { rows: "mean" },
      { rows: "mean, with the mean slope" },
    ],
  },
  bias_wrong_axis: {
    variants: [{
      biasGradient: sumOverUnits,
    }, {
      // np.mean(delta, axis=1)
      biasGradient: (delta) => {
        const { shape, data } = sumOverUnits(delta);
        return tensor(shape, (b) => data[b] / delta.shape[1]);
      },
      scale: scaleWeightsOnly,
    }],
  },
  bias_over_all: {
    variants: [{
      // np.sum(delta) and np.mean(delta), without an axis
      biasGradient: (delta) => tensor([delta.shape[1]], () => total(delta)),
    }, {
      biasGradient: (delta) => tensor([delta.shape[1]], () => total(delta) / delta.data.length),
      scale: scaleWeightsOnly,
    }],
  },
  tanh_slope_for_sigmoid: {
    variants: [{
      slope: (activation, a, layer) =>
        activation === "sigmoid" ? 1 - a * a : RIGHT.slope(activation, a, layer),
    }],
  },
  sigmoid_slope_for_tanh: {
    variants: [{
      slope: (activation, a, layer) =>
        activation === "tanh" ? a * (1 - a) : RIGHT.slope(activation, a, layer),
    }],
  },
  activation_applied_twice: {
    variants: [{
      slope(activation, a, layer) {
        const again = activation === "tanh" ? tanh(a) : activation === "sigmoid" ? sigmoid(a) : a;
        return RIGHT.slope(activation, again, layer);
      },
    }],
  },
  tanh_not_squared: {
    variants: [{
      slope: (activation, a, layer) => activation === "tanh" ? 1 - a : RIGHT.slope(activation, a, layer),
    }],
  },
  slope_of_input: {
    variants: [{
      slope: (activation, a, layer) => RIGHT.slope(activation, inputOf(activation, a), layer),
    }],
  },
  slope_missing: {
    variants: [{ slope: () => 1 }],
  },
});

/** What an activation is taken of, from its value `a`; of those that say no more than that, `a` itself. */
function inputOf(activation: CourseActivation, a: number): number {
  if (activation === "tanh") return log((1 + a) / (1 - a)) / 2;
  return activation === "sigmoid" ? log(a / (1 - a)) : a;
}

/** (B, K) and (B, N) to (K, N), summed as if every row were the mean row. */
function outerProductOfMeans(A: GradeTensor, delta: GradeTensor): GradeTensor {
  const [B, N] = delta.shape;
  const [below, units] = [sumOverRows(A).data, sumOverRows(delta).data];
  return tensor([A.shape[1], N], (i) => below[Math.floor(i / N)] * units[i % N] / B);
}

/** (B, N) to (B). */
function sumOverUnits({ shape: [B, N], data }: GradeTensor): GradeTensor {
  return tensor([B], (b) => data.subarray(b * N, (b + 1) * N).reduce((sum, d) => sum + d, 0));
}

function total({ data }: GradeTensor): number {
  return data.reduce((sum, d) => sum + d, 0);
}
