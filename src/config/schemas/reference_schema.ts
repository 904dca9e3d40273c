import { z } from "zod";
import { METRIC, METRICS } from "../../tables/metrics.ts";

const targetSchema = z.strictObject({
  metric: z.enum(METRICS).describe(
    "What to compare: the mean over the trial's seeds.",
  ),
  value: z.number().describe("What it should be. An accuracy is a fraction from 0 to 1."),
  tolerance: z.number().min(0).describe("How far off it may be, in either direction; 0 or more."),
  trial: z.int().min(0).optional().describe("Of which trial. Left out: the best one, by report.metric."),
}).superRefine(({ metric, value, tolerance }, context) => {
  if (METRIC[metric].kind === "accuracy" && !(value >= 0 && value <= 1)) {
    context.addIssue({
      code: "custom",
      path: ["value"],
      message: `must be from 0 to 1 for ${metric}, found ${value}${
        value > 1 && value <= 100 ? `; write ${value / 100}` : ""
      }`,
    });
  }
  if (METRIC[metric].kind === "loss" && value < 0) {
    context.addIssue({
      code: "custom",
      path: ["value"],
      message: `must be 0 or more for ${metric}, found ${value}`,
    });
  }
  if (METRIC[metric].kind === "accuracy" && tolerance > 1) {
    context.addIssue({
      code: "custom",
      path: ["tolerance"],
      message: `must be at most 1 for ${metric}, found ${tolerance}: nothing would ever be outside`,
    });
  }
});

/** `reference`: metrics that the results are compared with; one, or a list of them. */
export const referenceSchema = z.union([targetSchema, z.array(targetSchema).min(1)])
  .transform((reference) => Array.isArray(reference) ? reference : [reference])
  .describe(
    "Metrics that the results must come near to. Where one is outside its tolerance, sweep prints a table of all and exits with 1.",
  );

/** Metrics that an experiment's results are compared with. */
export type References = z.infer<typeof referenceSchema>;
