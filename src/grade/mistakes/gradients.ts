import { sigmoid, tanh } from "../reference/functions.ts";
import { type Method, RIGHT } from "../reference/method.ts";
import type { GradeTensor } from "../student_program.ts";
import { tensor } from "../tensors.ts";
import { mistakesOf } from "./mistake.ts";

/** As it must be for the weights; the biases' gradient is left as it is. */
const scaleWeightsOnly: Method["scale"] = (reduction, B) => ({
  weights: reduction === "mean" ? 1 / B : 1,
  biases: 1,
});

/** Mistakes of backpropagation. */
export const GRADIENTS = mistakesOf("backward", {
  gradient_summed: {
    title: "the gradient is summed over the batch where its mean is asked for",
    hint: "Divide the gradients of the weights and of the biases by the number of rows of the batch.",
    variants: [{ scale: () => ({ weights: 1, biases: 1 }) }],
  },
  gradient_averaged: {
    title: "the gradient is averaged over the batch where its sum is asked for",
    hint: "With the reduction `sum` nothing is divided by the number of rows.",
    variants: [{ scale: (_, B) => ({ weights: 1 / B, biases: 1 / B }) }],
  },
  gradient_divided_twice: {
    title: "the gradient is divided by the batch size twice",
    hint: "Divide once: either where the delta of the output layer is made, or where the gradients are.",
    variants: [{
      scale(reduction, B) {
        const scale = reduction === "mean" ? 1 / (B * B) : 1 / B;
        return { weights: scale, biases: scale };
      },
    }, {
      // The weights' gradient alone, or the biases' alone.
      scale: (reduction, B) =>
        reduction === "mean" ? { weights: 1 / (B * B), biases: 1 / B } : { weights: 1 / B, biases: 1 },
    }, {
      scale: (reduction, B) =>
        reduction === "mean" ? { weights: 1 / B, biases: 1 / (B * B) } : { weights: 1, biases: 1 / B },
    }],
  },
  bias_not_averaged: {
    title: "the gradient of the biases is summed over the batch while that of the weights is averaged",
    hint: "Both are means over the rows: divide the biases' gradient by the number of rows too.",
    variants: [{ scale: scaleWeightsOnly }],
  },
  bias_wrong_axis: {
    title: "the gradient of the biases is summed over the units instead of over the rows",
    hint:
      "A bias has one gradient a unit: sum the delta over the rows (in NumPy `axis=0`), not within a row.",
    variants: [{
      biasGradient: sumOverUnits,
    }, {
      // np.mean(delta, axis=1)
      biasGradient: (delta) => {
        const { shape, data } = sumOverUnits(delta);
        return tensor(shape, (b) => data[b] / delta.shape[1]);
      },
      scale: scaleWeightsOnly,
    }, {
      // np.sum(delta) and np.mean(delta), without an axis
      biasGradient: (delta) => tensor([delta.shape[1]], () => total(delta)),
    }, {
      biasGradient: (delta) => tensor([delta.shape[1]], () => total(delta) / delta.data.length),
      scale: scaleWeightsOnly,
    }],
  },
  tanh_slope_for_sigmoid: {
    title: "the derivative of tanh is used where the activation is sigmoid",
    hint: "With a = sigmoid(z) the derivative is a * (1 - a); 1 - a * a is that of tanh.",
    variants: [{
      slope: (activation, a) => activation === "sigmoid" ? 1 - a * a : RIGHT.slope(activation, a),
    }],
  },
  sigmoid_slope_for_tanh: {
    title: "the derivative of sigmoid is used where the activation is tanh",
    hint: "With a = tanh(z) the derivative is 1 - a * a; a * (1 - a) is that of sigmoid.",
    variants: [{
      slope: (activation, a) => activation === "tanh" ? a * (1 - a) : RIGHT.slope(activation, a),
    }],
  },
  activation_applied_twice: {
    title: "the derivative is taken at the activation's output instead of its input",
    hint:
      "Where you already have a = tanh(z), the derivative is 1 - a * a, not 1 - tanh(a) * tanh(a) (and likewise for sigmoid).",
    variants: [{
      slope(activation, a) {
        const again = activation === "tanh" ? tanh(a) : activation === "sigmoid" ? sigmoid(a) : a;
        return RIGHT.slope(activation, again);
      },
    }],
  },
  slope_missing: {
    title: "the delta is passed down without the activation's derivative",
    hint: "Multiply the delta by the derivative of the layer's activation, element by element.",
    variants: [{ slope: () => 1 }],
  },
});

/** (B, N) to (B). */
function sumOverUnits({ shape: [B, N], data }: GradeTensor): GradeTensor {
  return tensor([B], (b) => data.subarray(b * N, (b + 1) * N).reduce((sum, d) => sum + d, 0));
}

function total({ data }: GradeTensor): number {
  return data.reduce((sum, d) => sum + d, 0);
}
