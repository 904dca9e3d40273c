import { filterLimit } from "../images/filters_png.ts";
import type { ReportModel } from "../report_model.ts";

const MOST = 3;

/** A sentence on which classes were taken for which, the most frequent first; empty where there was no mistake. */
export function worstConfusions({ t }: ReportModel, matrix: Uint32Array, classes: number): string {
  const pairs = [...matrix].map((count, i) => ({
    count,
    label: Math.floor(i / classes),
    predicted: i % classes,
  }))
    .filter(({ count, label, predicted }) => count > 0 && label !== predicted)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ count, label, predicted }) => t.confusion.pair(String(label), String(predicted), count));
  return pairs.length === 0 ? "" : t.confusion.worst(pairs.join(t.comma));
}

/** What the reader must know of the weights' images. */
export function filterNotes({ t, best, input: { inspection } }: ReportModel): string[] {
  if (inspection === undefined || best === undefined) return [];
  const { units, total, weights } = inspection.filters;
  const first = best.hidden.length === 0 ? t.filters.noteClasses : t.filters.note(units.length, total);
  return [first, t.filters.scale(filterLimit(weights).toPrecision(2)), t.filters.untouched];
}
