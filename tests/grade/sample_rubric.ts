import { type Rubric, rubricSchema } from "../../src/grade/rubric.ts";

/** A rubric of two problems, 20 points, with what `more` says besides. */
export function sampleRubric(more: Record<string, unknown> = {}): Rubric {
  return rubricSchema.parse({
    assignment: "sample",
    title: "Sample",
    points: 20,
    problems: [
      {
        name: "forward",
        title: "Forward",
        points: 12,
        checks: [{ check: "vector", points: 8 }, { check: "value", points: 4, visibility: "hidden" }],
      },
      {
        name: "backward",
        title: "Backward",
        points: 8,
        checks: [{ check: "gradcheck", points: 8, visibility: "after_due_date" }],
      },
    ],
    ...more,
  });
}
