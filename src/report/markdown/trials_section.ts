import { isAccuracy, METRIC } from "../../tables/metrics.ts";
import { MISSING } from "../../text/numbers.ts";
import { escapeMarkdown, type MarkdownColumn, markdownTable } from "../../text/markdown.ts";
import type { ReportModel } from "../report_model.ts";
import { concludeReport, conclusionSentences, differenceCell } from "../sections/conclusion_data.ts";
import {
  cutNote,
  cutTable,
  metricCell,
  parameterCells,
  runsCell,
  TABLE_METRICS,
  unfinishedRuns,
} from "../sections/table_data.ts";
import { right, sentences } from "./blocks.ts";

/** Rows of the ranked table: a reader who wants more has `results.csv`. */
const MAX_TRIALS = 50;
const MAX_RUNS_NAMED = 20;

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
    runsCell(model, ranked),
  ]);
  const notes = [seeded ? t.table.meanNote : ""];
  if (ranking.some(({ ok, runs }) => ok < runs.length)) notes.push(t.table.brokenNote);
  const note = cutNote(model, cut);
  return [
    `## ${t.table.heading}`,
    sentences(model, notes),
    markdownTable(columns, rows),
    note === ""
      ? ""
      : `${note}${t.language === "ja" ? "。" : ". "}${t.table.cutFile("[results.csv](results.csv)")}`,
    unfinishedSection(model),
    ...(concluded.length === 0
      ? []
      : [`### ${t.conclusions.heading}`, concluded.map((sentence) => `- ${sentence}`).join("\n")]),
  ];
}

function unfinishedSection({ t, input: { rows } }: ReportModel): string {
  const lines = ([["diverged", t.table.divergedRuns], ["failed", t.table.failedRuns]] as const).flatMap(
    ([status, title]) => {
      const runs = unfinishedRuns(rows, status);
      if (runs.length === 0) return [];
      const named = runs.slice(0, MAX_RUNS_NAMED).map(({ trial, seed }) => t.run(trial, seed));
      if (runs.length > MAX_RUNS_NAMED) named.push(t.table.more(runs.length - MAX_RUNS_NAMED));
      return [`- ${title}${t.colon}${named.join(t.language === "ja" ? "、" : "; ")}`];
    },
  );
  return lines.length === 0 ? "" : `### ${t.table.unfinished}\n\n${lines.join("\n")}`;
}
