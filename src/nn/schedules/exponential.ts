import type { ScheduleMethod } from "./schedule.ts";
import { wholePower } from "./whole_power.ts";

export interface ExponentialOptions {
  readonly factor: number;
}

/** torch.optim.lr_scheduler.ExponentialLR(gamma=factor), stepped after each epoch. */
export const exponential: ScheduleMethod<ExponentialOptions> = {
  description: {
    en: "after each epoch the rate is multiplied by `factor` (ExponentialLR)",
    ja: "1 エポックごとに学習率を `factor` 倍にする（ExponentialLR）",
  },
  inWords: ({ factor }) => ({ en: `times ${factor} after each epoch`, ja: `1 エポックごとに ${factor} 倍` }),
  open: ({ factor }, base) => ({ rate: ({ epoch }) => base * wholePower(factor, epoch) }),
};
