import { formatMetric, METRIC } from "../../tables/metrics.ts";
import { alikeValues, effectAxes, type EffectAxis, type EffectFrame, effectPoints } from "./effect_data.ts";
import { type Effects, parameterEffects } from "../../analysis/effects.ts";
import { sample } from "../../analysis/lists.ts";
import { formatCount, MISSING } from "../../text/numbers.ts";
import type { ReportModel } from "../report_model.ts";

export interface EffectCharts {
  readonly axes: readonly EffectAxis[];
  readonly frame: Omit<EffectFrame, "width" | "height">;
  /** What the metric is called: of halving also after which epoch it is compared. */
  readonly name: string;
  /** That epoch; null where it is each run's last. */
  readonly epoch: number | null;
  /** Which parameter explains how much of the variance; null where there is none. */
  readonly shares: Effects | null;
  /** In words, for those who do not see them. */
  readonly alt: string;
  /** All axes in one chart: a heat map of just two with few values each, parallel axes of more than two; null of others. */
  readonly together:
    | { readonly kind: "pair" | "parallel"; readonly heading: string; readonly note: string }
    | null;
}

/** Points and lines a chart: more could not be told apart. */
const MAX_DRAWN = 400;

/** Null where nothing was swept or nothing came out. */
export function effectCharts(model: ReportModel): EffectCharts | null {
  const axes = effectAxes(model);
  const { values, epoch } = alikeValues(model);
  const points = effectPoints(model, values);
  if (axes.length === 0 || points.length < 2 || points.every(({ value }) => value === null)) return null;
  const { effects, comma, language } = model.t;
  const [x, y] = axes;
  const metric = METRIC[model.input.objective.metric].label[language];
  const trials = model.ranking.map(({ trial }) => ({ trial, parameters: model.set(trial) }));
  const name = epoch === null ? metric : effects.afterEpoch(metric, epoch);
  const pair = axes.length === 2 && x.levels !== null && y.levels !== null;
  return {
    axes,
    frame: { model, name, points, drawn: sample(points, MAX_DRAWN) },
    name,
    epoch,
    shares: parameterEffects({ values, trials }),
    alt: effects.alt(name, axes.map(({ title }) => title).join(comma)),
    together: pair
      ? { kind: "pair", heading: effects.pairHeading(x.title, y.title), note: effects.pairNote(name) }
      : axes.length > 2
      ? { kind: "parallel", heading: effects.parallelHeading, note: effects.parallelNote(name) }
      : null,
  };
}

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
 * A value of a parameter, or something that explains a part of the variance. What a row has nothing for is empty, so are parameter and
 * share in the rows after a parameter's first.
 */
interface EffectTableRow {
  readonly parameter: string;
  /** In percent, as `12.3%`, or a dash where there is none. */
  readonly share: string;
  /** The value, or a range of neighbouring ones. */
  readonly level: string;
  readonly runs: string;
  readonly mean: string;
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
  const small = effects.pairs.length - pairs.length;
  if (small > 0) notes.push(t.effects.smallPairs(small));
  return { rows, notes };
}
