import type { Experiment } from "../../src/config/schema.ts";
import type { Objective } from "../../src/analysis/ranking.ts";

/** What an experiment's trials are ranked by. Of halving, those that got further come first. */
export function objectiveOf(
  { report: { metric, goal }, sweep }: Pick<Experiment, "report" | "sweep">,
): Objective {
  return { metric, goal, ...sweep?.method === "halving" ? { by_epochs: true } : {} };
}
