import { classScores } from "../metrics/class_scores.ts";
import { confusionMatrix } from "../metrics/confusion_matrix.ts";
import { misclassified } from "../metrics/misclassified.ts";
import { summarize } from "../metrics/summarize.ts";
import { formatCount, formatCounted, formatPercent } from "./format_number.ts";
import { type MarkdownColumn, markdownTable } from "./markdown.ts";
import type { Predictions } from "./predictions_csv.ts";
import type { RunRow } from "./results_csv.ts";

/** A run's predictions on the test set, and how many classes there are. */
export interface TestPredictions extends Predictions {
  readonly classes: number;
}

const MAX_INDICES = 20;

/** The best run in detail: confusion matrix, scores of each class, which images were misclassified. */
export function bestRunSection(run: RunRow, { labels, predictions, classes }: TestPredictions): string {
  const matrix = confusionMatrix(labels, predictions, classes);
  const { samples, misclassified: wrong, accuracy } = summarize(matrix);
  return [
    `## Best run: trial ${run.trial}, seed ${run.seed}`,
    `Of ${formatCounted(samples, "test image")}, ${formatCount(wrong)} (${formatPercent(1 - accuracy)}) ` +
    `${wrong === 1 ? "is" : "are"} misclassified.`,
    "### Confusion matrix",
    "A row is a true class, a column what the images were predicted as.",
    confusionTable(matrix, classes),
    "### Classes",
    classTable(matrix),
    "### Misclassified images",
    misclassifiedText(run, labels, predictions),
  ].join("\n\n");
}

function confusionTable(matrix: Uint32Array, classes: number): string {
  const right = (title: string): MarkdownColumn => ({ title, align: "right" });
  const names = Array.from({ length: classes }, (_, i) => String(i));
  const rows = names.map((name, label) => [
    `**${name}**`,
    ...names.map((_, predicted) => {
      const count = matrix[label * classes + predicted];
      if (label === predicted) return `**${count}**`;
      return count === 0 ? "·" : String(count);
    }),
  ]);
  return markdownTable([right("true \\ predicted"), ...names.map(right)], rows);
}

function classTable(matrix: Uint32Array): string {
  const titles = ["class", "images", "precision", "recall", "F1"];
  const scores = classScores(matrix);
  const rows = scores.map(({ label, support, precision, recall, f1 }) => [
    String(label),
    formatCount(support),
    ...[precision, recall, f1].map(formatPercent),
  ]);
  const macro = summarize(matrix).macro;
  rows.push(["**mean**", "", ...[macro.precision, macro.recall, macro.f1].map(formatPercent)]);
  const undefinedScores = scores.some(({ support, predicted }) => support === 0 || predicted === 0);
  const note = undefinedScores
    ? "\n\nA class that was never predicted has precision 0, one without images recall 0 (0/0 counts as 0)."
    : "";
  return markdownTable(titles.map((title) => ({ title, align: "right" as const })), rows) + note;
}

function misclassifiedText(run: RunRow, labels: Uint8Array, predictions: Uint8Array): string {
  const indices = misclassified(labels, predictions);
  const source = `[predictions.csv](runs/${run.trial}-${run.seed}/predictions.csv)`;
  if (indices.length === 0) return `None. Every prediction is in ${source}.`;
  const named = [...indices.subarray(0, MAX_INDICES)].map((i) => `${i} (${labels[i]}→${predictions[i]})`)
    .join(", ");
  const shown = indices.length > MAX_INDICES
    ? `the first ${MAX_INDICES} of ${formatCount(indices.length)}`
    : "all";
  return `Indices in the test set, counted from 0, with (true→predicted); ${shown}:\n\n${named}\n\n` +
    `Every prediction is in ${source}.`;
}
