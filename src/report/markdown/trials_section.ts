import { statusCounts } from "../sections/answer_data.ts";
import { isAccuracy, METRIC } from "../../tables/metrics.ts";
import { MISSING } from "../../text/numbers.ts";
import { escapeMarkdown, type MarkdownColumn, markdownTable, right } from "../../text/markdown.ts";
import { type ReportModel, sentences } from "../report_model.ts";
import { concludeReport, conclusionSentences, differenceCell } from "../sections/conclusion_data.ts";
import {
  cutNote,
  cutTable,
  metricCell,
  parameterCells,
  TABLE_METRICS,
  tableNotes,
  unfinishedRuns,
} from "../sections/table_data.ts";

/** Rows of the ranked table: a reader who wants more has `results.csv`. */
const MAX_TRIALS = 50;

/** The ranked table, how the others compare with the best, and what did not end well. */
export function trialsSection(model: ReportModel): string[] {
  const { t, ranking, paths, seeded } = model;
  const cut = cutTable(model, MAX_TRIALS);
  const conclusions = concludeReport(model);
  const differences = new Map(conclusions.trials.map((trial) => [trial.trial, differenceCell(model, trial)]));
  const accuracy = isAccuracy(model.input.objective.metric);
  const concluded = conclusionSentences(model, conclusions);
  const columns: MarkdownColumn[] = [
    right(t.table.rank),
    right(t.table.trial),
    ...paths.map((path) => right(escapeMarkdown(model.title(path)))),
    ...TABLE_METRICS.map((metric) => right(METRIC[metric].shortLabel[t.language])),
    ...(seeded && ranking.length > 1 ? [right(t.conclusions.column(accuracy))] : []),
    { title: t.table.runs },
  ];
  const rows = [...cut.shown, ...cut.broken].map((ranked) => [
    ranked.rank === null ? MISSING : String(ranked.rank),
    String(ranked.trial),
    ...parameterCells(model, ranked.trial).map(escapeMarkdown),
    ...TABLE_METRICS.map((metric) => metricCell(ranked, metric)),
    ...(seeded && ranking.length > 1 ? [differences.get(ranked.trial) ?? ""] : []),
    statusCounts(model, ranked.runs),
  ]);
  return [
    `## ${t.table.heading}`,
    sentences(model, tableNotes(model)),
    markdownTable(columns, rows),
    cutNote(model, cut, "[results.csv](results.csv)"),
    unfinishedSection(model),
    ...(concluded.length === 0
      ? []
      : [`### ${t.conclusions.heading}`, concluded.map((sentence) => `- ${sentence}`).join("\n")]),
  ];
}

function unfinishedSection(model: ReportModel): string {
  const { t } = model;
  const lines = unfinishedRuns(model).map(({ title, runs }) => `- ${title}${t.colon}${runs}`);
  return lines.length === 0 ? "" : `### ${t.table.unfinished}\n\n${lines.join("\n")}`;
}
