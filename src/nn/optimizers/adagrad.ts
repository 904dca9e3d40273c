import type { Optimizer } from "./optimizer.ts";

/** Duchi, Hazan and Singer (2011): h += g², then w -= rate * g / (sqrt(h) + epsilon). */
export const adagrad: Optimizer = {
  description: {
    en: "AdaGrad, whose steps shrink where gradients were large",
    ja: "勾配が大きかった重みほど歩幅を小さくする AdaGrad",
  },
  /** Written into the kernel. */
  settings: { epsilon: 1e-7 },
  state: ["squares"],
  step: (kernels, { parameters, gradient, state: [squares], floats, rate }) =>
    kernels.adagradStep(parameters, squares, gradient, floats, rate),
};
