import { applyOverrides, type Override } from "./overrides.ts";
import { cleanText } from "./clean_text.ts";
import type { Rubric } from "./rubric.ts";
import { type GradeMessages, gradeMessages } from "./messages/messages.ts";
import { comparableId, sameId } from "./student_id.ts";
import {
  notGradedChecks,
  problemPoints,
  roundPoints,
  type SubmissionGrade,
  totalPoints,
  uncappedPoints,
} from "./submission_grade.ts";

/** What a student gets. */
export interface FinalGrade {
  readonly student: string;
  /** The submission that counts, with overrides. */
  readonly grade: SubmissionGrade;
  /** Which of the student's submissions it is, from 1, and how many there are. */
  readonly attempt: number;
  /** How many submissions of the student's there are. */
  readonly attempts: number;
  readonly lateness: Lateness;
  /** Points before lateness, at most those of a cap. */
  readonly raw: number;
  /** Whether a cap took points: there were more. */
  readonly capped: boolean;
  /** Points that lateness takes. */
  readonly penalty: number;
  readonly score: number;
  /** What was changed by hand in the total, and why; null where nothing was. */
  readonly override: string | null;
  /** How many checks could not be made here: the score is not final as long as there are any. */
  readonly notGraded: number;
  /** The attempts that do not count as it stands, and would if their checks that could not be made here gave all points: nor is the score final then. */
  readonly openAttempts: readonly number[];
}

/** Whether the score stays as it is. */
export function isFinal({ notGraded, openAttempts }: FinalGrade): boolean {
  return notGraded === 0 && openAttempts.length === 0;
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
  const students = new Set(grades.map(({ student }) => student));
  const times = new Map([...submitted].map(([name, time]) => [comparableId(name), time]));
  const timeFor = (name: string) => times.get(comparableId(name));
  return [...students].sort(compareTexts).map((student) => {
    const attempts = grades.filter((grade) => grade.student === student)
      .map((grade) => ({
        grade,
        time: timeFor(grade.submission) ?? timeFor(student) ?? grade.submitted,
      }))
      // Those of unknown time come last: it is for the instructor to say.
      .sort((a, b) =>
        timeOf(a.time) - timeOf(b.time) || compareTexts(a.grade.submission, b.grade.submission)
      );
    const first = attempts[0].time;
    const counting = attempts.slice(0, rubric.attempts.limit).map(({ grade, time }, i) => {
      const given = {
        rubric,
        overrides,
        late: lateness({ submitted: time, firstSubmitted: i === 0 ? null : first }, rubric),
        attempt: i + 1,
        attempts: attempts.length,
      };
      return { final: finalGrade(grade, given), most: finalGrade(withOpenPoints(grade), given).score };
    });
    if (rubric.attempts.keep === "last") return counting[counting.length - 1].final;
    const kept = counting.map(({ final }) => final).reduce((best, next) =>
      next.score > best.score ? next : best
    );
    const open = counting.filter(({ final, most }) => final !== kept && most > kept.score);
    return { ...kept, openAttempts: open.map(({ final }) => final.attempt) };
  });
}

/** The grade if all checks that could not be made here gave all their points. */
function withOpenPoints(grade: SubmissionGrade): SubmissionGrade {
  const problems = grade.problems.map((problem) => {
    const checks = problem.checks.map((check) =>
      check.status === "not_graded" ? { ...check, points: check.max } : check
    );
    return { ...problem, ...problemPoints(checks), checks };
  });
  return { ...grade, problems };
}

/** Names in the instructor's own files that are no submission's and no student's here. */
export interface UnknownNames {
  readonly overrides: readonly string[];
  /** Checks that students have points for, and that the track of none of their submissions has. */
  readonly checks: readonly Required<Pick<Override, "student" | "problem" | "check">>[];
  readonly submitted: readonly string[];
}

