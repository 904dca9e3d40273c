import type { FinalGrade } from "../final_grade.ts";
import { gradeMessages } from "../messages/messages.ts";
import type { Rubric } from "../rubric.ts";
import { showNumber } from "../show_number.ts";
import type { CheckGrade, Stage } from "../submission_grade.ts";
import { checkTitle } from "./check_title.ts";
import { Shown } from "./shown.ts";

/** Gradescope's results.json of one student (https://gradescope-autograders.readthedocs.io/en/latest/specs/): it shows a test by its visibility, and what stands above the tests to everybody. */
export function formatGradescope(
  { grade, score, notGraded, openAttempts, lateness, override }: FinalGrade,
  { rubric, stage }: { rubric: Rubric; stage: Stage },
): string {
  const t = gradeMessages(rubric.language);
  const { feedback, gradescope, colon } = t.outputs;
  const accuracy = grade.testAccuracy === null ? null : showNumber(100 * grade.testAccuracy);
  const seen = new Shown(grade, { rubric, stage });
  const unlearned = grade.learned === false && seen.evaluation;
  const lines = [
    ...(notGraded > 0 ? [gradescope.notGraded(notGraded)] : []),
    ...(openAttempts.length > 0 ? [feedback.openAttempts(openAttempts)] : []),
    ...(lateness.percent > 0 ? [feedback.late(lateness, null)] : []),
    ...(unlearned ? [feedback.notLearned(accuracy)] : []),
    // A total that is set by hand is held by no cap.
    ...(unlearned && typeof grade.cap === "number" && override === null ? [feedback.capped(grade.cap)] : []),
    ...(override === null || !seen.whole ? [] : [override]),
    ...(grade.claim === null ? [] : [grade.claim]),
    ...grade.notes,
    ...grade.understood ?? [],
  ];
  const results = {
    score,
    output: lines.join("\n"),
    output_format: "text",
    stdout_visibility: "hidden",
    tests: grade.problems.flatMap((problem, p) =>
      problem.checks.map((check, c) => {
        const place = { problem: problem.name, track: grade.track, name: check.name };
        const name = `${problem.title}${colon}${checkTitle(rubric, place, t)}`;
        return test({ ...check, reason: seen.reason(check, t) }, { name, number: `${p + 1}.${c + 1}` });
      })
    ),
    leaderboard: grade.testAccuracy === null || !seen.evaluation
      ? []
      : [{ name: gradescope.accuracy, value: grade.testAccuracy, order: "desc" }],
  };
  return JSON.stringify(results, null, 2) + "\n";
}

function test(check: CheckGrade, { name, number }: { name: string; number: string }) {
  return {
    name,
    number,
    score: check.points,
    max_score: check.max,
    status: check.status === "passed" ? "passed" : "failed",
    output: [check.reason, check.hint, check.override].filter((text) => text !== null).join("\n"),
    output_format: "text",
    visibility: check.visibility,
  };
}
