import type { CheckKind, SpecOf } from "../check_schema.ts";
import type { GradingContext } from "../grading_context.ts";
import type { Outcome } from "../outcome.ts";

/** The one shape of all checks: from its settings in the rubric and one submission to an outcome. It never throws for what a student did. */
export interface Check<K extends CheckKind> {
  /** As the rubric names it. */
  readonly kind: K;
  /** Makes the check. */
  run(spec: SpecOf<K>, context: GradingContext): Promise<Outcome>;
}
