import { MOMENTUM } from "./momentum.ts";
import { defineOptimizer } from "./optimizer.ts";

/** As PyTorch writes it: v = momentum * v + g, then w -= rate * (g + momentum * v). */
export const nesterov = defineOptimizer({
  description: {
    en: "Nesterov's accelerated gradient: momentum whose step looks ahead",
    ja: "速度の分だけ先を見越して進む、ネステロフの加速勾配法",
  },
  settings: { momentum: MOMENTUM },
  state: () => ["velocity"],
  step: (kernels, { parameters, gradient, state: [velocity], floats, rate }, { momentum }) =>
    kernels.nesterovStep(parameters, velocity, gradient, floats, rate, momentum),
});
