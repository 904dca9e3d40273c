import type { CheckGrade, SubmissionGrade } from "../../src/grade/submission_grade.ts";

/** The grade of a submission by the sample rubric: so many points in its three checks. */
export function sampleGrade(
  student: string,
  points: readonly [number, number, number],
  more: Partial<SubmissionGrade> = {},
): SubmissionGrade {
  const check = (
    name: string,
    earned: number,
    max: number,
    visibility: CheckGrade["visibility"],
  ): CheckGrade => ({
    name,
    status: earned === max ? "passed" : earned > 0 ? "partial" : "failed",
    points: earned,
    max,
    bonus: false,
    visibility,
    reason: `reason of ${name}`,
    obstacle: null,
    hint: earned < max ? `hint of ${name}` : null,
    mistakes: earned < max ? ["gradient_summed"] : [],
    override: null,
  });
  const [vector, value, gradcheck] = points;
  return {
    student,
    submission: student,
    sha256: "ab".repeat(32),
    track: "ts",
    submitted: null,
    problems: [
      {
        name: "forward",
        title: "Forward",
        points: vector + value,
        max: 12,
        bonus: 0,
        checks: [check("vector", vector, 8, "visible"), check("value", value, 4, "hidden")],
        override: null,
      },
      {
        name: "backward",
        title: "Backward",
        points: gradcheck,
        max: 8,
        bonus: 0,
        checks: [check("gradcheck", gradcheck, 8, "after_due_date")],
        override: null,
      },
    ],
    testAccuracy: 0.9,
    remarks: [],
    notes: [],
    claim: null,
    understood: [],
    learned: null,
    cap: null,
    ...more,
  };
}
