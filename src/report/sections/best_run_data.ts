import {
  type ClassificationSummary,
  type ClassScores,
  classScores,
  confusionMatrix,
  summarize,
} from "../../metrics/classification.ts";
import type { RunRow } from "../../tables/results_csv.ts";
import { formatPercent } from "../../text/numbers.ts";
import { filterLimit } from "../images/filters_png.ts";
import type { ReportModel } from "../report_model.ts";

const MOST = 3;

interface BestRun {
  readonly run: RunRow;
  /** C x C counts, rows = true. */
  readonly matrix: Uint32Array;
  readonly names: readonly string[];
  readonly scores: readonly ClassScores[];
  readonly macro: ClassificationSummary["macro"];
  readonly mistakes: readonly string[];
  /** On scores that are 0/0; empty where none is. */
  readonly undefinedNote: string;
}

/** The best run in numbers; null where it has no predictions. */
export function bestRunData(model: ReportModel): BestRun | null {
  const { t, best, input: { predictions: found } } = model;
  if (best === undefined || found === undefined) return null;
  const { labels, predictions, classes } = found;
  const matrix = confusionMatrix(labels, predictions, classes);
  const { samples, misclassified: wrong, accuracy, macro } = summarize(matrix);
  const scores = classScores(matrix);
  return {
    run: best,
    matrix,
    names: Array.from({ length: classes }, (_, i) => String(i)),
    scores,
    macro,
    mistakes: [
      t.bestRun.wrong(wrong, samples, formatPercent(1 - accuracy)),
      worstConfusions(model, matrix, classes),
    ],
    undefinedNote: scores.some(({ support, predicted }) => support === 0 || predicted === 0)
      ? t.classes.undefinedNote
      : "",
  };
}

/** A sentence on which classes were taken for which, the most frequent first; empty where there was no mistake. */
function worstConfusions({ t }: ReportModel, matrix: Uint32Array, classes: number): string {
  const pairs = [...matrix]
    .map((count, i) => ({ count, label: Math.floor(i / classes), predicted: i % classes }))
    .filter(({ count, label, predicted }) => count > 0 && label !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ count, label, predicted }) => t.confusion.pair(String(label), String(predicted), count));
  return pairs.length === 0 ? "" : t.confusion.worst(pairs.join(t.comma));
}

export function filterNotes({ t, best, input: { inspection } }: ReportModel): string[] {
  if (inspection === undefined || best === undefined) return [];
  const { units, total, weights } = inspection.filters;
  const first = best.hidden.length === 0 ? t.filters.noteClasses : t.filters.note(units.length, total);
  return [first, t.filters.scale(filterLimit(weights).toPrecision(2)), t.filters.untouched];
}
