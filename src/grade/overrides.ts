import { z } from "zod";

/** A grade that the instructor sets by hand. */
const overrideSchema = z.strictObject({
  student: z.string().min(1).describe("The student's id, as in gradebook.csv."),
  problem: z.string().min(1).optional().describe("The problem's name. Left out: the total, after lateness."),
  check: z.string().min(1).optional().describe(
    "The check's name within the problem. Left out: the problem as a whole.",
  ),
  points: z.number().min(0).max(10_000).describe("The points to give instead."),
  reason: z.string().min(1).describe("Why. The student reads it."),
}).superRefine(({ problem, check }, context) => {
  if (check !== undefined && problem === undefined) {
    context.addIssue({
      code: "custom",
      path: ["check"],
      message: "must come with the problem that it is of",
    });
  }
});

/** overrides.yaml: grades set by hand, which stay however often is graded. */
export const overridesSchema = z.strictObject({
  overrides: z.array(overrideSchema).nullable().default([]).transform((list) => list ?? [])
    .describe("Grades set by hand. A later one wins."),
}).describe("Grades set by hand.");

/** A grade that the instructor sets by hand. */
export type Override = z.infer<typeof overrideSchema>;
