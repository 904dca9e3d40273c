import type { EffectFrame } from "../charts/effect_frame.ts";
import { alikeValues, effectAxes, type EffectAxis, effectPoints } from "./effect_data.ts";
import { type Effects, parameterEffects } from "../../analysis/effects.ts";
import type { ReportModel } from "../report_model.ts";
import { sample } from "../../analysis/sample.ts";

/** The swept parameters, and which charts they get. */
export interface EffectCharts {
  /** What was swept, in the order of the sweep. */
  readonly axes: readonly EffectAxis[];
  /** What the panels have in common but for their size. */
  readonly frame: Omit<EffectFrame, "width" | "height">;
  /** What the metric is called: of halving also after which epoch it is compared. */
  readonly name: string;
  /** That epoch; null where it is each run's last. */
  readonly epoch: number | null;
  /** Which parameter explains how much of the variance; null where there is none. */
  readonly shares: Effects | null;
  /** The two axes of a heat map, where just two parameters with few values were swept. */
  readonly pair: readonly [EffectAxis, EffectAxis] | null;
  /** Whether there are parameters enough for parallel axes. */
  readonly parallel: boolean;
}

/** Points and lines a chart: more could not be told apart. */
const MAX_DRAWN = 400;

/** The charts of the swept parameters; null where nothing was swept or nothing came out. */
export function effectCharts(model: ReportModel): EffectCharts | null {
  const axes = effectAxes(model);
  const { values, epoch } = alikeValues(model);
  const points = effectPoints(model, values);
  if (axes.length === 0 || points.length < 2 || points.every(({ value }) => value === null)) return null;
  const [x, y] = axes;
  const metric = model.t.metric[model.input.objective.metric];
  const trials = model.ranking.map(({ trial }) => ({ trial, parameters: model.set(trial) }));
  const name = epoch === null ? metric : model.t.effects.afterEpoch(metric, epoch);
  return {
    axes,
    frame: { model, name, points, drawn: sample(points, MAX_DRAWN) },
    name,
    epoch,
    shares: parameterEffects({ values, trials }),
    pair: axes.length === 2 && x.levels !== null && y.levels !== null ? [x, y] : null,
    parallel: axes.length > 2,
  };
}

/** What the reader must know of the charts: what a point is, what was sampled, what has no value. */
export function effectNotes({ t }: ReportModel, { frame, name, epoch }: EffectCharts): string[] {
  const { points, drawn } = frame;
  const missing = drawn.filter(({ value }) => value === null).length;
  const notes = [t.effects.note(name)];
  if (epoch !== null) notes.push(t.effects.alikeNote(epoch));
  if (drawn.length < points.length) notes.push(t.effects.sampled(drawn.length, points.length));
  if (missing > 0) notes.push(t.effects.missing(missing));
  return notes;
}
