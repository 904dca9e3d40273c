import type { ScheduleMethod } from "./schedule.ts";

export const constant: ScheduleMethod<unknown> = {
  description: { en: "the same rate all along", ja: "最後まで同じ学習率" },
  inWords: () => ({ en: "constant", ja: "一定（constant）" }),
  open: (_, base) => ({ rate: () => base }),
};
