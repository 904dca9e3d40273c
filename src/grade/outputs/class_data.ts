import { cleanText } from "../clean_text.ts";
import { mean as meanOf, median } from "../../metrics/statistics.ts";
import {
  compareTexts,
  type FinalGrade,
  isFinal,
  isOverridden,
  sayUnknownNames,
  type UnknownNames,
} from "../final_grade.ts";
import { checkName } from "../checks/registry.ts";
import { type GradeMessages, gradeMessages } from "../messages/messages.ts";
import { CATALOGUE } from "../mistakes/catalogue.ts";
import type { CheckStatus } from "../outcome.ts";
import { absentStudents, type RosterEntry } from "../roster.ts";
import { type Rubric, titleIn } from "../rubric.ts";
import type { SimilarPair } from "../similarity.ts";
import { type CheckGrade, roundPoints } from "../submission_grade.ts";
import { checkTitle } from "./check_title.ts";

const BINS = 10;
const HARDEST = 10;
/** Statuses that a person should see. */
const ODD = ["timeout", "memory", "output", "crashed", "invalid"] as const;

/** What the class report is made from. */
interface ClassInput {
  readonly rubric: Rubric;
  readonly pairs: readonly SimilarPair[];
  /** Everybody who should have handed in, where there is a list. */
  readonly roster?: readonly RosterEntry[] | undefined;
  /** Names in the instructor's own files of which there is nothing. */
  readonly unknown?: UnknownNames;
  /** What was handed in and could not be graded, and why. */
  readonly refused?: readonly { readonly name: string; readonly reason: string }[];
}

/** How the class did, in the rubric's language, for whatever shows it. Names, reasons and notes may be written by students. */
export interface ClassData {
  readonly t: GradeMessages;
  readonly title: string;
  readonly points: number;
  /** By student. */
  readonly grades: readonly FinalGrade[];
  readonly scores: {
    readonly mean: number;
    readonly median: number;
    readonly lowest: number;
    readonly highest: number;
  };
  /** Students of whom a check could not be made here. */
  readonly incomplete: number;
  /** Why not. */
  readonly obstacles: readonly string[];
  /** Students whose networks have not learned, the worst first. */
  readonly unlearned: readonly FinalGrade[];
  /** Students on the roster of whom there is nothing. */
  readonly absent: readonly string[];
  /** How many are on the roster; null where there is none. */
  readonly roster: number | null;
  readonly bins: readonly ScoreBin[];
  readonly problems: readonly { title: string; mean: number; points: number; full: number }[];
  /** `code` is what the rubric calls the check. */
  readonly hardest: readonly { title: string; code: string; part: number; students: number }[];
  readonly mistakes: readonly { title: string; students: readonly string[] }[];
  readonly undiagnosed: readonly ErrorPattern[];
  readonly attention: readonly { student: string; remarks: readonly string[] }[];
  /** What the instructor's own files name in vain, a sentence a file, and what could not be graded. */
  readonly unknown: readonly string[];
  readonly pairs: readonly SimilarPair[];
  readonly columns: readonly CheckColumn[];
}

interface ScoreBin {
  /** Points from which it goes. */
  readonly from: number;
  /** Points to which it goes; only the last bin holds them. */
  readonly to: number;
  readonly count: number;
}

/** Several students who fail a check with the same numbers, for no reason that is known. */
interface ErrorPattern {
  readonly check: string;
  /** The first student's. */
  readonly reason: string;
  readonly students: readonly string[];
}

/** A check, as a column of a table of students. */
export interface CheckColumn {
  /** Of its problem in the rubric, from 0. */
  readonly problem: number;
  readonly name: string;
  readonly title: string;
}

