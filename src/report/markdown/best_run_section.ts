import { misclassified } from "../../metrics/classification.ts";
import type { FigureName } from "../figures.ts";
import { formatCount, formatPercent } from "../../text/numbers.ts";
import { formatShare, mistakePlaces, MOST_CONFIDENT } from "../sections/judged_images.ts";
import { details, escapeMarkdown, image, markdownTable, right } from "../../text/markdown.ts";
import { runName } from "../../tables/results_csv.ts";
import { rowMistakes } from "../sections/row_mistakes.ts";
import { classNames, type ReportModel, sentences } from "../report_model.ts";
import { bestInspection, bestRunData, filterNotes } from "../sections/best_run_data.ts";

const MAX_INDICES = 20;

export function bestRunSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t, input } = model;
  const data = bestRunData(model);
  if (data === null || !figures.has("confusion_matrix.svg")) return [];
  const { run, matrix, names, scores, macro, mistakes, undefinedNote } = data;
  const written = names.map(escapeMarkdown);
  const confusion = written.map((name, label) => [
    `**${name}**`,
    ...names.map((_, predicted) => {
      const count = matrix[label * names.length + predicted];
      return label === predicted ? `**${count}**` : count === 0 ? "·" : String(count);
    }),
  ]);
  const rows = scores.map(({ label, support, precision, recall, f1 }) => [
    written[label],
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
      markdownTable([escapeMarkdown(t.confusion.corner), ...written].map(right), confusion),
    ),
    `### ${t.classes.heading}`,
    markdownTable([name, images, precision, recall, f1].map(right), rows),
    undefinedNote,
  ];
}

export function mistakesSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t, best, input } = model;
  const { predictions: found } = input;
  const inspection = bestInspection(model);
  if (best === undefined || found === undefined) return [];
  const { labels, predictions } = found;
  const indices = misclassified(labels, predictions);
  const names = classNames(model, found.classes).map(escapeMarkdown);
  const source = `[predictions.csv](runs/${runName(best)}/predictions.csv)`;
  const heading = `### ${t.mistakes.heading}`;
  if (indices.length === 0) return [heading, t.mistakes.none(source)];
  const rows = best === undefined ? undefined : input.judgedRows?.get(runName(best));
  if (rows !== undefined) {
    const { header, lines, note } = rowMistakes(model, rows);
    return [
      heading,
      sentences(model, [note, t.mistakes.source(source)]),
      markdownTable(header.map(escapeMarkdown).map(right), lines.map((cells) => cells.map(escapeMarkdown))),
    ];
  }
  if (inspection === undefined || !figures.has("misclassified.svg")) {
    const named = [...indices.subarray(0, MAX_INDICES)].map((i) =>
      `${i} (${names[labels[i]]}→${names[predictions[i]]})`
    );
    const shown = Math.min(indices.length, MAX_INDICES);
    return [heading, t.mistakes.indices(shown, indices.length), named.join(", "), t.mistakes.source(source)];
  }
  const { judged } = inspection;
  const classes = judged.probabilities.length / judged.images.count;
  const places = mistakePlaces(judged).slice(0, MOST_CONFIDENT);
  const listed = places.map((i) => [
    formatCount(judged.indices[i]),
    names[judged.predictions[i]],
    names[judged.labels[i]],
    formatShare(judged.probabilities[i * classes + judged.predictions[i]]),
    formatShare(judged.probabilities[i * classes + judged.labels[i]]),
  ]);
  const { index, confidence, trueConfidence } = t.mistakes;
  const columns = [index, t.confusion.predicted, t.confusion.true, confidence, trueConfidence];
  return [
    heading,
    image("figures/misclassified.svg", t.mistakes.alt(places.length)),
    sentences(model, [
      t.mistakes.note(places.length, indices.length),
      t.mistakes.below,
      t.mistakes.source(source),
    ]),
    details(t.mistakes.listed, markdownTable(columns.map(right), listed)),
  ];
}

export function filtersSection(model: ReportModel, figures: ReadonlySet<FigureName>): string[] {
  const { t } = model;
  const inspection = bestInspection(model);
  if (inspection === undefined || !figures.has("first_layer.png")) return [];
  return [
    `### ${t.filters.heading}`,
    image("figures/first_layer.png", t.filters.alt(inspection.filters.units.length)),
    sentences(model, filterNotes(model)),
  ];
}
