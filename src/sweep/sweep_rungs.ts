import type { Experiment } from "../config/schema.ts";
import { planRungs, type Rung } from "../config/methods/halving.ts";

/** The rungs of an experiment of `trials` trials: those of halving, or the one that trains all of them for all epochs. */
export function sweepRungs({ sweep, train }: Pick<Experiment, "sweep" | "train">, trials: number): Rung[] {
  if (sweep?.method !== "halving") return [{ epochs: train.epochs, trials }];
  const { factor, min_epochs, max_epochs = train.epochs } = sweep;
  return planRungs({ candidates: trials, factor, minEpochs: min_epochs, maxEpochs: max_epochs });
}
