import type { FinalGrade } from "../final_grade.ts";
import { type GradeMessages, gradeMessages } from "../messages/messages.ts";
import { type Rubric, titleIn } from "../rubric.ts";
import { showNumber } from "../show_number.ts";
import {
  type CheckGrade,
  type ProblemGrade,
  roundPoints,
  type Stage,
  type SubmissionGrade,
  sumPoints,
  uncappedPoints,
} from "../submission_grade.ts";
import { checkTitle } from "./check_title.ts";
import { Shown } from "./shown.ts";

/** How a check's mark is written. */
export const MARKS = { right: "✓", wrong: "✗", open: "–" };

/**
 * What a student may read of a grade at a stage, in the rubric's language. Checks that are not to
 * be seen are counted and not here, and then neither are sums that would tell their points. Every text may be the student's own.
 */
export interface Feedback {
  readonly t: GradeMessages;
  readonly title: string;
  readonly student: string;
  readonly points: number;
  readonly max: number;
  /** Whether these are the points of everything, lateness taken off; otherwise those of the checks that are shown. */
  readonly whole: boolean;
  /** The points as a sentence. */
  readonly total: string;
  /** What is to be said beside the total; empty where there is nothing. */
  readonly besides: string;
  /** What else became of the total: lateness, what was changed by hand. */
  readonly remarks: readonly string[];
  /** What is wrong with the whole: checks that could not be made, a network that has not learned, files that could not be read. */
  readonly warnings: readonly string[];
  /** What was read otherwise than it is written. */
  readonly notes: readonly string[];
  readonly problems: readonly ProblemFeedback[];
  /** What leads from the problems' points to the total, which comes last; empty where they add up to it, or not all checks are shown. */
  readonly sums: readonly { readonly title: string; readonly points: string }[];
  /** Which submission this is, before its hash. */
  readonly colophon: string;
  readonly hash: string;
  /** What may be shown besides points. */
  readonly exhibits: NonNullable<SubmissionGrade["exhibits"]>;
}

export interface ProblemFeedback {
  readonly number: number;
  readonly title: string;
  readonly points: number;
  readonly max: number;
  /** Whether all of its checks are shown. */
  readonly whole: boolean;
  /** The points in words, `4 of 8`. */
  readonly total: string;
  readonly override: string | null;
  readonly checks: readonly CheckFeedback[];
  /** How many checks are not shown. */
  readonly hidden: number;
}

export interface CheckFeedback {
  readonly title: string;
  readonly mark: keyof typeof MARKS;
  readonly points: number;
  readonly max: number;
  /** The points in words, with how it ended where the points do not say that. */
  readonly total: string;
  readonly reason: string;
  readonly hint: string | null;
  readonly override: string | null;
}

/** The feedback to a grade. */
export function feedbackOf(final: FinalGrade, { rubric, stage }: { rubric: Rubric; stage: Stage }): Feedback {
  const t = gradeMessages(rubric.language);
  const { feedback, space } = t.outputs;
  const { grade, lateness } = final;
  const seen = new Shown(grade, { rubric, stage });
  const shown = (check: CheckGrade) => seen.check(check);
  const checks = grade.problems.flatMap((problem) => problem.checks);
  const hidden = checks.filter((check) => !shown(check)).length;
  const whole = hidden === 0;
  const points = whole ? final.score : sumPoints(checks.filter(shown));
  const max = whole ? rubric.points : worth(checks.filter(shown));
  const late = lateness.percent === 0 ? [] : [feedback.late(lateness, whole ? final : null)];
  const unlearned = grade.learned === false && seen.evaluation;
  // A total that is set by hand is held by no cap.
  const cap = final.override === null ? grade.cap ?? null : null;
  const accuracy = grade.testAccuracy === null ? null : showNumber(100 * grade.testAccuracy);
  return {
    t,
    title: titleIn(rubric, rubric.language),
    student: final.student,
    points,
    max,
    whole,
    total: whole ? feedback.total(points, max) : feedback.shownTotal(points, max),
    besides: whole ? late.join(space) : feedback.hiddenChecks(hidden, checks.length),
    remarks: [
      ...(whole ? [] : late),
      ...(final.override !== null && whole ? [final.override] : []),
    ],
    warnings: [
      ...(final.notGraded > 0 ? [feedback.incomplete(final.notGraded, checks.length)] : []),
      ...(final.openAttempts.length > 0 ? [feedback.openAttempts(final.openAttempts)] : []),
      ...(unlearned
        ? [[feedback.notLearned(accuracy), ...cap === null ? [] : [feedback.capped(cap)]].join(space)]
        : []),
      ...(grade.claim === null ? [] : [grade.claim]),
      ...grade.notes,
      ...grade.warnings ?? [],
    ],
    notes: grade.understood ?? [],
    problems: grade.problems.map((problem, p) =>
      problemFeedback(problem, {
        number: p + 1,
        seen,
        t,
        titleOf: ({ name }) => checkTitle(rubric, { problem: problem.name, track: grade.track, name }, t),
      })
    ),
    sums: whole ? sumsOf(final, t) : [],
    colophon: feedback.colophon(t.outputs.track[grade.track], final.attempt, final.attempts),
    hash: grade.sha256.slice(0, 12),
    exhibits: {
      curve: seen.all(({ check }) => check === "history") ? grade.exhibits?.curve ?? null : null,
      wrong: seen.all(({ check }) => check === "misclassified") ? grade.exhibits?.wrong ?? null : null,
    },
  };
}

