import { z } from "zod";
import { TRACKS } from "./manifest.ts";

/** Who sees what a check found: as on Gradescope. */
export const VISIBILITIES = ["visible", "hidden", "after_due_date", "after_published"] as const;
/** One of them. */
export type Visibility = (typeof VISIBILITIES)[number];

const shared = {
  points: z.number().min(0).max(1000).describe("What the check is worth; it gives them in part."),
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/).optional()
    .meta({ patternErrorMessage: "a name of lower-case letters, digits and `_`" })
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

const activation = z.enum(["tanh", "sigmoid"]).default("tanh").describe(
  "Track ts: the hidden layers' activation that the function is asked with. Track artifact: that of the manifest.",
);
const rtol = (value: number) =>
  z.number().positive().max(1).default(value).describe(
    `The largest difference that is right, relative to the largest element of each array. Default ${value}.`,
  );

/** One check, told apart by its kind. */
export const checkSchema = z.discriminatedUnion("check", [
  z.strictObject({
    check: z.literal("shapes").describe("The arrays have the shapes that they must have."),
    of: z.enum(["initialize", "forward", "gradients"]).describe("Whose arrays."),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("moments").describe(
      "First weights have mean 0 and standard deviation sigma, as z-tests tell.",
    ),
    max_z: z.number().positive().default(5).describe(
      "How many standard errors the mean and the standard deviation may be off.",
    ),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("vector").describe("Activations and probabilities are those of our reference."),
    activation,
    rtol: rtol(1e-5),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("finite").describe("Nothing overflows: logits in the thousands, a probability of 0."),
    of: z.enum(["forward", "loss"]).describe(
      "forward: probabilities of large logits. loss: cross-entropy of a 0.",
    ),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("value").describe("The cross-entropy is that of our reference."),
    rtol: rtol(1e-4),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("gradcheck").describe("Every gradient is that of our reference."),
    activation,
    reduction: z.enum(["mean", "sum"]).default("mean").describe(
      "Track ts: the reduction that is asked for. Track artifact: that of the manifest.",
    ),
    rtol: rtol(1e-4),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("one_step").describe("The parameters after one update are those of our reference."),
    through: z.enum(["step", "fit"]).default("step").describe(
      "Track ts: the function step, or the class's fit.",
    ),
    activation,
    rtol: rtol(1e-3),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("ragged_batch").describe("A batch of fewer rows than the batch size is used rightly."),
    rtol: rtol(1e-3),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("argmax").describe("The predicted class is the most probable one."),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("recompute").describe(
      "The weights give the predictions and the validation loss that were handed in.",
    ),
    images: z.int().min(0).default(2).describe(
      "How many predictions may differ: rounding decides between classes that are as probable.",
    ),
    loss_rtol: z.number().positive().max(1).default(0.02).describe(
      "How far the last validation loss may be off.",
    ),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("band").describe(
      "A metric is within a band of what our engine reaches with the same hyperparameters.",
    ),
    metric: z.enum(["test_accuracy", "test_loss"]).default("test_accuracy").describe(
      "Recomputed from the weights.",
    ),
    side: z.enum(["worse", "both"]).default("worse").describe(
      "Whether only worse values than the band lose points.",
    ),
    max_z: z.number().positive().default(4).describe(
      "Half the band's width, in standard deviations over our seeds.",
    ),
    floor: z.number().min(0).default(0.003).describe(
      "The least half-width of the band, in the metric's unit.",
    ),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("history").describe(
      "The learning curve: an epoch's loss is the mean over all its rows.",
    ),
    rtol: rtol(0.02),
    ...shared,
  }),
  z.strictObject({
    check: z.literal("misclassified").describe("The wrongly classified images are found, all and no others."),
    ...shared,
  }),
]).describe("One check.");

/** A check as the rubric sets it, with every default filled in. */
export type CheckSpec = z.infer<typeof checkSchema>;
/** The kinds of checks. */
export type CheckKind = CheckSpec["check"];
/** The check of one kind. */
export type SpecOf<K extends CheckKind> = Extract<CheckSpec, { check: K }>;

/** The check's name: as given, or its kind and what sets it apart from others of its kind. */
export function checkName(spec: CheckSpec): string {
  if (spec.name !== undefined) return spec.name;
  if ("of" in spec) return `${spec.check}_${spec.of}`;
  if (spec.check === "one_step" && spec.through === "fit") return "one_step_fit";
  return spec.check;
}
