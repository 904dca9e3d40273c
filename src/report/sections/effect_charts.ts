import { formatMetric, isAccuracy, METRIC } from "../../tables/metrics.ts";
import type { EffectAxis, EffectPoint } from "./effect_axis.ts";
import {
  alikeValues,
  completeTrials,
  effectAxes,
  effectPoints,
  extent,
  type LevelMean,
  levelMeans,
  metricAxis,
} from "./effect_data.ts";
import { type Effects, parameterEffects } from "../../analysis/effects.ts";
import { sample } from "../../analysis/lists.ts";
import { formatCount, MISSING } from "../../text/numbers.ts";
import { oncePerWords, type ReportModel } from "../report_model.ts";

export interface EffectCharts {
  readonly axes: readonly EffectAxis[];
  /** The metric as an axis; its title also says after which epoch it is compared. */
  readonly metric: EffectAxis;
  /** By axis, the mean of each value. */
  readonly means: readonly (readonly LevelMean[])[];
  /** Every trial, best first. */
  readonly points: readonly EffectPoint[];
  readonly drawn: readonly EffectPoint[];
  /** How many have the metric with every seed: only these are in the means. */
  readonly complete: number;
  /** The epoch of halving after which trials are compared; null where it is each run's last. */
  readonly epoch: number | null;
  /** What the metric spans in the charts of one parameter, the same in each. */
  readonly frame: { readonly low: number; readonly high: number };
  /** Which parameter explains how much of the variance; null where there is none. */
  readonly shares: Effects | null;
  /** In words, for those who do not see them. */
  readonly alt: string;
  /** All axes in one chart: a heat map of just two with few values each, otherwise parallel axes; null of one. */
  readonly together:
    | { readonly kind: "pair" | "parallel"; readonly heading: string; readonly note: string }
    | null;
}

/** Points and lines a chart: more could not be told apart. */
const MAX_DRAWN = 400;

/** Null where nothing was swept or nothing came out. */
export const effectCharts = oncePerWords((model): EffectCharts | null => {
  const axes = effectAxes(model);
  const { values, epoch } = alikeValues(model);
  const points = effectPoints(model, { values, axes });
  if (axes.length === 0 || points.length < 2 || points.every(({ value }) => value === null)) return null;
  const { ranking, set, input: { objective: { metric } }, t: { effects, comma, language } } = model;
  const label = METRIC[metric].label[language];
  const trials = ranking.map(({ trial }) => ({ trial, parameters: set(trial) }));
  const name = epoch === null ? label : effects.afterEpoch(label, epoch);
  const [x, y] = axes;
  const pair = axes.length === 2 && x.levels !== null && y.levels !== null;
  const complete = completeTrials(values);
  const byTrial = new Map(points.map((point) => [point.trial, point]));
  const means = axes.map((axis, i) => levelMeans(axis, i, { points: byTrial, complete, metric }));
  const measured = metricAxis(name, metric, points);
  return {
    axes,
    metric: measured,
    means,
    points,
    drawn: sample(points, MAX_DRAWN),
    complete: complete.size,
    epoch,
    frame: metricFrame(measured, means.flat()),
    shares: parameterEffects({ values, trials }),
    alt: effects.alt(name, axes.map(({ title }) => title).join(comma)),
    together: pair
      ? { kind: "pair", heading: effects.pairHeading(x.title, y.title), note: effects.pairNote(name) }
      : axes.length > 1
      ? {
        kind: "parallel",
        heading: effects.parallelHeading,
        note: effects.parallelNote(name, points.some(({ broken }) => broken)),
      }
      : null,
  };
});

/**
 * All points and intervals, the latter up to as far beyond the points as these are apart; as far as it is possible, and of logarithms as
 * the points.
 */
function metricFrame(metric: EffectAxis, means: readonly LevelMean[]): { low: number; high: number } {
  const { low, high, log, format } = metric;
  const reach = high - low || high * 0.05 || 0.05;
  const ends = means.flatMap((mean) => [mean.low ?? low, mean.high ?? high])
    .map((end) => Math.min(high + reach, Math.max(low - reach, end)));
  const [least, most] = extent([low, high, ...ends]);
  if (log) return { low: low / 1.15, high: most * 1.15 };
  const room = (most - least || reach) * 0.05;
  return {
    low: Math.max(0, least - room),
    high: format === "percent" ? Math.min(1, most + room) : most + room,
  };
}

/** What the reader must know of the charts of one parameter. */
export function effectNotes(
  { t, seeded, input: { objective } }: ReportModel,
  charts: EffectCharts,
): string[] {
  const { points, drawn, complete, epoch, means, metric, frame: { low, high } } = charts;
  const incomplete = points.length - complete;
  const missing = drawn.filter(({ value }) => value === null).length;
  const all = means.flat().filter(({ mean }) => mean !== null);
  const seeds = all.reduce((most, { seeds }) => Math.max(most, seeds), 0);
  const beyond = all.filter((mean) => (mean.low ?? low) < low || (mean.high ?? high) > high).length;
  const notes = [t.effects.note(metric.title)];
  if (seeds > 0) notes.push(t.effects.interval(seeds));
  if (!seeded) notes.push(t.effects.oneSeed);
  const text = (value: number) =>
    isAccuracy(objective.metric) ? `${(100 * value).toFixed(1)}%` : value.toPrecision(3);
  if (text(low) !== text(high)) notes.push(t.effects.frame(text(low), text(high), metric.log));
  if (beyond > 0) notes.push(t.effects.beyond(beyond));
  if (epoch !== null) notes.push(t.effects.alikeNote(epoch));
  if (drawn.length < points.length) notes.push(t.effects.sampled(drawn.length, points.length));
  if (missing > 0) notes.push(t.effects.missing(missing));
  if (incomplete > 0) {
    notes.push(t.effects.incomplete(incomplete, all.some((mean) => mean.trials < mean.all)));
  }
  return notes;
}

