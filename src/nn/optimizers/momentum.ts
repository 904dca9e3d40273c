import { defineOptimizer } from "./optimizer.ts";

/** How much of the last step goes on, for every optimizer that has a velocity. */
export const MOMENTUM = {
  default: 0.9,
  min: 0,
  below: 1,
  description: {
    en: "How much of the velocity stays from step to step.",
    ja: "前のステップの速度をどれだけ残すかを決める係数です。",
  },
} as const;

/** Polyak's heavy ball, as PyTorch writes it: v = momentum * v + g, then w -= rate * v. */
export const momentum = defineOptimizer({
  description: { en: "gradient descent with momentum 0.9", ja: "係数 0.9 の慣性項を加えた勾配降下法" },
  settings: {
    momentum: MOMENTUM,
    dampening: {
      default: 0,
      min: 0,
      max: 1,
      description: {
        en: "By how much less than all of it each gradient but the first is added to the velocity.",
        ja: "2 回目以降のステップで、速度に加える勾配をどれだけ弱めるかです。",
      },
    },
    nesterov: {
      default: false,
      description: {
        en: "Whether a step looks ahead, as that of nesterov does; then dampening must be 0.",
        ja:
          "nesterov と同じく、速度の分だけ先を見越して進むかどうかです。true のとき dampening は 0 にします。",
      },
    },
  },
  state: () => ["velocity"],
  clash: ({ nesterov, dampening }) =>
    !nesterov || dampening === 0 ? undefined : {
      setting: "dampening",
      en: `must be 0 with nesterov, found ${dampening}`,
      ja: `nesterov が true のときは 0 でなければなりません（現在の値：${dampening}）`,
    },
  step(
    kernels,
    { parameters, gradient, state: [velocity], floats, rate, t },
    { momentum, dampening, nesterov },
  ) {
    if (nesterov) kernels.nesterovStep(parameters, velocity, gradient, floats, rate, momentum);
    else {
      const gain = t === 1 ? 1 : 1 - dampening;
      kernels.momentumStep(parameters, velocity, gradient, floats, rate, momentum, gain);
    }
  },
});
