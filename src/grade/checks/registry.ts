import type { CheckKind, CheckSpec } from "../check_schema.ts";
import type { GradingContext } from "../grading_context.ts";
import type { Outcome } from "../outcome.ts";
import { argmax } from "./argmax.ts";
import { band } from "./band.ts";
import type { Check } from "./check.ts";
import { finite } from "./finite.ts";
import { gradcheck } from "./gradcheck.ts";
import { history } from "./history.ts";
import { misclassified } from "./misclassified.ts";
import { moments } from "./moments.ts";
import { oneStep } from "./one_step.ts";
import { raggedBatch } from "./ragged_batch.ts";
import { recompute } from "./recompute.ts";
import { shapes } from "./shapes.ts";
import { value } from "./value.ts";
import { vector } from "./vector.ts";

/** Every check by its kind. */
const CHECKS: { readonly [K in CheckKind]: Check<K> } = {
  shapes,
  moments,
  vector,
  finite,
  value,
  gradcheck,
  one_step: oneStep,
  ragged_batch: raggedBatch,
  argmax,
  recompute,
  band,
  history,
  misclassified,
};

/** Runs the check that a rubric sets. */
export function runCheck(spec: CheckSpec, context: GradingContext): Promise<Outcome> {
  // The kind picks the check that takes a spec of that kind, which the type system cannot follow through a lookup.
  const check = CHECKS[spec.check] as Check<CheckKind>;
  return check.run(spec, context);
}
