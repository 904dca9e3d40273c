import { escapeMarkdown, markdownTable, right } from "../../text/markdown.ts";
import { type ReportModel, sentences } from "../report_model.ts";
import { concludeReport, conclusionSentences } from "../sections/conclusion_data.ts";
import { cutNote, cutTable, tableNotes, unfinishedRuns } from "../sections/table_data.ts";
import { cellText, type TrialColumn, trialColumns, verdictText } from "../sections/trial_cells.ts";
import { trialTable } from "../sections/trial_data.ts";

/** Rows of the ranked table: a reader who wants more has `results.csv`. */
const MAX_TRIALS = 50;

export function trialsSection(model: ReportModel): string[] {
  const { t, ranking } = model;
  const cut = cutTable(model, MAX_TRIALS);
  const table = trialTable(model);
  const columns = trialColumns(table, t).filter(({ extra }) => !extra);
  const shown = new Set([...cut.shown, ...cut.broken]);
  const rows = ranking.flatMap((ranked, row) => shown.has(ranked) ? [row] : []);
  const conclusions = conclusionSentences(model, concludeReport(model));
  const cell = (column: TrialColumn, row: number) => {
    const text = escapeMarkdown(cellText(column, row, t));
    const verdict = column.kind !== "difference" || table.difference === null
      ? ""
      : verdictText(table.difference, row, t);
    return verdict === "" ? text : text + t.comma + verdict;
  };
  return [
    `## ${t.table.heading(table.ranked > 0)}`,
    sentences(model, tableNotes(model, table)),
    markdownTable(
      columns.map(({ kind, title }) => {
        const text = escapeMarkdown(title);
        return kind === "trial" || kind === "status" ? { title: text } : right(text);
      }),
      rows.map((row) => columns.map((column) => cell(column, row))),
    ),
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
