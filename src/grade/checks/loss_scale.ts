import type { GradingContext } from "../grading_context.ts";
import { graded, type Outcome } from "../outcome.ts";
import { LOSS } from "../mistakes/loss.ts";
import type { Mistake } from "../mistakes/mistake.ts";
import { RIGHT } from "../reference/method.ts";

/** By which factor another loss, grown as much as the cross-entropy did, may differ from what the factor of one batch foretells. */
const SIZE = 2;

/**
 * How much larger the student's own loss of a batch is than the cross-entropy, where that was charged; below 0 where it lacks its minus; null
 * where it was not charged.
 */
export async function lossScale({ answers, chargedPlaces }: GradingContext): Promise<number | null> {
  if (!chargedPlaces.has("loss")) return null;
  const answer = await answers.loss("batch");
  if (answer.status !== "ok") return null;
  const { found, probabilities: [P], Y } = answer.value;
  // A number that does not depend on the probabilities is no loss.
  const zero = await answers.loss("zero");
  if (zero.status === "ok" && zero.value.found === found) return null;
  const scale = found / RIGHT.loss(P, Y);
  return Number.isFinite(scale) && scale !== 0 ? scale : null;
}

/** Losses that are the cross-entropy of any probabilities, but for a factor. */
const PROPORTIONAL: ReadonlySet<Mistake> = new Set([
  LOSS.loss_summed,
  LOSS.loss_without_minus,
  LOSS.loss_of_log10,
  LOSS.loss_of_log2,
  LOSS.loss_halved,
  LOSS.loss_over_classes,
]);

/** Whether the student's own loss, which was charged, depends on probabilities in a way of its own: then nobody knows what it gives for others. */
export function isOtherLoss({ charged }: GradingContext): boolean {
  return ![...charged].some((mistake) => PROPORTIONAL.has(mistake));
}

/**
 * An outcome that lost points because a loss is not the cross-entropy, without them where the student's own loss, which was charged, may
 * well have given it.
 */
export async function givenOwnLoss(
  lost: Outcome,
  { context, found, expected }: { context: GradingContext; found: number; expected: number },
): Promise<Outcome> {
  const scale = await lossScale(context);
  if (scale === null) return lost;
  const { checks } = context.t;
  const ratio = found / (scale * expected);
  if (!(ratio > 1 / SIZE && ratio < SIZE)) {
    return isOtherLoss(context) && Number.isFinite(found)
      ? graded(1, checks.follows.otherLossOfWeights(found), { follows: ["loss"], otherwise: lost })
      : lost;
  }
  return graded(1, checks.follows.lossOfWeights(found / expected), { follows: ["loss"], otherwise: lost });
}
