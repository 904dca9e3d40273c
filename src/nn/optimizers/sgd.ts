import type { Optimizer } from "./optimizer.ts";

export const sgd: Optimizer = {
  settings: {},
  state: [],
  direct: true,
  step: (kernels, { parameters, gradient, floats, rate }) =>
    kernels.sgdStep(parameters, gradient, floats, rate),
};