/** What the instructor has points or times for, and of which there is nothing. */
export function unknownNames(
  grades: readonly Pick<SubmissionGrade, "student" | "submission" | "problems">[],
  { overrides, submitted }: { overrides: readonly Override[]; submitted: ReadonlyMap<string, string> },
): UnknownNames {
  const students = new Set(grades.map(({ student }) => comparableId(student)));
  const submissions = new Set(grades.map(({ submission }) => comparableId(submission)));
  const absent = [...new Set(overrides.map(({ student }) => student))].filter((name) =>
    !students.has(comparableId(name))
  );
  return {
    overrides: absent,
    checks: overrides.flatMap(({ student, problem, check }) => {
      if (problem === undefined || check === undefined) return [];
      const own = grades.filter((grade) => sameId(grade.student, student));
      const found = own.some(({ problems }) =>
        problems.some(({ name, checks }) => name === problem && checks.some((one) => one.name === check))
      );
      return own.length === 0 || found ? [] : [{ student, problem, check }];
    }),
    submitted: [...submitted.keys()].filter((name) =>
      !students.has(comparableId(name)) && !submissions.has(comparableId(name))
    ),
  };
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
  const t = gradeMessages(rubric.language);
  const grade = applyOverrides(given, overrides, t);
  const most = rubric.with_bonus ?? rubric.points;
  const raw = totalPoints(grade, most);
  const penalty = roundPoints(raw * late.percent / 100);
  const total = overrides.findLast((override) =>
    sameId(override.student, student) && override.problem === undefined
  );
  const score = total === undefined ? roundPoints(raw - penalty) : Math.min(total.points, most);
  return {
    student,
    grade,
    attempt,
    attempts,
    lateness: late,
    raw,
    capped: raw < Math.min(most, uncappedPoints(grade)),
    penalty,
    score,
    override: total === undefined
      ? null
      : t.outputs.override(roundPoints(raw - penalty), score, total.reason),
    notGraded: total === undefined ? notGradedChecks(grade).length : 0,
    openAttempts: [],
  };
}

function timeOf(time: string | null): number {
  return time === null ? Infinity : Date.parse(time);
}

/** The order of texts by UTF-16 code units, the same everywhere. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How late a submission is, and what it costs. */
export interface Lateness {
  /** When it was handed in; null where nobody says, and then it is not taken for late. */
  readonly submitted: string | null;
  /** Days begun since the due time, once its grace is over; 0 for in time. */
  readonly days: number;
  /** Per cent of the points earned that it takes. */
  readonly percent: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The lateness of a submission, from recorded times alone: no clock is read, so that grading again gives the same.
 *
 * @param submitted when it was handed in, ISO 8601 with zone
 * @param firstSubmitted when the student handed in first, if this is another attempt: until the rubric's `free_until` that time counts
 */
export function lateness(
  { submitted, firstSubmitted = null }: { submitted: string | null; firstSubmitted?: string | null },
  { due, late, attempts: { free_until } }: Pick<Rubric, "due" | "late" | "attempts">,
): Lateness {
  if (submitted === null || due === undefined) return { submitted, days: 0, percent: 0 };
  const own = Date.parse(submitted);
  const free = firstSubmitted !== null && free_until !== undefined && own <= Date.parse(free_until);
  const counting = free ? Math.min(own, Date.parse(firstSubmitted)) : own;
  const after = counting - Date.parse(due);
  if (after <= late.grace_minutes * MINUTE) return { submitted, days: 0, percent: 0 };
  const days = Math.ceil(after / DAY);
  return { submitted, days, percent: Math.min(late.maximum, days * late.per_day) };
}

/** Whether anything of a grade was changed by hand. */
export function isOverridden({ override, grade: { problems } }: FinalGrade): boolean {
  return override !== null ||
    problems.some((problem) =>
      problem.override !== null || problem.checks.some((check) => check.override !== null)
    );
}

/** A sentence for each of the instructor's files that names somebody of whom there is nothing. */
export function sayUnknownNames(
  { overrides, checks, submitted }: UnknownNames,
  { outputs }: GradeMessages,
): string[] {
  const { comma, class: { unknownNames: said } } = outputs;
  return [
    ...(overrides.length === 0 ? [] : [said.overrides(overrides.map(cleanText).join(comma))]),
    ...(checks.length === 0 ? [] : [
      said.checks(
        checks.map(({ student, problem, check }) => cleanText(`${student} (${problem}, ${check})`)).join(
          comma,
        ),
      ),
    ]),
    ...(submitted.length === 0 ? [] : [said.submitted(submitted.map(cleanText).join(comma))]),
  ];
}
