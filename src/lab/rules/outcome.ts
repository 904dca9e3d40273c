import type { Learner } from "../../rules/learner.ts";
import type { Rule, Weights } from "../../rules/rule.ts";
import type { Sample } from "../../rules/sample.ts";
import type { Witness } from "../../rules/separability.ts";

/** What can be said of the samples beforehand. */
export type DataFact = "none" | "one_class" | "separable" | "crossing" | "enclosed" | "same_place";

export function factOf(samples: readonly Sample[], witness: Witness | null): DataFact {
  if (samples.length === 0) return "none";
  if (samples.every(({ label }) => label === samples[0].label)) return "one_class";
  if (witness === null) return "separable";
  if (witness.some.length === 1 && witness.others.length === 1) return "same_place";
  return witness.some.length === 2 && witness.others.length === 2 ? "crossing" : "enclosed";
}

/** What has come of learning so far. */
export type Outcome =
  | "waiting"
  /** A whole epoch moved nothing. */
  | "rest"
  /** The weights of an earlier epoch came back, and are not 0. */
  | "cycle"
  /** The weights are 0 again after an epoch. */
  | "cancelled"
  | "ran_away"
  | "mistakes"
  | "all_right";

export function outcomeOf(learner: Learner): Outcome {
  if (learner.steps === 0) return "waiting";
  if (learner.ranAway) return "ran_away";
  const { cycle } = learner;
  if (cycle?.atRest) return "rest";
  if (cycle !== null) return cycle.since === 0 ? "cancelled" : "cycle";
  return learner.wrong[learner.steps] === 0 ? "all_right" : "mistakes";
}

/** How far the plane goes to each side of 0. */
export const EXTENT = { reach: 1.25 };

/** Whether weights have a line, and it crosses the plane; what rounding leaves of 0 turns to no side. */
export function lineOf({ w1, w2, b }: Weights): "shown" | "outside" | "none" {
  const slope = Math.abs(w1) + Math.abs(w2);
  return slope < 1e-9 ? "none" : Math.abs(b) < EXTENT.reach * slope ? "shown" : "outside";
}

/** By how much what is to be shown fits: a power of 2, so that the longer of the vectors is drawn 0.4 to 0.8 of the plane's reach. */
export function arrowScale(longest: number): number {
  if (!(longest > 0) || !Number.isFinite(longest)) return 1;
  let scale = 1;
  while (scale * longest > 0.8) scale /= 2;
  while (scale * longest <= 0.4) scale *= 2;
  return scale;
}

/** How sure the unit is at a sum, from -1, class 0, to 1, class 1. */
export function sureness(rule: Rule, a: number): number {
  const [low, high] = rule.targets;
  return Math.max(-1, Math.min(1, 2 * (rule.output(a) - low) / (high - low) - 1));
}
