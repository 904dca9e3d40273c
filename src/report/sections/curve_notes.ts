import { MAX_POINTS } from "../../analysis/curves.ts";
import { type CurveSet, trialsBeyond } from "../charts/curves_figure.ts";
import type { ReportModel } from "../report_model.ts";

/** What the reader must know of the learning curves: what is drawn, and what was left out by which rule. */
export function curveNotes(
  { t, ranking, seeded, input: { rows, history } }: ReportModel,
  { set, page }: { set: CurveSet; page: boolean },
): string[] {
  const notes: string[] = [];
  if (ranking.length > 1) notes.push(page ? t.curves.coloursPage : t.curves.colours);
  const drawn = set.chosen.length + set.others.length;
  if (drawn < ranking.length) notes.push(t.curves.sampled(drawn, ranking.length));
  const epochs = new Set(history.map(({ epoch }) => epoch)).size;
  if (epochs > MAX_POINTS) notes.push(t.curves.epochsSampled(MAX_POINTS, epochs));
  if (seeded) notes.push(t.curves.bands);
  if (rows.some(({ status }) => status === "diverged")) notes.push(t.curves.crosses);
  const beyond = trialsBeyond(set);
  if (beyond > 0) notes.push(t.curves.beyond(beyond, page));
  notes.push(t.curves.note);
  return notes;
}
