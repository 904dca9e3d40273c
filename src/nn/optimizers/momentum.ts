import type { Optimizer } from "./optimizer.ts";

const MOMENTUM = 0.9;

/** Polyak's heavy ball, as PyTorch writes it: v = momentum * v + g, then w -= rate * v. */
export const momentum: Optimizer = {
  description: { en: "gradient descent with momentum 0.9", ja: "係数 0.9 の慣性項を加えた勾配降下法" },
  settings: { momentum: MOMENTUM },
  state: ["velocity"],
  step: (kernels, { parameters, gradient, state: [velocity], floats, rate }) =>
    kernels.momentumStep(parameters, velocity, gradient, floats, rate, MOMENTUM),
};