/** How the class did. `grades` are not empty. */
export function classData(
  grades: readonly FinalGrade[],
  { rubric, pairs, roster, unknown, refused = [] }: ClassInput,
): ClassData {
  const t = gradeMessages(rubric.language);
  const scores = grades.map(({ score }) => score).sort((a, b) => a - b);
  const open = grades.flatMap(checksOf).filter(({ status }) => status === "not_graded");
  return {
    t,
    title: titleIn(rubric, rubric.language),
    points: rubric.points,
    grades,
    scores: {
      mean: mean(scores),
      median: median(scores),
      lowest: scores[0],
      highest: scores[scores.length - 1],
    },
    incomplete: grades.filter((final) => !isFinal(final)).length,
    obstacles: [...new Set(open.map(({ reason }) => reason))],
    unlearned: grades.filter(({ grade }) => grade.learned === false)
      .sort((a, b) =>
        (a.grade.testAccuracy ?? 0) - (b.grade.testAccuracy ?? 0) || compareTexts(a.student, b.student)
      ),
    absent: absentStudents(grades, roster ?? [], refused.map(({ name }) => name)),
    roster: roster?.length ?? null,
    bins: bins(scores, rubric.points),
    problems: rubric.problems.map((problem, p) => {
      const all = grades.map(({ grade }) => grade.problems[p].points);
      return {
        title: titleIn(problem, rubric.language),
        mean: mean(all),
        points: problem.points,
        full: all.filter((earned) => earned >= problem.points).length,
      };
    }),
    hardest: hardest(grades, rubric, t),
    mistakes: mistakes(grades, t),
    undiagnosed: undiagnosed(grades, rubric, t),
    attention: grades.flatMap((final) => {
      const remarks = remarksOn(final, t);
      return remarks.length === 0 ? [] : [{ student: final.student, remarks }];
    }),
    unknown: [
      ...(unknown === undefined ? [] : sayUnknownNames(unknown, t)),
      ...refused.map(({ name, reason }) => t.outputs.class.refused(cleanText(name), reason)),
    ],
    pairs,
    columns: columns(grades, rubric, t),
  };
}

/** All checks of a grade. */
function checksOf({ grade }: Pick<FinalGrade, "grade">): readonly CheckGrade[] {
  return grade.problems.flatMap(({ checks }) => checks);
}

function bins(scores: readonly number[], points: number): ScoreBin[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const score of scores) counts[Math.min(BINS - 1, Math.floor(BINS * score / points))]++;
  const edge = (bin: number) => roundPoints(bin * points / BINS);
  return counts.map((count, bin) => ({ from: edge(bin), to: edge(bin + 1), count }));
}

/** The checks of which the smallest part of the points was given; those that could not be made do not count. */
function hardest(grades: readonly FinalGrade[], rubric: Rubric, t: GradeMessages): ClassData["hardest"] {
  const parts = new Map<string, { title: string; fractions: number[] }>();
  for (const { grade } of grades.filter(wasJudged)) {
    for (const problem of grade.problems) {
      for (const { name, status, points, max } of problem.checks) {
        if (status === "not_graded" || max === 0) continue;
        const code = `${problem.name}: ${name} (${grade.track})`;
        const title = checkTitle(rubric, { problem: problem.name, track: grade.track, name }, t);
        const entry = parts.get(code) ?? { title, fractions: [] };
        entry.fractions.push(points / max);
        parts.set(code, entry);
      }
    }
  }
  return [...parts].map(([code, { title, fractions }]) => ({
    title,
    code,
    part: mean(fractions),
    students: fractions.length,
  })).filter(({ part }) => part < 1)
    .sort((a, b) => a.part - b.part || compareTexts(a.code, b.code))
    .slice(0, HARDEST);
}

/** Whether a submission came to be looked at: where it did not, as its manifest lies too deep, every check says that and nothing of itself. */
function wasJudged(final: FinalGrade): boolean {
  const checks = checksOf(final);
  return new Set(checks.map(({ reason }) => reason)).size > 1 || checks.some(({ points }) => points > 0);
}

