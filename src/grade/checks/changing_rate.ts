import type { GradingContext } from "../grading_context.ts";
import { notGraded, type Outcome } from "../outcome.ts";

/**
 * What a comparison with our own training came to, which has one learning rate throughout: where a notebook's changes, what agrees is right,
 * and what does not is not graded.
 */
export function atOneRate(outcome: Outcome, { submission: { notebook }, t }: GradingContext): Outcome {
  const rates = notebook?.rates ?? null;
  if (rates === null || outcome.fraction === 1 || outcome.mistakes.length > 0) return outcome;
  return notGraded(["rateChanges", ...rates], t);
}
