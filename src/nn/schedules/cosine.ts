import { onCircle } from "../../random/turn.ts";
import type { ScheduleMethod } from "./schedule.ts";

export interface CosineOptions {
  /** The rate that it would reach after the last epoch. */
  readonly to: number;
}

/** torch.optim.lr_scheduler.CosineAnnealingLR(T_max=all epochs, eta_min=to), stepped after each epoch, in its closed form. */
export const cosine: ScheduleMethod<CosineOptions> = {
  description: {
    en: "down to `to` over all epochs, along half a cosine (CosineAnnealingLR)",
    ja: "全エポックをかけて、余弦の半周期に沿って `to` まで下げる（CosineAnnealingLR）",
  },
  needsTotal: true,
  inWords: ({ to }) => ({
    en: `along half a cosine down to ${to} over all epochs`,
    ja: `全エポックをかけて余弦に沿って ${to} まで`,
  }),
  open: ({ to }, base) => ({
    rate({ epoch, total }) {
      const [cos] = onCircle(Math.min(1, epoch / total) / 2);
      return to + (base - to) * ((1 + cos) / 2);
    },
  }),
};
