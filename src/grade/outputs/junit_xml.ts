import type { FinalGrade } from "../final_grade.ts";
import { type GradeMessages, gradeMessages } from "../messages/messages.ts";
import type { Rubric } from "../rubric.ts";
import type { CheckGrade } from "../submission_grade.ts";

/** JUnit XML of all students, a suite each, a case a check: for the instructor's tools, hidden checks included. */
export function formatJunit(grades: readonly FinalGrade[], { language }: Pick<Rubric, "language">): string {
  const t = gradeMessages(language);
  const suites = grades.map(({ student, grade }) => {
    const checks = grade.problems.flatMap((problem) =>
      problem.checks.map((check) => ({ problem: problem.name, check }))
    );
    const count = (kinds: readonly string[]) =>
      checks.filter(({ check }) => kinds.includes(kindOf(check))).length;
    return [
      `  <testsuite name=${quote(student)} tests="${checks.length}" failures="${
        count(["failure"])
      }" errors="${count(["error"])}" skipped="${count(["skipped"])}">`,
      ...checks.map(({ problem, check }) => `    ${testcase(problem, check, t)}`),
      "  </testsuite>",
    ].join("\n");
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...suites, "</testsuites>", ""].join(
    "\n",
  );
}

function testcase(problem: string, check: CheckGrade, { outputs }: GradeMessages): string {
  const open = `<testcase classname=${quote(problem)} name=${quote(check.name)}`;
  const kind = kindOf(check);
  if (kind === "passed") return `${open}/>`;
  const message = quote(outputs.junit.points(check.points, check.max, check.reason));
  return kind === "skipped"
    ? `${open}><skipped message=${message}/></testcase>`
    : `${open}><${kind} type=${quote(check.status)} message=${message}/></testcase>`;
}

function kindOf({ status }: CheckGrade): "passed" | "failure" | "error" | "skipped" {
  switch (status) {
    case "passed":
      return "passed";
    case "partial":
    case "failed":
      return "failure";
    case "not_graded":
      return "skipped";
    default:
      return "error";
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** An attribute's value. Characters that XML 1.0 cannot hold at all become U+FFFD. */
function quote(text: string): string {
  const legal = text.toWellFormed().replaceAll(/[^\t\n\x20-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
  return `"${legal.replaceAll(/[&<>"\n\t]/g, (character) => ENTITIES[character])}"`;
}
