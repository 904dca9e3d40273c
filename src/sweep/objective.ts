import { sweepMethodOf } from "../config/methods/methods.ts";
import type { Experiment } from "../config/schema.ts";

/** What an experiment's trials are ranked by; where the method says so, first by how far they got. */
export function objectiveOf({ report: { metric, goal }, sweep }: Pick<Experiment, "report" | "sweep">) {
  return { metric, goal, ...sweep && sweepMethodOf(sweep).ranksByEpochs ? { by_epochs: true } : {} };
}
