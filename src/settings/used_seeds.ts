import { isNoisy } from "../nn/noise.ts";
import type { Settings } from "./settings.ts";

/**
 * The uses of random numbers that a training depends on, by the keys of `rng`. The split is one of them without validation too, as it
 * gives the rows their order.
 */
export function usedSeeds({ train }: Pick<Settings, "train">): ("split" | "init" | "shuffle" | "noise")[] {
  return [
    "split",
    "init",
    ...train.shuffle === "none" ? [] : ["shuffle" as const],
    ...isNoisy(train) ? ["noise" as const] : [],
  ];
}