/** A part of the variance. */
export interface ShareRow {
  readonly title: string;
  /** From 0 to 1. */
  readonly share: number;
  /** In percent, as `12.3%`. */
  readonly text: string;
}

/** Pairs of parameters that explain less together are taken together. */
const LEAST_SHARE = 0.005;

/** Which part of the variance is explained by what, the largest first, and what the reader must know of it. */
export function shareRows(
  { t, title, seeded }: ReportModel,
  { shares: effects }: EffectCharts,
): { rows: ShareRow[]; notes: string[] } {
  if (effects === null) return { rows: [], notes: [] };
  const { parameters, untold, pairs, balanced, rest, runs } = effects;
  const parts: { title: string; share: number | null }[] = parameters
    .map(({ path, share }) => ({ title: title(path), share }));
  const [large, small] = [true, false].map((wanted) =>
    pairs.filter(({ share }) => ((share ?? 0) >= LEAST_SHARE) === wanted)
  );
  parts.push(...large.map(({ paths: [a, b], share }) => ({
    title: t.effects.together(title(a), title(b)),
    share,
  })));
  if (small.length > 0) {
    const share = small.reduce((sum, pair) => sum + (pair.share ?? 0), 0);
    parts.push({
      title: small.length === 1
        ? t.effects.together(title(small[0].paths[0]), title(small[0].paths[1]))
        : t.effects.smallPairs(small.length),
      share,
    });
  }
  if (parameters.length > 2) parts.push({ title: t.effects.rest, share: rest });
  if (seeded) parts.push({ title: t.effects.seeds, share: effects.seeds });
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const rows = parts.flatMap(({ title, share }) =>
    share === null ? [] : [{ title, share, text: percent(share) }]
  )
    .sort((a, b) => b.share - a.share);
  const notes = untold.length === 0 ? [] : [t.effects.untold(untold.map(title).join(t.comma))];
  if (rows.length === 0) return { rows, notes: notes.length > 0 ? notes : [t.effects.noVariance] };
  const sum = percent(rows.reduce((sum, { share }) => sum + share, 0));
  notes.push(t.effects.shareNote(runs, pairs.length > 0));
  if (balanced) notes.push(t.effects.sum(sum));
  // Of one that was swept alone nothing overlaps.
  else if (parameters.length + untold.length > 1) {
    notes.push(t.effects.overlapping(rows.length > 1 ? sum : null));
  }
  return { rows, notes };
}

/** The means of a parameter's values. */
export interface ParameterMeans {
  readonly title: string;
  readonly rows: readonly {
    /** The value, or a range of neighbouring ones. */
    readonly level: string;
    /** How many are in the mean, and where it is not all of them, of how many. */
    readonly trials: string;
    readonly mean: string;
    readonly interval: string;
    readonly best: boolean;
  }[];
}

/** The marginal means in the order of the sweep. */
export function parameterMeans(
  { t, input: { objective: { metric, goal } } }: ReportModel,
  { axes, means }: EffectCharts,
): ParameterMeans[] {
  return axes.map(({ title }, axis) => {
    const found = means[axis].flatMap(({ mean }) => mean ?? []);
    const best = found.length > 1 ? (goal === "maximize" ? Math.max : Math.min)(...found) : null;
    const rows = means[axis].map(({ text, trials, all, mean, low, high }) => ({
      level: text,
      trials: formatCount(trials) + (trials < all ? `/${formatCount(all)}` : ""),
      mean: formatMetric(metric, mean),
      interval: low === null || high === null
        ? MISSING
        : t.conclusions.interval(formatMetric(metric, low), formatMetric(metric, high)),
      // Where all are equal, none is best.
      best: mean !== null && mean === best && found.some((other) => other !== best),
    }));
    return { title, rows };
  });
}

/** A mean in a sentence: `learning rate 0.1: mean 97.21%, 95% interval 96.90% to 97.52%, 6 trials`. */
export function effectTip(
  { t, input: { objective: { metric } } }: ReportModel,
  { title }: EffectAxis,
  { text, mean, low, high, trials }: LevelMean,
): string {
  const parts = [`${t.effects.mean} ${formatMetric(metric, mean)}`];
  if (low !== null && high !== null) {
    const ends = t.conclusions.interval(formatMetric(metric, low), formatMetric(metric, high));
    parts.push(`${t.effects.intervalColumn} ${ends}`);
  }
  return `${title} ${text}${t.colon}${[...parts, t.trials(trials)].join(t.comma)}`;
}
