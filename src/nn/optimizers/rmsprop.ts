import { defineOptimizer, epsilonOf } from "./optimizer.ts";

/** Hinton (2012), as PyTorch writes it: s = alpha * s + (1 - alpha) * g², then w -= rate * g / (sqrt(s) + epsilon). */
export const rmsprop = defineOptimizer({
  description: {
    en: "RMSprop, whose steps are divided by the gradient's recent size",
    ja: "最近の勾配の大きさで歩幅を割る RMSprop",
  },
  settings: {
    alpha: {
      default: 0.99,
      min: 0,
      below: 1,
      description: {
        en: "How much of the mean of squared gradients stays from step to step.",
        ja: "勾配の 2 乗の移動平均を、ステップごとにどれだけ残すかです。",
      },
    },
    epsilon: epsilonOf(1e-8),
    momentum: {
      default: 0,
      min: 0,
      below: 1,
      description: {
        en: "How much of the velocity stays from step to step; 0 has none.",
        ja: "速度をどれだけ残すかを決める係数です。0 なら慣性項はありません。",
      },
    },
    centered: {
      default: false,
      description: {
        en: "Whether gradients are divided by their standard deviation instead.",
        ja: "勾配を、2 乗平均の平方根の代わりに標準偏差で割るかどうかです。",
      },
    },
  },
  state: ({ momentum, centered }) => [
    "squares",
    ...centered ? ["means"] : [],
    ...momentum > 0 ? ["velocity"] : [],
  ],
  step(
    kernels,
    { parameters, gradient, state: [squares, ...others], floats, rate },
    { alpha, epsilon, momentum, centered },
  ) {
    const [next, last] = others;
    if (centered) kernels.rmspropCenteredScale(squares, next, gradient, floats, 1 - alpha, epsilon);
    else kernels.rmspropScale(squares, gradient, floats, 1 - alpha, epsilon);
    const velocity = centered ? last : next;
    if (momentum > 0) kernels.momentumStep(parameters, velocity, gradient, floats, rate, momentum, 1);
    else kernels.sgdStep(parameters, gradient, floats, rate);
  },
});
