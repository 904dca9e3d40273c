import { misclassified } from "../../metrics/classification.ts";
import type { FigureName } from "../figures.ts";
import { formatCount, formatPercent } from "../../text/numbers.ts";
import { details, escapeMarkdown, image, markdownTable, right } from "../../text/markdown.ts";
import { runName } from "../../tables/results_csv.ts";
import { type ReportModel, sentences } from "../report_model.ts";
import { bestRunData, filterNotes } from "../sections/best_run_data.ts";

const MAX_INDICES = 20;

export function bestRunSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t, input } = model;
  const data = bestRunData(model);
  if (data === null || !figures.has("confusion_matrix.svg")) return [];
  const { run, matrix, names, scores, macro, mistakes, undefinedNote } = data;
  const confusion = names.map((name, label) => [
    `**${name}**`,
    ...names.map((_, predicted) => {
      const count = matrix[label * names.length + predicted];
      return label === predicted ? `**${count}**` : count === 0 ? "·" : String(count);
    }),
  ]);
  const rows = scores.map(({ label, support, precision, recall, f1 }) => [
    String(label),
    formatCount(support),
    ...[precision, recall, f1].map(formatPercent),
  ]);
  rows.push([`**${t.classes.mean}**`, "", ...[macro.precision, macro.recall, macro.f1].map(formatPercent)]);
  const { class: name, images, precision, recall, f1 } = t.classes;
  return [
    `## ${input.rows.length === 1 ? t.bestRun.headingOne : t.bestRun.heading(model.runLabel(run))}`,
    sentences(model, mistakes),
    `### ${t.confusion.heading}`,
    image("figures/confusion_matrix.svg", t.confusion.alt),
    t.confusion.note,
    details(
      t.confusion.counts,
      markdownTable([escapeMarkdown(t.confusion.corner), ...names].map(right), confusion),
    ),
    `### ${t.classes.heading}`,
    markdownTable([name, images, precision, recall, f1].map(right), rows),
    undefinedNote,
  ];
}

export function mistakesSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t, best, input: { predictions: found, inspection } } = model;
  if (best === undefined || found === undefined) return [];
  const { labels, predictions } = found;
  const indices = misclassified(labels, predictions);
  const source = `[predictions.csv](runs/${runName(best)}/predictions.csv)`;
  const heading = `### ${t.mistakes.heading}`;
  if (indices.length === 0) return [heading, t.mistakes.none(source)];
  if (inspection === undefined || !figures.has("misclassified.png")) {
    const named = [...indices.subarray(0, MAX_INDICES)].map((i) => `${i} (${labels[i]}→${predictions[i]})`);
    const shown = Math.min(indices.length, MAX_INDICES);
    return [heading, t.mistakes.indices(shown, indices.length), named.join(", "), t.mistakes.source(source)];
  }
  const { mistakes } = inspection;
  const { count } = mistakes.images;
  const classes = mistakes.probabilities.length / count;
  const rows = Array.from(mistakes.indices, (index, i) => [
    formatCount(index),
    String(mistakes.predictions[i]),
    String(mistakes.labels[i]),
    formatPercent(mistakes.probabilities[i * classes + mistakes.predictions[i]]),
    formatPercent(mistakes.probabilities[i * classes + mistakes.labels[i]]),
  ]);
  const { index, confidence, trueConfidence } = t.mistakes;
  const columns = [index, t.confusion.predicted, t.confusion.true, confidence, trueConfidence];
  return [
    heading,
    image("figures/misclassified.png", t.mistakes.alt(count)),
    sentences(model, [t.mistakes.note(count, indices.length), t.mistakes.source(source)]),
    details(t.mistakes.listed, markdownTable(columns.map(right), rows)),
  ];
}

export function filtersSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t, best, input: { inspection } } = model;
  if (best === undefined || inspection === undefined || !figures.has("first_layer.png")) return [];
  return [
    `### ${t.filters.heading}`,
    image("figures/first_layer.png", t.filters.alt(inspection.filters.units.length)),
    sentences(model, filterNotes(model)),
  ];
}
