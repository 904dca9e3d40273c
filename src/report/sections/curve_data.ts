import type { CurveSet } from "../charts/curves_figure.ts";
import { trialCurves } from "../../analysis/curves.ts";
import type { ReportModel } from "../report_model.ts";
import { sample } from "../../analysis/sample.ts";

/** Grey lines beyond this many say nothing more and make a file large. */
export const MAX_OTHERS = 200;

/**
 * The curves of `most` trials in colour and of an even sample of the others by rank in grey.
 * @param also trials whose curves a page may want besides
 */
export function curveSet(model: ReportModel, most: number, also: readonly number[] = []): CurveSet {
  const { ranking, input: { history, rows } } = model;
  const trials = ranking.map(({ trial }) => trial);
  const chosen = trials.slice(0, most);
  const others = sample(trials.slice(most), MAX_OTHERS);
  const lastEpoch = history.reduce((last, { epoch }) => Math.max(last, epoch), 1);
  return {
    chosen,
    others,
    curves: trialCurves({ history, rows }, new Set([...chosen, ...others, ...also])),
    lastEpoch,
  };
}
