import { describeLateness, type FinalGrade } from "../final_grade.ts";
import type { CheckGrade, ProblemGrade } from "../submission_grade.ts";

/** Gradescope's results.json of one student (https://gradescope-autograders.readthedocs.io/en/latest/specs/): it shows a test by its visibility. */
export function formatGradescope({ grade, score, notGraded, lateness }: FinalGrade): string {
  const lines = [
    ...(notGraded > 0 ? [`${notGraded} checks could not be graded here: this score is not final.`] : []),
    ...(lateness.percent > 0 ? [`${describeLateness(lateness)} are taken off.`] : []),
    ...grade.notes,
  ];
  const results = {
    score,
    output: lines.join("\n"),
    output_format: "text",
    stdout_visibility: "hidden",
    tests: grade.problems.flatMap((problem, p) =>
      problem.checks.map((check, c) => test(problem, check, `${p + 1}.${c + 1}`))
    ),
    leaderboard: grade.testAccuracy === null
      ? []
      : [{ name: "Test accuracy", value: grade.testAccuracy, order: "desc" }],
  };
  return JSON.stringify(results, null, 2) + "\n";
}

function test({ title }: ProblemGrade, check: CheckGrade, number: string) {
  return {
    name: `${title}: ${check.name}`,
    number,
    score: check.points,
    max_score: check.max,
    status: check.status === "passed" ? "passed" : "failed",
    output: [check.reason, check.hint, check.override].filter((text) => text !== null).join("\n"),
    output_format: "text",
    visibility: check.visibility,
  };
}