function mistakes(grades: readonly FinalGrade[], { checks }: GradeMessages): ClassData["mistakes"] {
  const { mistakes: titles }: { mistakes?: Readonly<Record<string, { readonly title: string }>> } = checks;
  return CATALOGUE.map(({ id, title: english }) => {
    const title = titles?.[id]?.title ?? english;
    const students = grades.filter((final) =>
      checksOf(final).some((check) => check.points < check.max && check.mistakes.includes(id))
    );
    return { title, students: students.map(({ student }) => student) };
  }).filter(({ students }) => students.length > 0).sort((a, b) => b.students.length - a.students.length);
}

/**
 * Failures of a check for which no mistake is known, by what was found: the same numbers, to two digits. Only those that at least two
 * students share; programs that gave nothing to check, or were not asked, are told elsewhere.
 */
function undiagnosed(grades: readonly FinalGrade[], rubric: Rubric, t: GradeMessages): ErrorPattern[] {
  const patterns = new Map<string, { check: string; reason: string; students: string[] }>();
  for (const { student, grade } of grades) {
    for (const problem of grade.problems) {
      for (const { name, status, reason, mistakes: known } of problem.checks) {
        if (status !== "failed" && status !== "partial" || known.length > 0) continue;
        const check = checkTitle(rubric, { problem: problem.name, track: grade.track, name }, t);
        const key = [problem.name, name, grade.track, errorPattern(reason)].join("\0");
        const entry = patterns.get(key) ?? { check, reason, students: [] };
        entry.students.push(student);
        patterns.set(key, entry);
      }
    }
  }
  return [...patterns.values()].filter(({ students }) => students.length > 1)
    .sort((a, b) => b.students.length - a.students.length);
}

/** A reason with its numbers to two digits: equal for equal mistakes, whichever precision they were made in. */
function errorPattern(reason: string): string {
  return reason.replaceAll(
    /(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g,
    (number) => Number(number).toPrecision(2),
  );
}

/** Why an instructor should look at a grade. */
function remarksOn(final: FinalGrade, { outputs }: GradeMessages): string[] {
  const { grade, lateness, notGraded, openAttempts } = final;
  const said = outputs.class;
  const ended = new Set<CheckStatus>(checksOf(final).map(({ status }) => status));
  const odd = ODD.filter((status) => ended.has(status));
  return [
    ...(odd.length > 0 ? [said.ended(odd)] : []),
    ...(grade.claim === null ? [] : [grade.claim]),
    ...(grade.notes.length > 0 ? [said.unreadable] : []),
    ...(lateness.percent > 0 ? [said.late(lateness.days, lateness.percent)] : []),
    ...(notGraded > 0 ? [said.notGraded(notGraded)] : []),
    ...(openAttempts.length > 0 ? [said.openAttempts(openAttempts)] : []),
    ...(grade.learned === false && typeof grade.cap === "number" && final.override === null
      ? [said.capped(grade.cap)]
      : []),
    ...(isOverridden(final) ? [said.byHand] : []),
    ...(grade.remarks ?? []).map((remark) => typeof remark === "string" ? remark : remark.text),
  ];
}

/** The checks that occur, in the rubric's order; one that several tracks have is one column. */
function columns(grades: readonly FinalGrade[], rubric: Rubric, t: GradeMessages): CheckColumn[] {
  return rubric.problems.flatMap((problem, p) => {
    const names = new Set(problem.checks.map(checkName));
    return [...names].flatMap((name): CheckColumn[] => {
      const grade = grades.find((final) => checkIn(final, { problem: p, name }) !== undefined)?.grade;
      if (grade === undefined) return [];
      const title = checkTitle(rubric, { problem: problem.name, track: grade.track, name }, t);
      return [{ problem: p, name, title }];
    });
  });
}

/** A grade's check of a column; undefined where its track has none. */
export function checkIn(
  { grade }: Pick<FinalGrade, "grade">,
  { problem, name }: Pick<CheckColumn, "problem" | "name">,
): CheckGrade | undefined {
  return grade.problems[problem].checks.find((check) => check.name === name);
}

function mean(values: readonly number[]): number {
  return meanOf(values).mean ?? 0;
}
