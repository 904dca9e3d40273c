import { filterLimit } from "../images/filters_png.ts";
import type { ReportModel } from "../report_model.ts";

/** What the reader must know of the weights' images. */
export function filterNotes({ t, best, input: { inspection } }: ReportModel): string[] {
  if (inspection === undefined || best === undefined) return [];
  const { units, total, weights } = inspection.filters;
  const first = best.hidden.length === 0 ? t.filters.noteClasses : t.filters.note(units.length, total);
  return [first, t.filters.scale(filterLimit(weights).toPrecision(2)), t.filters.untouched];
}
