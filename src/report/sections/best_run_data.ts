import {
  type ClassificationSummary,
  type ClassScores,
  classScores,
  confusionMatrix,
  summarize,
} from "../../metrics/classification.ts";
import type { Inspection } from "../../numpy/inspection_npz.ts";
import { weightDecay } from "../../settings/optimizer.ts";
import { runName, type RunRow } from "../../tables/results_csv.ts";
import { filterLimit } from "../images/filters_png.ts";
import { classNames, type ReportModel } from "../report_model.ts";
import { confusionSentences } from "./confusion_data.ts";

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
  const scores = classScores(matrix);
  const names = classNames(model, classes);
  return {
    run: best,
    matrix,
    names,
    scores,
    macro: summarize(matrix).macro,
    mistakes: confusionSentences(t, matrix, names),
    undefinedNote: scores.some(({ support, predicted }) => support === 0 || predicted === 0)
      ? t.classes.undefinedNote
      : "",
  };
}

/** The close look at the best run; undefined where there is none. */
export function bestInspection({ best, input: { inspections } }: ReportModel): Inspection | undefined {
  return best && inspections.get(runName(best));
}

export function filterNotes(model: ReportModel): string[] {
  const { t, best } = model;
  const inspection = bestInspection(model);
  if (inspection === undefined || best === undefined) return [];
  const { units, total, weights } = inspection.filters;
  const first = best.hidden.length === 0 ? t.filters.noteClasses : t.filters.note(units.length, total);
  const scale = t.filters.scale(filterLimit(weights).toPrecision(2));
  return [first, scale, ...hasUntouched(best, inspection) ? [t.filters.untouched] : []];
}

/**
 * Whether first weights may be left as they were: those of pixels that are always 0, where no noise makes these another number and no decay
 * makes the weights smaller. A pixel that is not 0 in one of the images that are held is not always so.
 */
export function hasUntouched(run: RunRow, { judged: { images } }: Inspection): boolean {
  if ((run.input_noise ?? 0) > 0 || weightDecay(run) !== 0) return false;
  const { rows, columns, count, pixels } = images;
  const size = rows * columns;
  return Array.from({ length: size }, (_, pixel) => pixel).some((pixel) => {
    for (let image = 0; image < count; image++) if (pixels[image * size + pixel] !== 0) return false;
    return true;
  });
}
