import type { ScheduleMethod } from "./schedule.ts";
import { wholePower } from "./whole_power.ts";

export interface StepOptions {
  /** Epochs between two changes. */
  readonly every: number;
  readonly factor: number;
}

/** torch.optim.lr_scheduler.StepLR(step_size=every, gamma=factor), stepped after each epoch. */
export const step: ScheduleMethod<StepOptions> = {
  description: {
    en: "after every `every` epochs the rate is multiplied by `factor` (PyTorch's StepLR)",
    ja: "`every` エポックごとに学習率を `factor` 倍にする（PyTorch の StepLR）",
  },
  inWords: ({ every, factor }) => ({
    en: `times ${factor} every ${every === 1 ? "epoch" : `${every} epochs`}`,
    ja: `${every} エポックごとに ${factor} 倍`,
  }),
  open: ({ every, factor }, base) => ({
    rate: ({ epoch }) => base * wholePower(factor, Math.floor(epoch / every)),
  }),
};