/** How the total comes about, where it is not the sum of the problems' points. */
function sumsOf(
  { grade, raw, penalty, score, override }: FinalGrade,
  { outputs: { student: { sums: t } } }: GradeMessages,
): Feedback["sums"] {
  const bonus = roundPoints(grade.problems.reduce((sum, problem) => sum + problem.bonus, 0));
  const all = uncappedPoints(grade);
  const over = roundPoints(all - raw);
  const byHand = override === null ? 0 : roundPoints(score - (raw - penalty));
  const taken = over !== 0 || penalty !== 0 || byHand !== 0;
  if (bonus === 0 && !taken) return [];
  return [
    ...(bonus === 0 ? [] : [{ title: t.bonus, points: signed(bonus) }]),
    ...(bonus === 0 || !taken ? [] : [{ title: t.together, points: String(all) }]),
    ...(over === 0 ? [] : [{ title: t.over(raw), points: signed(-over) }]),
    ...(penalty === 0 ? [] : [{ title: t.late, points: signed(-penalty) }]),
    ...(byHand === 0 ? [] : [{ title: t.byHand, points: signed(byHand) }]),
    { title: t.total, points: String(score) },
  ];
}

/** A number that is added or taken away, with a sign that is as wide as `+`. */
function signed(points: number): string {
  return points < 0 ? `−${-points}` : `+${points}`;
}

function problemFeedback(
  problem: ProblemGrade,
  { number, seen, t, titleOf }: {
    number: number;
    seen: Shown;
    t: GradeMessages;
    titleOf: (check: CheckGrade) => string;
  },
): ProblemFeedback {
  const { feedback } = t.outputs;
  const checks = problem.checks.filter((check) => seen.check(check));
  const whole = checks.length === problem.checks.length;
  const points = whole ? problem.points : sumPoints(checks);
  const max = whole ? problem.max : worth(checks);
  const bonus = roundPoints(
    checks.reduce((sum, check) => check.bonus === true ? sum + check.points : sum, 0),
  );
  const plain = feedback.points(points, max);
  const total = bonus > 0 ? feedback.withBonus(plain, bonus) : plain;
  return {
    number,
    title: problem.title,
    points,
    max,
    whole,
    total: whole ? total : feedback.shown(total),
    override: whole ? problem.override : null,
    checks: checks.map((check) =>
      checkFeedback({ ...check, reason: seen.reason(check, t) }, titleOf(check), t)
    ),
    hidden: problem.checks.length - checks.length,
  };
}

function checkFeedback(check: CheckGrade, title: string, { outputs }: GradeMessages): CheckFeedback {
  const { status, points, max, bonus = false, reason, hint, override } = check;
  const told = status === "passed" || status === "partial" || status === "failed";
  const total = bonus ? outputs.feedback.bonus(points, max) : outputs.feedback.points(points, max);
  return {
    title,
    mark: status === "not_graded" ? "open" : points >= max ? "right" : "wrong",
    points,
    max,
    total: told ? total : total + outputs.feedback.word(outputs.status[status]),
    reason,
    hint,
    override,
  };
}

/** What checks are worth together, those aside that come on top. */
function worth(checks: readonly CheckGrade[]): number {
  return sumPoints(checks.filter(({ bonus = false }) => !bonus), "max");
}
