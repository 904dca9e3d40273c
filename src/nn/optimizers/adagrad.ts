import { defineOptimizer, epsilonOf } from "./optimizer.ts";

/** Duchi, Hazan and Singer (2011): h += g², then w -= rate * g / (sqrt(h) + epsilon). */
export const adagrad = defineOptimizer({
  description: {
    en: "AdaGrad, whose steps shrink where gradients were large",
    ja: "勾配が大きかった重みほど歩幅を小さくする AdaGrad",
  },
  settings: {
    epsilon: {
      ...epsilonOf(1e-7),
      description: {
        en: "Added to the square root that a step is divided by; PyTorch's is 1e-10.",
        ja: "歩幅を割る平方根に加える、小さな数です。PyTorch では 1e-10 です。",
      },
    },
    lr_decay: {
      default: 0,
      min: 0,
      description: {
        en: "The rate of step t is learning_rate / (1 + (t - 1) lr_decay).",
        ja: "t 回目のステップの学習率は learning_rate / (1 + (t - 1) lr_decay) です。",
      },
    },
    initial_accumulator_value: {
      default: 0,
      min: 0,
      description: {
        en: "What the sum of squared gradients starts from.",
        ja: "勾配の 2 乗の和の初期値です。",
      },
    },
  },
  state: () => ["squares"],
  step(
    kernels,
    { parameters, gradient, state: [squares], floats, rate, t },
    { epsilon, lr_decay, initial_accumulator_value: initial },
  ) {
    const decayed = rate / (1 + (t - 1) * lr_decay);
    kernels.adagradStep(parameters, squares, gradient, floats, decayed, epsilon, initial);
  },
});
