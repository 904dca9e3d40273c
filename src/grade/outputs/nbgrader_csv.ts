import type { FinalGrade } from "../final_grade.ts";
import type { Rubric } from "../rubric.ts";
import { formatCsv } from "./csv.ts";

const HEADER = [
  "assignment",
  "duedate",
  "timestamp",
  "student_id",
  "last_name",
  "first_name",
  "email",
  "raw_score",
  "late_submission_penalty",
  "score",
  "max_score",
];

/** grades.csv in the form of nbgrader's own export, which learning platforms read. */
export function formatNbgrader(grades: readonly FinalGrade[], { assignment, due, points }: Rubric): string {
  return formatCsv(
    HEADER,
    grades.map(({ student, lateness, raw, penalty, score }) => [
      assignment,
      due ?? null,
      lateness.submitted,
      student,
      null,
      null,
      null,
      raw,
      penalty,
      score,
      points,
    ]),
  );
}
