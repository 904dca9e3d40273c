import type { ScheduleMethod } from "./schedule.ts";

export interface PlateauOptions {
  readonly factor: number;
  /** Epochs without a better loss that change nothing yet. */
  readonly patience: number;
  /** A loss is better where it is below the best by more than this. */
  readonly min_delta: number;
  /** Epochs after a change that are not counted. */
  readonly cooldown: number;
  /** The least rate. */
  readonly to: number;
}

/** A change smaller than this is not made: eps of PyTorch's class. */
const LEAST_CHANGE = 1e-8;

/**
 * torch.optim.lr_scheduler.ReduceLROnPlateau(mode="min", threshold=min_delta, threshold_mode="abs", min_lr=to), which is told the
 * validation loss after each epoch.
 */
export const plateau: ScheduleMethod<PlateauOptions> = {
  description: {
    en:
      "times `factor` where the validation loss has not improved for more than `patience` epochs (ReduceLROnPlateau)",
    ja: "検証損失が `patience` エポックを超えて改善しなければ `factor` 倍にする（ReduceLROnPlateau）",
  },
  needsValidation: true,
  inWords: ({ factor, patience }) => ({
    en: `times ${factor} when the validation loss has not improved for more than ${patience} epochs`,
    ja: `検証損失が ${patience} エポックを超えて改善しないと ${factor} 倍`,
  }),
  open({ factor, patience, min_delta, cooldown, to }, base) {
    let rate = base;
    let best = Infinity;
    let bad = 0;
    let cooling = 0;
    return {
      rate: () => rate,
      see(loss) {
        if (loss < best - min_delta) {
          best = loss;
          bad = 0;
        } else bad++;
        if (cooling > 0) {
          cooling--;
          bad = 0;
        }
        if (bad <= patience) return;
        const lower = Math.max(rate * factor, to);
        if (rate - lower > LEAST_CHANGE) rate = lower;
        cooling = cooldown;
        bad = 0;
      },
    };
  },
};
