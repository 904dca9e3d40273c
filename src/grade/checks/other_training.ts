import type { Fault } from "../fault.ts";
import type { GradingContext } from "../grading_context.ts";
import { notGraded, type Outcome } from "../outcome.ts";

/**
 * What a comparison with our own training came to, which has one learning rate throughout, pixels by 255 and plain gradient descent: where a
 * notebook's has not, what agrees is right, and what does not is not graded.
 */
export function ofOurTraining(outcome: Outcome, { submission: { notebook }, t }: GradingContext): Outcome {
  const { rates = null, pixels = null, optimizer = null } = notebook ?? {};
  const fault: Fault | null = optimizer !== null
    ? ["otherOptimizer", optimizer]
    : rates !== null
    ? ["rateChanges", ...rates]
    : pixels !== null
    ? ["otherPixels", pixels]
    : null;
  return fault === null || outcome.fraction === 1 || outcome.mistakes.length > 0
    ? outcome
    : notGraded(fault, t);
}
