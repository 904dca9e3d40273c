import { misclassified } from "../../metrics/classification.ts";
import { DARKEST_MISTAKE, formatRate } from "../charts/confusion_figure.ts";
import { formatCount, formatPercent } from "../../text/numbers.ts";
import { dataUri } from "../images/bitmap.ts";
import { filtersPng } from "../images/filters_png.ts";
import { mistakePng } from "../images/mistakes_png.ts";
import { runName } from "../../tables/results_csv.ts";
import type { ReportModel } from "../report_model.ts";
import { bestRunData, filterNotes } from "../sections/best_run_data.ts";
import { escapeHtml, head, paragraph, scrollable, type Section } from "./markup.ts";

export function confusionHtml(model: ReportModel): Section | null {
  const { t } = model;
  const data = bestRunData(model);
  if (data === null) return null;
  const { run, matrix, names, mistakes } = data;
  const heads = names.map((name) => head(name)).join("");
  const rows = names.map((name, label) => {
    const row = matrix.subarray(label * names.length, (label + 1) * names.length);
    const total = row.reduce((a, b) => a + b, 0);
    const cells = [...row].map((count, predicted) => matrixCell(count, total, label === predicted));
    return `<tr><th scope="row">${name}</th>${cells.join("")}</tr>`;
  });
  const table = `<table class="matrix"><caption>${escapeHtml(t.confusion.caption)}</caption>
<thead><tr><td class="note">${escapeHtml(t.confusion.corner)}</td>${heads}</tr></thead><tbody>${
    rows.join("\n")
  }</tbody></table>`;
  const body = `<p><strong>${escapeHtml(t.bestRun.heading(run.trial, run.seed))}</strong></p>
${paragraph([...mistakes, t.confusion.note], t.space)}${scrollable(table, t.confusion.caption)}`;
  return { id: "confusion", title: t.confusion.heading, body };
}

function matrixCell(count: number, total: number, right: boolean): string {
  if (count === 0) return `<td class="zero">0</td>`;
  const rate = count / total;
  const colour = right ? "--c0" : "--c1";
  const share = right ? 12 + 38 * rate : 12 + 36 * Math.min(1, rate / DARKEST_MISTAKE);
  return `<td style="background:color-mix(in srgb, var(${colour}) ${share.toFixed(0)}%, var(--ground))">${
    formatCount(count)
  }<small>${formatRate(rate)}</small></td>`;
}

export function classesHtml(model: ReportModel): Section | null {
  const { t } = model;
  const data = bestRunData(model);
  if (data === null) return null;
  const { scores, macro, undefinedNote } = data;
  const lowest = Math.min(...scores.flatMap(({ precision, recall }) => [precision, recall]));
  // Bars start below the lowest score: from 0 they would all look the same.
  const base = Math.max(0, Math.floor(10 * lowest - 0.5) / 10);
  const cell = (value: number) =>
    `<td><span class="score" style="--share:${
      (100 * Math.max(0, (value - base) / (1 - base))).toFixed(0)
    }%">${formatPercent(value)}<i></i></span></td>`;
  const line = (name: string, support: string, { precision, recall, f1 }: typeof macro) =>
    `${head(name, 'scope="row"')}<td>${support}</td>${[precision, recall, f1].map(cell).join("")}</tr>`;
  const rows = scores.map((score) => `<tr>${line(String(score.label), formatCount(score.support), score)}`);
  rows.push(`<tr class="own">${line(t.classes.mean, "", macro)}`);
  const { class: name, images, precision, recall, f1 } = t.classes;
  const table = `<table><caption>${escapeHtml(t.classes.caption)}</caption><thead><tr>${
    [name, images, precision, recall, f1].map((title) => head(title)).join("")
  }</tr></thead><tbody>${rows.join("\n")}</tbody></table>`;
  const body = scrollable(table, t.classes.caption) +
    paragraph([base > 0 ? t.classes.bars(`${(100 * base).toFixed(0)}%`) : "", undefinedNote], t.space);
  return { id: "classes", title: t.classes.heading, body };
}

export function mistakesHtml(
  { t, best, input: { predictions: found, inspection } }: ReportModel,
): Section | null {
  if (best === undefined || found === undefined) return null;
  const { labels, predictions } = found;
  const indices = misclassified(labels, predictions);
  const source = `runs/${runName(best)}/predictions.csv`;
  const section = { id: "mistakes", title: t.mistakes.heading };
  if (indices.length === 0) return { ...section, body: paragraph([t.mistakes.none(source)], "") };
  if (inspection === undefined || inspection.mistakes.images.count === 0) return null;
  const { mistakes } = inspection;
  const { count, rows, columns } = mistakes.images;
  const classes = mistakes.probabilities.length / count;
  const items = Array.from(mistakes.indices, (index, i) => {
    const [label, predicted] = [String(mistakes.labels[i]), String(mistakes.predictions[i])];
    const confidence = formatPercent(mistakes.probabilities[i * classes + mistakes.predictions[i]]);
    const alt = `${
      t.mistakes.describe(index, label, predicted)
    }${t.comma}${t.mistakes.confidence} ${confidence}`;
    return `<li title="${
      escapeHtml(alt)
    }"><span class="pair"><b>${predicted}</b> / ${label}</span><img src="${
      dataUri(mistakePng(mistakes, i))
    }" width="${columns}" height="${rows}" alt="${escapeHtml(alt)}"><small>${confidence}</small></li>`;
  });
  const body = `${
    paragraph([t.mistakes.note(count, indices.length), t.mistakes.below, t.mistakes.source(source)], t.space)
  }
<ol class="mistakes">${items.join("\n")}</ol>`;
  return { ...section, body };
}

export function filtersHtml(model: ReportModel): Section | null {
  const { t, best, input: { inspection } } = model;
  if (best === undefined || inspection === undefined || inspection.filters.units.length === 0) return null;
  const { filters, mistakes: { images: { rows, columns } } } = inspection;
  const png = filtersPng({ weights: filters.weights, rows, columns, across: 10, scale: 1 });
  const body = `${paragraph(filterNotes(model), t.space)}
<figure><img class="filters" src="${dataUri(png)}" alt="${
    escapeHtml(t.filters.alt(filters.units.length))
  }"></figure>`;
  return { id: "filters", title: t.filters.heading, body };
}
