import { z } from "zod";
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

/** Every kind of check, in the order in which rubrics are told of them. */
const CHECKS = [
  shapes,
  moments,
  vector,
  finite,
  value,
  gradcheck,
  oneStep,
  raggedBatch,
  argmax,
  recompute,
  band,
  history,
  misclassified,
] as const;

type SchemasOf<Checks extends readonly Pick<Check, "schema">[]> = {
  [I in keyof Checks]: Checks[I]["schema"];
};

export const checkSchema = z.discriminatedUnion(
  "check",
  CHECKS.map(({ schema }) => schema) as unknown as SchemasOf<typeof CHECKS>,
).describe("One check.");

/** A check as the rubric sets it, with every default filled in. */
export type CheckSpec = z.infer<typeof checkSchema>;

/** The kind of check that a rubric sets. */
function checkOf({ check }: CheckSpec): Check {
  // The kind picks the check that takes a spec of that kind, which the type system cannot follow through a lookup.
  return CHECKS.find(({ kind }) => kind === check) as unknown as Check;
}

/** The check's name: as given, or its kind and what sets it apart from others of its kind. */
export function checkName(spec: CheckSpec): string {
  return spec.name ?? checkOf(spec).nameOf?.(spec) ?? spec.check;
}

/** Whether the check has the trained network run on the test images in any case. */
export function evaluatesNetwork(spec: CheckSpec): boolean {
  return checkOf(spec).evaluates ?? false;
}

export function runCheck(spec: CheckSpec, context: GradingContext): Promise<Outcome> {
  return checkOf(spec).run(spec, context);
}
