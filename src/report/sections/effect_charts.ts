import { formatMetric, METRIC } from "../../tables/metrics.ts";
import { alikeValues, effectAxes, type EffectAxis, type EffectFrame, effectPoints } from "./effect_data.ts";
import { type Effects, parameterEffects } from "../../analysis/effects.ts";
import { sample } from "../../analysis/lists.ts";
import { formatCount, MISSING } from "../../text/numbers.ts";
import type { ReportModel } from "../report_model.ts";

export interface EffectCharts {
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
  const metric = METRIC[model.input.objective.metric].label[model.t.language];
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

/**
 * A row of the table of effects: a value of a parameter, or something that explains a part of the variance. Texts; what a row has nothing
 * for is empty, so are parameter and share in the rows after a parameter's first.
 */
export interface EffectTableRow {
  readonly parameter: string;
  /** In percent, as `12.3%`, or a dash where there is none. */
  readonly share: string;
  /** The value, or a range of neighbouring ones. */
  readonly level: string;
  readonly runs: string;
  /** Of the metric over these runs. */
  readonly mean: string;
  /** Whether it is the parameter's best value. */
  readonly best: boolean;
}

/** Pairs of parameters that explain less together are counted, not listed. */
const LEAST_SHARE = 0.005;

/** Which parameter explains how much, the mean of each value, and what the reader must know of the shares. */
export function effectTable(
  { t, title, seeded, input: { objective: { metric, goal } } }: ReportModel,
  { shares: effects }: EffectCharts,
): { rows: EffectTableRow[]; notes: string[] } {
  if (effects === null) return { rows: [], notes: [] };
  const percent = (share: number | null) => share === null ? MISSING : `${(100 * share).toFixed(1)}%`;
  const rows = effects.parameters.flatMap(({ path, levels, share }) => {
    const means = levels.map(({ mean }) => mean);
    const best = means.reduce(goal === "maximize" ? (a, b) => Math.max(a, b) : (a, b) => Math.min(a, b));
    return levels.map(({ level, runs, mean }, i): EffectTableRow => ({
      parameter: i === 0 ? title(path) : "",
      share: i === 0 ? percent(share) : "",
      level,
      runs: formatCount(runs),
      mean: formatMetric(metric, mean),
      best: mean === best && levels.length > 1,
    }));
  });
  const more = (parameter: string, share: number | null) => {
    if (share !== null) {
      rows.push({ parameter, share: percent(share), level: "", runs: "", mean: "", best: false });
    }
  };
  const pairs = effects.pairs.filter(({ share }) => share === null || share >= LEAST_SHARE);
  for (const { paths: [a, b], share } of pairs) more(t.effects.together(title(a), title(b)), share);
  if (effects.parameters.length > 2) more(t.effects.rest, effects.rest);
  if (seeded) more(t.effects.seeds, effects.seeds);
  const notes = [t.effects.shareNote(effects.runs)];
  if (!effects.balanced) notes.push(t.effects.overlapping);
  if (pairs.length < effects.pairs.length) {
    notes.push(t.effects.smallPairs(effects.pairs.length - pairs.length));
  }
  return { rows, notes };
}
