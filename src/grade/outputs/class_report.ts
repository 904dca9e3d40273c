import { escapeMarkdown, markdownTable, right } from "../../text/markdown.ts";
import { showNumber } from "../show_number.ts";
import type { ClassData } from "./class_data.ts";

const WIDTH = 40;
/** Names that a cell holds. */
const NAMES = 8;

/**
 * report.md: how the class did, for the instructor: who has not learned, who handed in nothing, distribution, problems, hardest checks,
 * common mistakes, what needs a look.
 */
export function formatClassReport(data: ClassData): string {
  const said = data.t.outputs.class;
  const sections = [
    [`# ${escapeMarkdown(said.heading(data.title))}`],
    overview(data),
    unlearned(data),
    absent(data),
    [`## ${said.distribution}`, "", "```", ...histogram(data), "```"],
    [`## ${said.problems}`, "", problemTable(data)],
    hardest(data),
    mistakes(data),
    undiagnosed(data),
    attention(data),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n") + "\n";
}

function overview({ t, grades, points, scores, incomplete, obstacles }: ClassData): string[] {
  const said = t.outputs.class;
  const lines = [
    said.overview(grades.length, points, {
      mean: showNumber(scores.mean),
      median: showNumber(scores.median),
      lowest: String(scores.lowest),
      highest: String(scores.highest),
    }),
  ];
  if (incomplete > 0) {
    lines.push("", `> **${said.incomplete(incomplete)}** ${obstacles.map(escapeMarkdown).join(" ")}`);
  }
  return lines;
}

function unlearned({ t, unlearned }: ClassData): string[] {
  if (unlearned.length === 0) return [];
  const { class: said, comma } = t.outputs;
  const lines = unlearned.map(({ student, score, grade: { testAccuracy } }) => {
    const network = testAccuracy === null ? said.noNetwork : said.accuracy(showNumber(100 * testAccuracy));
    return `- ${escapeMarkdown(student)}${t.outputs.colon}${score}${comma}${network}`;
  });
  return [`## ${said.unlearned}`, "", said.unlearnedNote, "", ...lines];
}

function absent({ t, absent, roster }: ClassData): string[] {
  if (roster === null || absent.length === 0) return [];
  const { class: said, comma } = t.outputs;
  return [
    `## ${said.absent}`,
    "",
    said.absentNote(absent.length, roster),
    "",
    absent.map(escapeMarkdown).join(comma),
  ];
}

function histogram({ bins }: ClassData): string[] {
  const most = bins.reduce((most, { count }) => Math.max(most, count), 1);
  const width = showNumber(bins[bins.length - 1].to).length;
  return bins.map(({ from, to, count }) => {
    const bar = "#".repeat(Math.ceil(WIDTH * count / most));
    const range = `${showNumber(from).padStart(width)} - ${showNumber(to).padStart(width)}`;
    return `${range}  ${String(count).padStart(4)}  ${bar}`.trimEnd();
  });
}

function problemTable({ t, problems, grades }: ClassData): string {
  const said = t.outputs.class;
  return markdownTable(
    [{ title: said.problem }, right(said.mean), right(said.of), right(said.full)],
    problems.map(({ title, mean, points, full }, p) => [
      `${p + 1}. ${escapeMarkdown(title)}`,
      showNumber(mean),
      String(points),
      said.fullOf(full, grades.length),
    ]),
  );
}

function hardest({ t, hardest }: ClassData): string[] {
  if (hardest.length === 0) return [];
  const said = t.outputs.class;
  const table = markdownTable(
    [{ title: said.check }, right(said.given), right(said.students)],
    hardest.map(({ title, code, part, students }) => [
      escapeMarkdown(`${title} (${code})`),
      `${showNumber(100 * part)} %`,
      String(students),
    ]),
  );
  return [`## ${said.hardest}`, "", table];
}

function mistakes({ t, mistakes }: ClassData): string[] {
  if (mistakes.length === 0) return [];
  const said = t.outputs.class;
  const table = markdownTable(
    [{ title: said.mistake }, right(said.students), { title: said.who }],
    mistakes.map(({ title, students }) => [
      escapeMarkdown(title),
      String(students.length),
      names(students, t),
    ]),
  );
  return [`## ${said.mistakes}`, "", table];
}

function undiagnosed({ t, undiagnosed }: ClassData): string[] {
  if (undiagnosed.length === 0) return [];
  const said = t.outputs.class;
  const table = markdownTable(
    [{ title: said.check }, { title: said.found }, right(said.students), { title: said.who }],
    undiagnosed.map(({ check, reason, students }) => [
      escapeMarkdown(check),
      escapeMarkdown(reason),
      String(students.length),
      names(students, t),
    ]),
  );
  return [`## ${said.undiagnosed}`, "", said.undiagnosedNote, "", table];
}

/** What the instructor should look at. */
function attention({ t, attention, unknown, pairs }: ClassData): string[] {
  const { class: said, colon, semicolon } = t.outputs;
  const lines = attention.map(({ student, remarks }) =>
    `- ${escapeMarkdown(student)}${colon}${remarks.map(escapeMarkdown).join(semicolon)}`
  );
  for (const sentence of unknown) lines.push(`- ${escapeMarkdown(sentence)}`);
  if (pairs.length > 0) lines.push(`- ${said.similar(pairs.length)}`);
  return lines.length === 0 ? [] : [`## ${said.attention}`, "", ...lines];
}

function names(students: readonly string[], { outputs }: ClassData["t"]): string {
  const { comma, class: said } = outputs;
  const more = students.length > NAMES ? comma + said.more : "";
  return students.slice(0, NAMES).map(escapeMarkdown).join(comma) + more;
}
