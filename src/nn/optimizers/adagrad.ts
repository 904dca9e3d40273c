import type { Optimizer } from "./optimizer.ts";

/** Duchi, Hazan and Singer (2011): h += g², then w -= rate * g / (sqrt(h) + epsilon). */
export const adagrad: Optimizer = {
  /** Written into the kernel. */
  settings: { epsilon: 1e-7 },
  state: ["squares"],
  step: (kernels, { parameters, gradient, state: [squares], floats, rate }) =>
    kernels.adagradStep(parameters, squares, gradient, floats, rate),
};
