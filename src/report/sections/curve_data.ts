import { isOverFewer, lastEpoch, MAX_POINTS, type TrialCurves, trialCurves } from "../../analysis/curves.ts";
import { sample } from "../../analysis/lists.ts";
import { distinct } from "../../metrics/statistics.ts";
import { type CurveSet, isValidated, trialsBeyond } from "../charts/curves_figure.ts";
import { oncePerInput, type ReportModel } from "../report_model.ts";

/** Grey lines beyond this many say nothing more and make a file large. */
const MAX_OTHERS = 200;

/**
 * The curves of `most` trials in colour and of an even sample of the others by rank in grey.
 * @param also trials whose curves a page may want besides
 */
export function curveSet(model: ReportModel, most: number, also: readonly number[] = []): CurveSet {
  const { ranking, input: { history, rows } } = model;
  const trials = ranking.map(({ trial }) => trial);
  const chosen = trials.slice(0, most);
  const others = sample(trials.slice(most), MAX_OTHERS);
  const wanted = new Set([...chosen, ...others, ...also]);
  const known = knownCurves(model);
  const missing = new Set([...wanted].filter((trial) => !known.has(trial)));
  if (missing.size > 0) {
    for (const [trial, curves] of trialCurves({ history, rows }, missing)) known.set(trial, curves);
  }
  const curves = new Map(Array.from(wanted, (trial) => [trial, known.get(trial)!]));
  return { chosen, others, curves, lastEpoch: epochRange(model).last };
}

/** Of all runs. */
const epochRange = oncePerInput(({ input: { history } }) => ({
  last: lastEpoch(history),
  count: distinct(history.map(({ epoch }) => epoch)).length,
}));

/** Those that some part of the report has asked for. */
const knownCurves = oncePerInput(() => new Map<number, TrialCurves>());

/** What an epoch of a trial is made of; null where only the data say it. */
export interface EpochWork {
  /** How often the weights change: once a batch, the last, smaller one included. */
  readonly iterations: number | null;
  readonly images: number | null;
}

/** What an epoch of each trial is made of. */
export function epochWork({ input: { rows, trainingImages = {} } }: ReportModel): Map<number, EpochWork> {
  return new Map(rows.map(({ trial, batch_size }) => {
    const images = trainingImages[trial] ?? null;
    const iterations = batch_size === "full" ? 1 : images === null ? null : Math.ceil(images / batch_size);
    return [trial, { images, iterations }];
  }));
}

/** What the reader must know of the learning curves: what is drawn, and what was left out by which rule. */
export function curveNotes(
  model: ReportModel,
  { set, page }: { set: CurveSet; page: boolean },
): string[] {
  const { t, ranking, seeded, input: { rows } } = model;
  const notes: string[] = [];
  // A page says this of the lines that are drawn in it at a time.
  if (ranking.length > 1 && !page) {
    const { chosen, others } = set;
    notes.push(t.curves.colours(chosen.length > 1, others.length > 0, isValidated(set)));
  }
  const drawn = set.chosen.length + set.others.length;
  if (drawn < ranking.length) notes.push(t.curves.sampled(drawn, ranking.length));
  const { count: epochs } = epochRange(model);
  if (epochs > MAX_POINTS) notes.push(t.curves.epochsSampled(MAX_POINTS, epochs));
  if (seeded) notes.push(t.curves.bands);
  if ([...set.curves.values()].some(isOverFewer)) notes.push(t.curves.overFewer);
  if (rows.some(({ status }) => status === "diverged")) notes.push(t.curves.crosses);
  const beyond = page ? 0 : trialsBeyond(set);
  if (beyond > 0) notes.push(t.curves.beyond(beyond));
  notes.push(t.curves.note(isValidated(set)));
  return notes;
}
