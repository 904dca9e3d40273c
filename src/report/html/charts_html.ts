import { type EffectCharts, effectNotes, effectTable } from "../sections/effect_charts.ts";
import { formatCount, formatPercent, MISSING } from "../../text/numbers.ts";
import type { DiagnosticsRow } from "../../tables/diagnostics_csv.ts";
import type { CurveSet } from "../charts/curves_figure.ts";
import { layerName } from "../charts/diagnostics_panel.ts";
import { runName } from "../../tables/results_csv.ts";
import { diagnosedRuns } from "../../analysis/ranking.ts";
import type { ReportModel } from "../report_model.ts";
import { curveNotes } from "../sections/curve_data.ts";
import { escapeHtml, head, paragraph, ROW, scrollable, type Section, TEXT } from "./markup.ts";
import type { PageChart, PageData } from "./page_data.ts";

export function curvesHtml(model: ReportModel, set: CurveSet, { charts }: PageData): Section | null {
  const { t } = model;
  const curves = charts.filter(({ kind }) => kind === "curve");
  if (curves.length === 0) return null;
  const toggle = (axis: string, title: string, on: boolean) =>
    `<button type="button" data-axis="${axis}" aria-pressed="${on}">${escapeHtml(title)}</button>`;
  const zoom = (steps: number, title: string) =>
    `<button type="button" data-zoom="${steps}">${escapeHtml(title)}</button>`;
  const body = `${paragraph(curveNotes(model, { set, page: true }), t.space)}
<div class="controls" role="group" aria-label="${escapeHtml(t.page.controls)}">${
    toggle("loss", t.page.logLoss, true)
  }${toggle("epoch", t.page.logEpoch, false)}${zoom(1, t.page.zoomIn)}${zoom(-1, t.page.zoomOut)}${
    zoom(0, t.page.reset)
  }</div>
<div class="charts">${curves.map((chart) => plot(chart)).join("")}</div>
<p class="note screen">${escapeHtml(t.page.hint)}</p>`;
  return { id: "curves", title: t.curves.heading, body };
}

export function effectsHtml(
  model: ReportModel,
  effects: EffectCharts | null,
  { charts }: PageData,
): Section | null {
  if (effects === null) return null;
  const { t } = model;
  const small = charts.filter(({ kind }) => kind === "effect");
  const large = charts.filter(({ kind }) => kind === "pair" || kind === "parallel").map((chart) => {
    const wide = scrollable(`<div class="wide">${plot(chart, false)}</div>`, chart.title);
    return `<h3>${escapeHtml(chart.title)}</h3>${paragraph([effects.together?.note ?? ""], "")}${wide}`;
  });
  const body = `${paragraph(effectNotes(model, effects), t.space)}
<div class="charts small">${small.map((chart) => plot(chart)).join("")}</div>
${large.join("")}${sharesHtml(model, effects)}`;
  return { id: "effects", title: t.effects.heading, body };
}

function sharesHtml(model: ReportModel, effects: EffectCharts): string {
  const { t } = model;
  const { rows, notes } = effectTable(model, effects);
  if (rows.length === 0) return "";
  const heads = [t.effects.share, t.effects.value, t.effects.runs, t.effects.meanOf(effects.name)];
  const body = rows.map(({ parameter, share, level, runs, mean, best }) => {
    const value = best ? `<strong>${escapeHtml(level)}</strong>` : escapeHtml(level);
    const cells = [share, value, runs, mean].map((cell) => `<td>${cell}</td>`);
    return `<tr>${head(parameter, ROW)}${cells.join("")}</tr>`;
  });
  const table = `<table><thead><tr>${head(t.effects.parameter, TEXT)}${
    heads.map((title) => head(title)).join("")
  }</tr></thead><tbody>${body.join("\n")}</tbody></table>`;
  return `<h3>${escapeHtml(t.effects.tableHeading)}</h3>${scrollable(table, t.effects.tableHeading)}${
    paragraph(notes, t.space)
  }`;
}

export function diagnosticsHtml(model: ReportModel, { charts, diagnostics }: PageData): Section | null {
  const { t, ranking, input } = model;
  const flows = charts.filter(({ kind }) => kind === "diagnostics");
  const runs = diagnosedRuns(ranking, input.objective).filter(({ trial }) => String(trial) in diagnostics);
  if (flows.length === 0 || runs.length === 0) return null;
  const chooser = runs.length === 1
    ? ""
    : `<div class="controls"><label for="diagnosed">${
      escapeHtml(t.diagnostics.choose)
    }</label> <select id="diagnosed">${
      runs.map(({ trial }, i) => {
        const label = i === 0 ? t.diagnostics.best(model.label(trial)) : model.label(trial);
        return `<option value="${trial}">${escapeHtml(label)}</option>`;
      }).join("")
    }</select></div>`;
  const hidden = runs.length === 1 ? `<input type="hidden" id="diagnosed" value="${runs[0].trial}">` : "";
  const tables = runs.map(({ trial, seed }, i) =>
    lastEpochTable(model, input.diagnostics.get(runName({ trial, seed })) ?? [], { trial, shown: i === 0 })
  );
  const body = `${paragraph([t.diagnostics.note, t.diagnostics.gradientNote, t.diagnostics.reading], t.space)}
${chooser}${hidden}<div class="charts">${flows.map((chart) => plot(chart)).join("")}</div>
${tables.join("")}${paragraph([t.diagnostics.saturatedNote], "")}`;
  return { id: "layers", title: t.diagnostics.heading, body };
}

function lastEpochTable(
  { t }: ReportModel,
  rows: readonly DiagnosticsRow[],
  { trial, shown }: { trial: number; shown: boolean },
): string {
  const last = rows.reduce((most, { epoch }) => Math.max(most, epoch), 0);
  const layers = rows.filter(({ epoch }) => epoch === last);
  const number = (value: number | null) => value === null ? MISSING : value.toPrecision(3);
  const body = layers.map((row) => {
    const cells = [
      formatCount(row.units),
      number(row.activation_mean),
      number(row.activation_std),
      row.layer === layers.length ? MISSING : formatPercent(row.saturated),
      number(row.gradient_std),
    ].map((cell) => `<td>${cell}</td>`);
    return `<tr>${head(layerName(row.layer, layers.length, t), ROW)}${cells.join("")}</tr>`;
  });
  const { layer, units, mean, std, saturated, gradientStd } = t.diagnostics;
  const heads = [units, mean, std, saturated, gradientStd].map((title) => head(title));
  const caption = `${t.trial(trial)}${t.comma}${t.epoch} ${last}`;
  const table = `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head(layer, TEXT)}${
    heads.join("")
  }</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return scrollable(table, caption, `class="scroll" data-diagnosed="${trial}"${shown ? "" : " hidden"}`);
}

function plot({ id, title }: PageChart, titled = true): string {
  const heading = titled ? `<h3>${escapeHtml(title)}</h3>` : "";
  return `<figure>${heading}<div class="plot" id="${id}"></div></figure>`;
}
