import { defineOptimizer } from "./optimizer.ts";

export const sgd = defineOptimizer({
  description: { en: "plain stochastic gradient descent", ja: "確率的勾配降下法" },
  settings: {},
  state: () => [],
  direct: true,
  step: (kernels, { parameters, gradient, floats, rate }) =>
    kernels.sgdStep(parameters, gradient, floats, rate),
});
