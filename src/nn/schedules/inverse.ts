import { exp } from "../../random/exp.ts";
import { log } from "../../random/log.ts";
import type { ScheduleMethod } from "./schedule.ts";

export interface InverseOptions {
  readonly power: number;
}

/** rate / t^power of the t-th step, from 1: scikit-learn's invscaling, as its SGDRegressor and its documentation of MLPClassifier have it. */
export const inverse: ScheduleMethod<InverseOptions> = {
  description: {
    en: "rate / t^`power` at the t-th update (scikit-learn's invscaling)",
    ja: "t 回目の更新で学習率を 1 / t^`power` 倍にする（scikit-learn の invscaling）",
  },
  inWords: ({ power }) => ({
    en: `divided by t^${power} at the t-th update`,
    ja: `t 回目の更新で 1 / t^${power} 倍`,
  }),
  open: ({ power }, base) => ({ rate: ({ step }) => base / exp(power * log(step)) }),
};
