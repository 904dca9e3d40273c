import { classScores } from "../../metrics/class_scores.ts";
import { confusionMatrix } from "../../metrics/confusion_matrix.ts";
import { misclassified } from "../../metrics/misclassified.ts";
import { summarize } from "../../metrics/summarize.ts";
import type { FigureName } from "../figures.ts";
import { formatCount, formatPercent } from "../../text/numbers.ts";
import { escapeMarkdown, markdownTable } from "../../text/markdown.ts";
import { runName } from "../../tables/results_csv.ts";
import type { ReportModel } from "../report_model.ts";
import { filterNotes, worstConfusions } from "../sections/best_run_data.ts";
import { details, image, right, sentences } from "./blocks.ts";

const MAX_INDICES = 20;

/** The best run's confusion matrix and scores. */
export function bestRunSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t, best, input: { predictions: found } } = model;
  if (best === undefined || found === undefined || !figures.has("confusion_matrix.svg")) return [];
  const { labels, predictions, classes } = found;
  const matrix = confusionMatrix(labels, predictions, classes);
  const { samples, misclassified: wrong, accuracy, macro } = summarize(matrix);
  const names = Array.from({ length: classes }, (_, i) => String(i));
  const confusion = names.map((name, label) => [
    `**${name}**`,
    ...names.map((_, predicted) => {
      const count = matrix[label * classes + predicted];
      return label === predicted ? `**${count}**` : count === 0 ? "·" : String(count);
    }),
  ]);
  const scores = classScores(matrix);
  const rows = scores.map(({ label, support, precision, recall, f1 }) => [
    String(label),
    formatCount(support),
    ...[precision, recall, f1].map(formatPercent),
  ]);
  rows.push([`**${t.classes.mean}**`, "", ...[macro.precision, macro.recall, macro.f1].map(formatPercent)]);
  const undefinedScores = scores.some(({ support, predicted }) => support === 0 || predicted === 0);
  const worst = worstConfusions(model, matrix, classes);
  return [
    `## ${t.bestRun.heading(best.trial, best.seed)}`,
    sentences(model, [t.bestRun.wrong(wrong, samples, formatPercent(1 - accuracy)), worst]),
    `### ${t.confusion.heading}`,
    image("confusion_matrix.svg", t.confusion.alt),
    t.confusion.note,
    details(
      t.confusion.counts,
      markdownTable([right(escapeMarkdown(t.confusion.corner)), ...names.map(right)], confusion),
    ),
    `### ${t.classes.heading}`,
    markdownTable(
      [t.classes.class, t.classes.images, t.classes.precision, t.classes.recall, t.classes.f1].map(right),
      rows,
    ),
    undefinedScores ? t.classes.undefinedNote : "",
  ];
}

/** The misclassified images, the most confident errors first. */
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
  const columns = [
    t.mistakes.index,
    t.confusion.predicted,
    t.confusion.true,
    t.mistakes.confidence,
    t.mistakes.trueConfidence,
  ];
  return [
    heading,
    image("misclassified.png", t.mistakes.alt(count)),
    sentences(model, [t.mistakes.note(count, indices.length), t.mistakes.source(source)]),
    details(t.mistakes.listed, markdownTable(columns.map(right), rows)),
  ];
}

/** First-layer weights as images. */
export function filtersSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t, best, input: { inspection } } = model;
  if (best === undefined || inspection === undefined || !figures.has("first_layer.png")) return [];
  return [
    `### ${t.filters.heading}`,
    image("first_layer.png", t.filters.alt(inspection.filters.units.length)),
    sentences(model, filterNotes(model)),
  ];
}
