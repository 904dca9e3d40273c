import { sweepMethodOf } from "../config/methods/methods.ts";
import type { Rung } from "../config/methods/method.ts";
import type { Experiment } from "../config/schema.ts";

export type { Rung };

/** The rungs of an experiment of `trials` trials, in order: of most methods one, which trains all of them for all epochs. */
export function sweepRungs({ sweep, train }: Pick<Experiment, "sweep" | "train">, trials: number): Rung[] {
  const plan = { epochs: train.epochs, trials };
  return sweep === undefined ? [plan] : sweepMethodOf(sweep).rungs(sweep, plan);
}
