import { escapeMarkdown } from "../../text/markdown.ts";
import type { Visibility } from "../checks/check.ts";
import { describeCap, describeLateness, type FinalGrade } from "../final_grade.ts";
import { gradeMessages } from "../messages/messages.ts";
import type { CheckStatus } from "../outcome.ts";
import type { Rubric } from "../rubric.ts";
import { counted } from "../show_number.ts";
import { type CheckGrade, type ProblemGrade, type Stage, sumPoints } from "../submission_grade.ts";

const SHOWN: Readonly<Record<Stage, readonly Visibility[]>> = {
  open: ["visible"],
  due: ["visible", "after_due_date"],
  published: ["visible", "after_due_date", "after_published"],
};

/** Statuses in words, where the points do not say it. */
const WORDS: Readonly<Partial<Record<CheckStatus, string>>> = {
  missing: "missing",
  error: "error",
  timeout: "too slow",
  memory: "too much memory",
  output: "too much output",
  crashed: "crashed",
  invalid: "invalid",
  not_graded: "not graded",
};

/**
 * feedback/<student>.md: points, reason and hint of each check. Checks that are not to be seen at this stage are counted and not shown,
 * and then neither are sums that would tell their points.
 */
export function formatFeedback(
  final: FinalGrade,
  { rubric, stage }: { rubric: Rubric; stage: Stage },
): string {
  const shown = (check: CheckGrade) => SHOWN[stage].includes(check.visibility);
  const { grade } = final;
  const checks = grade.problems.flatMap((problem) => problem.checks);
  const hidden = checks.filter((check) => !shown(check)).length;
  const isLate = final.lateness.percent > 0;
  const lines = [`# ${escapeMarkdown(rubric.title)}: ${escapeMarkdown(final.student)}`, ""];
  if (hidden === 0) {
    const late = isLate
      ? ` ${describeLateness(final.lateness)}, ${final.penalty} of ${final.raw}, are taken off.`
      : "";
    lines.push(`**${final.score} of ${rubric.points} points.**${late}`, "");
  } else {
    const points = sumPoints(checks.filter(shown));
    const max = sumPoints(checks.filter(shown), "max");
    lines.push(
      `**${points} of ${max} points in the checks that are shown.** ${hidden} of ${checks.length} checks are not shown.`,
      "",
    );
    if (isLate) lines.push(`${describeLateness(final.lateness)} are taken off.`, "");
  }
  if (final.override !== null && hidden === 0) lines.push(`${escapeMarkdown(final.override)}`, "");
  if (final.notGraded > 0) {
    lines.push(
      `> ${final.notGraded} of ${checks.length} checks could not be graded where this was made. They have no points yet: this is not your final score.`,
      "",
    );
  }
  const cap = describeCap(final, rubric, gradeMessages("en").files);
  if (cap !== null && hidden === 0) lines.push(`> ${escapeMarkdown(cap)}`, "");
  for (const note of grade.understood) lines.push(`> ${escapeMarkdown(note)}`, "");
  for (const note of grade.notes) lines.push(`> Could not be read: ${escapeMarkdown(note)}`, "");
  for (const [p, problem] of grade.problems.entries()) lines.push(...formatProblem(problem, p + 1, shown));
  lines.push(
    `Track ${grade.track}, attempt ${final.attempt} of ${final.attempts}, submission \`${
      grade.sha256.slice(0, 12)
    }\`.`,
    "",
  );
  return lines.join("\n");
}

function formatProblem(
  problem: ProblemGrade,
  number: number,
  shown: (check: CheckGrade) => boolean,
): string[] {
  const checks = problem.checks.filter(shown);
  const all = checks.length === problem.checks.length;
  const points = all ? problem.points : sumPoints(checks);
  const max = all ? problem.max : sumPoints(checks, "max");
  const lines = [
    `## ${number}. ${escapeMarkdown(problem.title)}: ${points} of ${max}${all ? "" : " shown"}`,
    "",
  ];
  if (problem.override !== null && all) lines.push(escapeMarkdown(problem.override), "");
  for (const check of checks) {
    const word = WORDS[check.status];
    const mark = check.status === "not_graded" ? "–" : check.points >= check.max ? "✓" : "✗";
    lines.push(
      `- ${mark} **${escapeMarkdown(check.name)}**, ${check.points} of ${check.max}${
        check.bonus ? " bonus" : ""
      }${word === undefined ? "" : ` (${word})`}: ` +
        escapeMarkdown(check.reason),
    );
    if (check.hint !== null) lines.push(`  - Hint: ${escapeMarkdown(check.hint)}`);
    if (check.override !== null) lines.push(`  - ${escapeMarkdown(check.override)}`);
  }
  const hidden = problem.checks.length - checks.length;
  if (hidden > 0) lines.push(`- ${counted(hidden, "check is", "checks are")} not shown.`);
  return [...lines, ""];
}
