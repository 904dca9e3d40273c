import { z } from "zod";
import type { GradingContext } from "../grading_context.ts";
import { TRACKS } from "../manifest.ts";
import type { Outcome } from "../outcome.ts";

/** Who sees what a check found: as on Gradescope. */
const VISIBILITIES = ["visible", "hidden", "after_due_date", "after_published"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** What the name of a problem or check must be, in words. */
export const NAME = {
  patternErrorMessage: "a name of lower-case letters, digits and `_`",
  ja: "英小文字、数字、`_` からなる名前",
};

/** What a rubric may say of every check. */
const shared = {
  points: z.number().min(0).max(1000).describe("What the check is worth; it gives them in part."),
  bonus: z.boolean().default(false).describe(
    "Whether its points are given besides the problem's, for what is not asked for.",
  ),
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/).optional()
    .meta(NAME)
    .describe("Its name in the feedback and the overrides. Left out: the kind of check, and what it is of."),
  tracks: z.array(z.enum(TRACKS)).min(1).default([...TRACKS]).describe(
    "The tracks that it is for: ts, artifact or both.",
  ),
  visibility: z.enum(VISIBILITIES).default("visible").describe(
    "Who sees its reason and hint: students at once, never, after the due date, or once grades are published.",
  ),
  hint: z.string().min(1).optional().describe(
    "What to tell a student who loses points here, in place of the built-in hint.",
  ),
};

/** The check as a rubric's mapping, its kind under `check`. */
type Spec<Kind extends string, Settings extends z.ZodRawShape> = z.ZodObject<
  { check: z.ZodLiteral<Kind> } & Settings & typeof shared,
  z.core.$strict
>;

interface CheckOptions<Kind extends string, Settings extends z.ZodRawShape> {
  /** As the rubric names it. */
  readonly kind: Kind;
  /** What it asks for, for whoever writes a rubric. */
  readonly about: string;
  /** What a rubric may set of this check alone, with the defaults. */
  readonly settings: Settings;
  /** Its name where the rubric gives none: by default the kind. */
  nameOf?(spec: z.infer<z.ZodObject<Settings>>): string;
  /** Whether the trained network is run on the test images in any case. */
  readonly evaluates?: boolean;
  /** From the settings and one submission to an outcome. It never throws for what a student did. */
  run(spec: z.infer<z.ZodObject<Settings>>, context: GradingContext): Promise<Outcome>;
}

/** A kind of check, whole: how a rubric sets it and what it does. */
export interface Check<Kind extends string = string, Settings extends z.ZodRawShape = z.ZodRawShape>
  extends CheckOptions<Kind, Settings> {
  readonly schema: Spec<Kind, Settings>;
}

/** Makes a check from what sets it apart. To be found it must be in the list of registry.ts. */
export function defineCheck<const Kind extends string, Settings extends z.ZodRawShape>(
  options: CheckOptions<Kind, Settings>,
): Check<Kind, Settings> {
  const { kind, about, settings } = options;
  return {
    ...options,
    schema: z.strictObject({ check: z.literal(kind).describe(about), ...settings, ...shared }),
  };
}

export const activationSetting = z.enum(["tanh", "sigmoid"]).default("tanh").describe(
  "Track ts: the hidden layers' activation that the function is asked with. Track artifact: that of the manifest.",
);

/** The setting of how far off numbers may be. */
export function rtolSetting(value: number): z.ZodDefault<z.ZodNumber> {
  return z.number().positive().max(1).default(value).describe(
    `The largest difference that is right, relative to the largest element of each array. Default ${value}.`,
  );
}
