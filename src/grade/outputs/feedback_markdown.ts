import { escapeMarkdown, markdownTable, right } from "../../text/markdown.ts";
import type { GradeMessages } from "../messages/messages.ts";
import { type Feedback, MARKS, type ProblemFeedback } from "./feedback.ts";

/** feedback/<student>.md: points, reason and hint of each check that the student may see. */
export function formatFeedback(feedback: Feedback): string {
  const { t, title, student, total, besides, remarks, warnings, notes, problems, colophon, hash } = feedback;
  const { colon, stop } = t.outputs;
  const lines = [`# ${escapeMarkdown(title)}${colon}${escapeMarkdown(student)}`, ""];
  lines.push(`**${total}**${besides === "" ? "" : t.outputs.feedback.afterTotal + besides}`, "");
  for (const remark of remarks) lines.push(escapeMarkdown(remark), "");
  for (const note of [...warnings, ...notes]) lines.push(`> ${escapeMarkdown(note)}`, "");
  if (feedback.sums.length > 0) lines.push(sumTable(feedback), "");
  for (const problem of problems) lines.push(...formatProblem(problem, t));
  lines.push(`${colophon} \`${hash}\`${stop}`, "");
  return lines.join("\n");
}

/** The problems' points and what leads from them to the total. */
function sumTable({ t, problems, sums, max }: Feedback): string {
  const { feedback, student: said } = t.outputs;
  return markdownTable([{ title: said.problem }, right(said.points), right(said.worth)], [
    ...problems.map(({ number, title, points, max }) => [
      escapeMarkdown(feedback.problem(number, title)),
      String(points),
      String(max),
    ]),
    ...sums.map(({ title, points }, i) => [title, points, i === sums.length - 1 ? String(max) : ""]),
  ]);
}

function formatProblem(problem: ProblemFeedback, { outputs }: GradeMessages): string[] {
  const { number, title, total, override, checks, hidden } = problem;
  const { colon, comma, feedback } = outputs;
  const lines = [`## ${escapeMarkdown(feedback.problem(number, title))}${colon}${total}`, ""];
  if (override !== null) lines.push(escapeMarkdown(override), "");
  for (const check of checks) {
    lines.push(
      `- ${MARKS[check.mark]} **${escapeMarkdown(check.title)}**${comma}${check.total}${colon}` +
        escapeMarkdown(check.reason),
    );
    if (check.hint !== null) lines.push(`  - ${escapeMarkdown(feedback.hint(check.hint))}`);
    if (check.override !== null) lines.push(`  - ${escapeMarkdown(check.override)}`);
  }
  if (hidden > 0) lines.push(`- ${feedback.hidden(hidden)}`);
  return [...lines, ""];
}
