import { z } from "zod";
import { METRIC, METRICS } from "../../tables/metrics.ts";

/** `report`: by which number trials are ranked, and in which language. */
export const reportSchema = z
  .strictObject({
    metric: z.enum(METRICS).default(
      "val_accuracy",
    ).describe(
      "The number that trials are ranked by. Choosing by a test metric makes that metric too good to be true: prefer val_*.",
    ),
    goal: z.enum(["maximize", "minimize"]).optional().describe(
      "Whether a larger or a smaller metric is better. It follows from the metric and may be left out.",
    ),
    language: z.enum(["en", "ja"]).default("en").describe("The language of the report: English or Japanese."),
  })
  .transform(({ metric, goal, language }, context) => {
    const natural = METRIC[metric].goal;
    if (goal !== undefined && goal !== natural) {
      context.addIssue({
        code: "custom",
        path: ["goal"],
        message:
          `must be ${natural} for the metric ${metric}, found ${goal}: the worst trial would come first; correct or remove it`,
      });
    }
    return { metric, goal: natural, language };
  });
