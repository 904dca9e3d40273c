import type { Experiment } from "../config/schema.ts";
import { planRungs } from "./plan_rungs.ts";

/** One round of a sweep. */
export interface SweepRung {
  /** Epochs that each of its trials has in all, those of earlier rungs included; null where each trial has its own. */
  readonly epochs: number | null;
  /** How many trials take part. */
  readonly trials: number;
}

/** The rungs of an experiment of `trials` trials: those of halving, or the one that trains all of them for all their epochs. */
export function sweepRungs(
  { sweep, train }: Pick<Experiment, "sweep" | "train">,
  trials: number,
): SweepRung[] {
  if (sweep?.method !== "halving") return [{ epochs: null, trials }];
  const { factor, min_epochs, max_epochs = train.epochs } = sweep;
  return planRungs({ candidates: trials, factor, minEpochs: min_epochs, maxEpochs: max_epochs });
}
