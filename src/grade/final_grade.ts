import { groupBy } from "../analysis/lists.ts";
import { applyOverrides } from "./apply_overrides.ts";
import { type Lateness, lateness } from "./lateness.ts";
import type { Override } from "./overrides_schema.ts";
import type { Rubric } from "./rubric_schema.ts";
import { notGradedChecks, roundPoints, type SubmissionGrade, totalPoints } from "./submission_grade.ts";

/** What a student gets. */
export interface FinalGrade {
  /** The student's id. */
  readonly student: string;
  /** The submission that counts, with overrides. */
  readonly grade: SubmissionGrade;
  /** Which of the student's submissions it is, from 1, and how many there are. */
  readonly attempt: number;
  /** How many submissions of the student's there are. */
  readonly attempts: number;
  /** Of the submission that counts. */
  readonly lateness: Lateness;
  /** Points before lateness. */
  readonly raw: number;
  /** Points that lateness takes. */
  readonly penalty: number;
  /** Points in the end. */
  readonly score: number;
  /** What was changed by hand in the total, and why; null where nothing was. */
  readonly override: string | null;
  /** How many checks could not be made here: the score is not final as long as there are any. */
  readonly notGraded: number;
}

/**
 * From the grades of all submissions to one grade a student, by student: of several submissions that count the best or the last one, with
 * lateness and overrides.
 *
 * @param options.submitted the instructor's record of when submissions were handed in, by the submission's name or the student's id
 */
export function finalGrades(
  grades: readonly SubmissionGrade[],
  { rubric, overrides, submitted }: {
    rubric: Rubric;
    overrides: readonly Override[];
    submitted: ReadonlyMap<string, string>;
  },
): FinalGrade[] {
  const byStudent = groupBy(grades, ({ student }) => student);
  return [...byStudent.keys()].sort(compare).map((student) => {
    const attempts = (byStudent.get(student) ?? [])
      .map((grade) => ({
        grade,
        time: submitted.get(grade.submission) ?? submitted.get(student) ?? grade.submitted,
      }))
      // Those of unknown time come last: it is for the instructor to say.
      .sort((a, b) => timeOf(a.time) - timeOf(b.time) || compare(a.grade.submission, b.grade.submission));
    const first = attempts[0].time;
    const counting = attempts.slice(0, rubric.attempts.limit).map(({ grade, time }, i) =>
      finalGrade(grade, {
        rubric,
        overrides,
        late: lateness({ submitted: time, firstSubmitted: i === 0 ? null : first }, rubric),
        attempt: i + 1,
        attempts: attempts.length,
      })
    );
    return counting.reduce((kept, next) =>
      rubric.attempts.keep === "last" || next.score > kept.score ? next : kept
    );
  });
}

function finalGrade(
  given: SubmissionGrade,
  { rubric, overrides, late, attempt, attempts }: {
    rubric: Rubric;
    overrides: readonly Override[];
    late: Lateness;
    attempt: number;
    attempts: number;
  },
): FinalGrade {
  const { student } = given;
  const grade = applyOverrides(given, overrides);
  const raw = totalPoints(grade);
  const penalty = roundPoints(raw * late.percent / 100);
  const total = overrides.findLast((override) =>
    override.student === student && override.problem === undefined
  );
  const score = total === undefined ? roundPoints(raw - penalty) : Math.min(total.points, rubric.points);
  return {
    student,
    grade,
    attempt,
    attempts,
    lateness: late,
    raw,
    penalty,
    score,
    override: total === undefined
      ? null
      : `Changed by hand from ${roundPoints(raw - penalty)} to ${score}: ${total.reason}`,
    notGraded: total === undefined ? notGradedChecks(grade).length : 0,
  };
}

function timeOf(time: string | null): number {
  return time === null ? Infinity : Date.parse(time);
}

/** By UTF-16 code units, the same everywhere. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
