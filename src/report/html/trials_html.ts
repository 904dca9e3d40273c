import { MISSING } from "../../text/numbers.ts";
import { COLOURS } from "../charts/palette.ts";
import type { ReportModel } from "../report_model.ts";
import {
  cutNote,
  type TableCut,
  tableNotes,
  type TrialsTable,
  trialsTable,
  unfinishedRuns,
} from "../sections/table_data.ts";
import { codeHtml, escapeHtml, head, paragraph, scrollable, type Section, TEXT } from "./markup.ts";

export function trialsHtml(model: ReportModel, cut: TableCut): Section {
  const { t, ranking } = model;
  const tickable = ranking.length > 1;
  const { titles, compared, rows, conclusions } = trialsTable(model, cut);
  const heads = [
    ...[...tickable ? [t.table.draw] : [], t.table.rank, t.table.trial, ...titles].map((title) =>
      head(title)
    ),
    ...compared === null ? [] : [head(compared, 'scope="col" class="wrap"')],
    head(t.table.runs, TEXT),
  ];
  const lines = rows.map((row) => trialRow(model, row, { tickable, compared: compared !== null }));
  const select = tickable
    ? `<p class="note screen">${
      escapeHtml(t.table.selectNote(COLOURS))
    }</p><p class="note screen" role="status" id="ticked"></p>`
    : "";
  const table = `<table>
<caption>${escapeHtml(t.table.caption)}</caption>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>${lines.join("\n")}</tbody></table>`;
  const body = `${paragraph(tableNotes(model), t.space)}${select}
${scrollable(table, t.table.caption, 'class="scroll ranked"')}
${paragraph([cutNote(model, cut, "results.csv")], "")}${unfinished(model)}${concluded(model, conclusions)}`;
  return { id: "trials", title: t.table.heading, body };
}

function trialRow(
  { t }: ReportModel,
  { ranked: { trial, rank, ok, runs }, cells, difference, ends }: TrialsTable["rows"][number],
  { tickable, compared }: { tickable: boolean; compared: boolean },
): string {
  const box = tickable
    ? `<td><label><input type="checkbox" data-trial="${trial}" disabled aria-label="${
      escapeHtml(t.table.select(trial))
    }"><span class="swatch"></span></label></td>`
    : "";
  const values = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`);
  if (compared) values.push(`<td class="wrap">${escapeHtml(difference)}</td>`);
  const status = ok < runs.length ? `<span class="bad">✕ ${escapeHtml(ends)}</span>` : escapeHtml(ends);
  return `<tr>${box}<td>${rank ?? MISSING}</td><th scope="row">${trial}</th>${
    values.join("")
  }<td class="text">${status}</td></tr>`;
}

function unfinished(model: ReportModel): string {
  const { t } = model;
  const lines = unfinishedRuns(model).map(({ title, runs }) =>
    `<li><span class="bad">${escapeHtml(title)}</span>${t.colon}${escapeHtml(runs)}</li>`
  );
  return lines.length === 0 ? "" : `<h3>${escapeHtml(t.table.unfinished)}</h3><ul>${lines.join("")}</ul>`;
}

function concluded({ t }: ReportModel, found: readonly string[]): string {
  if (found.length === 0) return "";
  const items = found.map((sentence) => `<li>${codeHtml(sentence)}</li>`).join("");
  return `<h3>${escapeHtml(t.conclusions.heading)}</h3><ul class="points">${items}</ul>`;
}
