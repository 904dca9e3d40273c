import { type FinalGrade, isFinal, isOverridden } from "../final_grade.ts";
import type { Rubric } from "../rubric.ts";
import { roundPoints } from "../submission_grade.ts";
import { formatCsv } from "./csv.ts";

/** gradebook.csv: one row a student, a column a problem, one of bonus if there is any to get, then what became of their sum. `status` is `final`, or `incomplete` where checks could not be made here that may change it. */
export function formatGradebook(grades: readonly FinalGrade[], { problems }: Rubric): string {
  const bonus = problems.some(({ checks }) => checks.some((check) => check.bonus));
  const header = [
    "student",
    "track",
    "submission",
    "attempt",
    "attempts",
    "submitted",
    ...problems.map(({ name }) => name),
    ...(bonus ? ["bonus"] : []),
    "raw",
    "late_days",
    "penalty",
    "score",
    "max",
    "status",
    "overridden",
    "submission_sha256",
  ];
  const max = problems.reduce((sum, { points }) => sum + points, 0);
  return formatCsv(
    header,
    grades.map((final) => [
      final.student,
      final.grade.track,
      final.grade.submission,
      final.attempt,
      final.attempts,
      final.lateness.submitted,
      ...final.grade.problems.map(({ points }) => points),
      ...(bonus ? [roundPoints(final.grade.problems.reduce((sum, problem) => sum + problem.bonus, 0))] : []),
      final.raw,
      final.lateness.days,
      final.penalty,
      final.score,
      max,
      isFinal(final) ? "final" : "incomplete",
      isOverridden(final) ? "yes" : "no",
      final.grade.sha256,
    ]),
  );
}
