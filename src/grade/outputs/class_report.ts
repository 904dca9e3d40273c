import { mean as meanOf } from "../../metrics/statistics.ts";
import { escapeMarkdown, markdownTable } from "../../text/markdown.ts";
import { CATALOGUE } from "../mistakes/catalogue.ts";
import { type FinalGrade, isOverridden } from "../final_grade.ts";
import type { Rubric } from "../rubric.ts";
import { counted, showNumber } from "../show_number.ts";
import type { SimilarPair } from "../similarity.ts";
import { roundPoints } from "../submission_grade.ts";

const BINS = 10;
const HARDEST = 10;
const WIDTH = 40;

/** report.md: how the class did, for the instructor: distribution, problems, hardest checks, common mistakes, what needs a look. */
export function formatClassReport(
  grades: readonly FinalGrade[],
  { rubric, pairs }: { rubric: Rubric; pairs: readonly SimilarPair[] },
): string {
  const sections = [
    [`# ${escapeMarkdown(rubric.title)}: class report`],
    overview(grades, rubric),
    ["## Distribution", "", "```", ...histogram(grades.map(({ score }) => score), rubric.points), "```"],
    ["## Problems", "", problemTable(grades, rubric)],
    hardest(grades),
    mistakes(grades),
    attention(grades, pairs),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n") + "\n";
}

function overview(grades: readonly FinalGrade[], { points }: Rubric): string[] {
  const scores = grades.map(({ score }) => score).sort((a, b) => a - b);
  const incomplete = grades.filter(({ notGraded }) => notGraded > 0).length;
  const lines = [
    `${counted(grades.length, "student")}, ${points} points: mean ${showNumber(mean(scores))}, median ${
      showNumber(median(scores))
    }, lowest ${scores[0]}, highest ${scores[scores.length - 1]}.`,
  ];
  if (incomplete > 0) {
    const reasons = new Set(
      grades.flatMap(({ grade }) => grade.problems.flatMap(({ checks }) => checks)).filter(({ status }) =>
        status === "not_graded"
      ).map(({ reason }) => reason),
    );
    lines.push(
      "",
      `> **Incomplete: checks of ${counted(incomplete, "student")} could not be graded here.** ${
        [...reasons].map(escapeMarkdown).join(" ")
      }`,
    );
  }
  return lines;
}

function histogram(scores: readonly number[], points: number): string[] {
  const counts = Array.from({ length: BINS }, () => 0);
  for (const score of scores) counts[Math.min(BINS - 1, Math.floor(BINS * score / points))]++;
  const most = Math.max(1, ...counts);
  const edge = (bin: number) => showNumber(roundPoints(bin * points / BINS));
  const width = edge(BINS).length;
  return counts.map((count, bin) => {
    const bar = "#".repeat(Math.ceil(WIDTH * count / most));
    const range = `${edge(bin).padStart(width)} - ${edge(bin + 1).padStart(width)}`;
    return `${range}  ${String(count).padStart(4)}  ${bar}`.trimEnd();
  });
}

function problemTable(grades: readonly FinalGrade[], { problems }: Rubric): string {
  return markdownTable(
    [{ title: "problem" }, { title: "mean", align: "right" }, { title: "of", align: "right" }, {
      title: "full points",
      align: "right",
    }],
    problems.map(({ title, points }, p) => {
      const all = grades.map(({ grade }) => grade.problems[p].points);
      const full = all.filter((earned) => earned >= points).length;
      return [
        `${p + 1}. ${escapeMarkdown(title)}`,
        showNumber(mean(all)),
        String(points),
        `${full} of ${grades.length}`,
      ];
    }),
  );
}

/** The checks of which the smallest part of the points was given; those that could not be made do not count. */
function hardest(grades: readonly FinalGrade[]): string[] {
  const parts = new Map<string, number[]>();
  for (const { grade } of grades) {
    for (const problem of grade.problems) {
      for (const { name, status, points, max } of problem.checks) {
        if (status === "not_graded" || max === 0) continue;
        const key = `${problem.name}: ${name} (${grade.track})`;
        parts.set(key, [...parts.get(key) ?? [], points / max]);
      }
    }
  }
  const rows = [...parts].map(([name, fractions]) => ({ name, part: mean(fractions), n: fractions.length }))
    .filter(({ part }) => part < 1)
    .sort((a, b) => a.part - b.part || (a.name < b.name ? -1 : 1))
    .slice(0, HARDEST);
  if (rows.length === 0) return [];
  const table = markdownTable(
    [{ title: "check" }, { title: "points given", align: "right" }, { title: "students", align: "right" }],
    rows.map(({ name, part, n }) => [escapeMarkdown(name), `${showNumber(100 * part)} %`, String(n)]),
  );
  return ["## Hardest checks", "", table];
}

function mistakes(grades: readonly FinalGrade[]): string[] {
  const rows = CATALOGUE.map(({ id, title }) => {
    const students = grades.filter(({ grade }) =>
      grade.problems.some(({ checks }) =>
        checks.some((check) => check.points < check.max && check.mistakes.includes(id))
      )
    );
    return { id, title, students: students.map(({ student }) => student) };
  }).filter(({ students }) => students.length > 0).sort((a, b) => b.students.length - a.students.length);
  if (rows.length === 0) return [];
  const table = markdownTable(
    [{ title: "mistake" }, { title: "students", align: "right" }, { title: "who" }],
    rows.map(({ title, students }) => [
      escapeMarkdown(title),
      String(students.length),
      students.slice(0, 8).map(escapeMarkdown).join(", ") + (students.length > 8 ? ", ..." : ""),
    ]),
  );
  return ["## Common mistakes", "", table];
}

/** What the instructor should look at. */
function attention(grades: readonly FinalGrade[], pairs: readonly SimilarPair[]): string[] {
  const lines = grades.flatMap((final) => {
    const { student, grade, lateness, notGraded } = final;
    const checks = grade.problems.flatMap((problem) => problem.checks);
    const ended = new Set(checks.map(({ status }) => status));
    const odd = (["timeout", "memory", "output", "crashed", "invalid"] as const).filter((status) =>
      ended.has(status)
    );
    const remarks = [
      ...(odd.length > 0 ? [`checks ended with ${odd.join(", ")}`] : []),
      ...(grade.notes.length > 0 ? ["files could not be read"] : []),
      ...(lateness.percent > 0
        ? [`late by ${counted(lateness.days, "day")}, ${lateness.percent} % off`]
        : []),
      ...(notGraded > 0 ? [`${notGraded} checks not graded`] : []),
      ...(isOverridden(final) ? ["changed by hand"] : []),
    ];
    return remarks.length === 0 ? [] : [`- ${escapeMarkdown(student)}: ${remarks.join("; ")}`];
  });
  if (pairs.length > 0) {
    lines.push(
      `- ${counted(pairs.length, "pair")} of similar submissions: see similarity.csv`,
    );
  }
  return lines.length === 0 ? [] : ["## To look at", "", ...lines];
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function mean(values: readonly number[]): number {
  return meanOf(values).mean ?? 0;
}
