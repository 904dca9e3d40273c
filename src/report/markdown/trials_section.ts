import { escapeMarkdown, markdownTable, right } from "../../text/markdown.ts";
import { MISSING } from "../../text/numbers.ts";
import { type ReportModel, sentences } from "../report_model.ts";
import { cutNote, cutTable, tableNotes, trialsTable, unfinishedRuns } from "../sections/table_data.ts";

/** Rows of the ranked table: a reader who wants more has `results.csv`. */
const MAX_TRIALS = 50;

export function trialsSection(model: ReportModel): string[] {
  const { t } = model;
  const cut = cutTable(model, MAX_TRIALS);
  const { titles, compared, rows, conclusions } = trialsTable(model, cut);
  const columns = [
    ...[t.table.rank, t.table.trial, ...titles.map(escapeMarkdown), ...compared === null ? [] : [compared]]
      .map(right),
    { title: t.table.runs },
  ];
  const lines = rows.map(({ ranked: { rank, trial }, cells, difference, ends }) => [
    rank === null ? MISSING : String(rank),
    String(trial),
    ...cells.map(escapeMarkdown),
    ...compared === null ? [] : [difference],
    ends,
  ]);
  return [
    `## ${t.table.heading}`,
    sentences(model, tableNotes(model)),
    markdownTable(columns, lines),
    cutNote(model, cut, "[results.csv](results.csv)"),
    unfinishedSection(model),
    ...(conclusions.length === 0
      ? []
      : [`### ${t.conclusions.heading}`, conclusions.map((sentence) => `- ${sentence}`).join("\n")]),
  ];
}

function unfinishedSection(model: ReportModel): string {
  const { t } = model;
  const lines = unfinishedRuns(model).map(({ title, runs }) => `- ${title}${t.colon}${runs}`);
  return lines.length === 0 ? "" : `### ${t.table.unfinished}\n\n${lines.join("\n")}`;
}
