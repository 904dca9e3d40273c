import { defineOptimizer, epsilonOf } from "./optimizer.ts";

const SETTINGS = {
  beta1: {
    default: 0.9,
    min: 0,
    below: 1,
    description: {
      en: "How much of the mean of gradients stays from step to step.",
      ja: "勾配の移動平均を、ステップごとにどれだけ残すかです。",
    },
  },
  beta2: {
    default: 0.999,
    min: 0,
    below: 1,
    description: {
      en: "How much of the mean of squared gradients stays from step to step.",
      ja: "勾配の 2 乗の移動平均を、ステップごとにどれだけ残すかです。",
    },
  },
  epsilon: epsilonOf(1e-8),
} as const;

/** Kingma and Ba (2015), as PyTorch writes it. */
export const adam = defineOptimizer({
  description: {
    en: "Adam, RMSprop with momentum and corrected for the start",
    ja: "RMSprop に慣性項を加え、学習の始めの偏りを補正する Adam",
  },
  settings: SETTINGS,
  state: () => ["means", "squares"],
  step(
    kernels,
    { parameters, gradient, state: [means, squares], floats, rate, t, decay },
    { beta1, beta2, epsilon },
  ) {
    const corrected = rate / (1 - power(beta1, t));
    const correction = 1 / Math.sqrt(1 - power(beta2, t));
    kernels.adamStep(
      parameters,
      means,
      squares,
      gradient,
      floats,
      corrected,
      1 - beta1,
      1 - beta2,
      correction,
      epsilon,
      rate * decay,
    );
  },
});

/** Loshchilov and Hutter (2019): Adam whose weight decay is no part of the gradient. */
export const adamw = defineOptimizer({
  description: {
    en: "Adam whose weight decay is apart from the gradient, 0.01 unless weight_decay says another",
    ja: "重み減衰（weight_decay を省略すると 0.01）を勾配に含めない Adam",
  },
  settings: SETTINGS,
  state: adam.state,
  decoupledDecay: 0.01,
  step: adam.step,
});

/** base to the power of t, a whole number of 1 or more, by products alone: every engine rounds these alike. */
function power(base: number, t: number): number {
  let result = 1;
  for (let square = base, rest = t; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}
