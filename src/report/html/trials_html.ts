import { statusCounts } from "../sections/answer_data.ts";
import { isAccuracy, METRIC } from "../../tables/metrics.ts";
import { COLOURS } from "../charts/palette.ts";
import { MISSING } from "../../text/numbers.ts";
import type { RankedTrial } from "../../analysis/ranking.ts";
import type { ReportModel } from "../report_model.ts";
import { concludeReport, conclusionSentences, differenceCell } from "../sections/conclusion_data.ts";
import {
  cutNote,
  metricCell,
  parameterCells,
  TABLE_METRICS,
  type TableCut,
  tableNotes,
  unfinishedRuns,
} from "../sections/table_data.ts";
import { codeHtml, escapeHtml, paragraph, type Section } from "./markup.ts";

/** The ranked table, in which trials are ticked to be drawn in colour. */
export function trialsHtml(model: ReportModel, cut: TableCut): Section {
  const { t, ranking, paths, seeded } = model;
  const tickable = ranking.length > 1;
  const conclusions = concludeReport(model);
  const compared = tickable && seeded;
  const differences = new Map(conclusions.trials.map((trial) => [trial.trial, differenceCell(model, trial)]));
  const accuracy = isAccuracy(model.input.objective.metric);
  const columns = [
    t.table.rank,
    t.table.trial,
    ...paths.map(model.title),
    ...TABLE_METRICS.map((metric) => METRIC[metric].shortLabel[t.language]),
  ].map((title) => `<th scope="col">${escapeHtml(title)}</th>`);
  if (compared) {
    columns.push(`<th scope="col" class="wrap">${escapeHtml(t.conclusions.column(accuracy))}</th>`);
  }
  const head =
    `<tr>${tickable ? `<th scope="col">${escapeHtml(t.table.draw)}</th>` : ""}${columns.join("")}` +
    `<th scope="col" class="text">${escapeHtml(t.table.runs)}</th></tr>`;
  const rows = [...cut.shown, ...cut.broken].map((ranked) =>
    trialRow(model, ranked, { tickable, difference: compared ? differences.get(ranked.trial) ?? "" : null })
  );
  const select = tickable
    ? `<p class="note screen">${
      escapeHtml(t.table.selectNote(COLOURS))
    }</p><p class="note screen" role="status" id="ticked"></p>`
    : "";
  const body = `${paragraph(tableNotes(model), t.space)}${select}
<div class="scroll ranked" role="region" tabindex="0" aria-label="${escapeHtml(t.table.caption)}"><table>
<caption>${escapeHtml(t.table.caption)}</caption>
<thead>${head}</thead>
<tbody>${rows.join("\n")}</tbody></table></div>
${paragraph([cutNote(model, cut, "results.csv")], "")}${unfinished(model)}${
    concluded(model, conclusionSentences(model, conclusions))
  }`;
  return { id: "trials", title: t.table.heading, body };
}

function trialRow(
  model: ReportModel,
  ranked: RankedTrial,
  { tickable, difference }: { tickable: boolean; difference: string | null },
): string {
  const { t } = model;
  const { trial, rank, ok, runs } = ranked;
  const box = tickable
    ? `<td><label><input type="checkbox" data-trial="${trial}" disabled aria-label="${
      escapeHtml(t.table.select(trial))
    }"><span class="swatch"></span></label></td>`
    : "";
  const cells = [
    ...parameterCells(model, trial),
    ...TABLE_METRICS.map((metric) => metricCell(ranked, metric)),
  ].map((cell) => `<td>${escapeHtml(cell)}</td>`);
  if (difference !== null) cells.push(`<td class="wrap">${escapeHtml(difference)}</td>`);
  const ends = statusCounts(model, runs);
  const status = ok < runs.length ? `<span class="bad">✕ ${escapeHtml(ends)}</span>` : escapeHtml(ends);
  return `<tr>${box}<td>${rank ?? MISSING}</td><th scope="row">${trial}</th>${
    cells.join("")
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
