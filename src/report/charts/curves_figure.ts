import type { TopLevelSpec } from "vega-lite";
import type { CurvePoint, TrialCurves } from "../../analysis/curves.ts";
import { CURVE_METRICS, type CurveMetric } from "../../tables/metrics.ts";
import type { ReportModel } from "../report_model.ts";
import { figure, type FilledPanel, type Panel, type PanelData, untitled } from "./chart.ts";
import { curvePanel, type CurvePanelOptions } from "./curve_panel.ts";
import { linearTicks, type LossScale, lossScale } from "./scales.ts";
import { token, trialColour } from "./palette.ts";

/** Which trials the curves are drawn of, best first. */
export interface CurveSet {
  /** In colour, and as many as there are colours or fewer. */
  readonly chosen: readonly number[];
  readonly others: readonly number[];
  /** By trial: of these, and of others that a page may want. */
  readonly curves: ReadonlyMap<number, TrialCurves>;
  readonly lastEpoch: number;
}

/** How many trials a figure names: more lines could not be followed. */
export const MAX_NAMED = 5;
const LOSSES = ["train_loss", "val_loss"] as const;
const WIDTH = 320;
const HEIGHT = 250;

/** The learning-curve figure: training and validation loss by epoch; of a single trial both in one panel. */
export function curvesFigure(model: ReportModel, set: CurveSet): TopLevelSpec {
  const { t, ranking } = model;
  const validated = shown(set).some(({ val_loss }) => val_loss.length > 0);
  const description = t.curves.alt;
  if (ranking.length === 1 && validated) {
    const scale = curveScale(set, LOSSES);
    const names = [t.curves.train_loss, t.curves.val_loss];
    const legend = { labels: names, colours: [token("c0"), token("c1")], columns: 2 };
    const title = t.curves.loss + (scale.type === "log" ? t.curves.log : "");
    const panel = curvePanel({ ...common(model, set, scale), title, width: 2 * WIDTH, legend });
    return figure([{ panel, data: singleRows(set) }], { description, columns: 1 });
  }
  const rest = ranking.length - set.chosen.length;
  const labels = [...set.chosen.map(model.label)];
  const colours = set.chosen.map((_, i) => trialColour(i));
  if (rest > 0) {
    labels.push(t.curves.otherTrials(set.others.length, rest));
    colours.push(token("muted"));
  }
  const metrics: readonly CurveMetric[] = validated ? LOSSES : ["train_loss"];
  const scale = curveScale(set, metrics);
  const logged = scale.type === "log" ? t.curves.log : "";
  const panels = metrics.map((metric, i): FilledPanel => {
    const title = t.curves[metric] + logged;
    const width = metrics.length === 1 ? 2 * WIDTH : WIDTH;
    const legend = i === 0 ? { labels, colours, columns: 1 } : undefined;
    return {
      panel: curvePanel({ ...common(model, set, scale), title, width, legend }),
      data: curveRows(set, metric),
    };
  });
  return figure(panels, { description, columns: 2 });
}

/** The panels of a page: each metric, losses on a logarithmic and on a linear axis, epochs likewise. */
export function curvePanels(
  model: ReportModel,
  set: CurveSet,
): { metric: CurveMetric; title: string; variant: string; panel: Panel }[] {
  const metrics = CURVE_METRICS.filter((metric) => shown(set).some((curves) => curves[metric].length > 0));
  return metrics.flatMap((metric) => {
    const percent = metric === "val_accuracy";
    return (percent ? ["linear"] as const : ["log", "linear"] as const).flatMap((type) =>
      [false, true].map((logEpochs) => {
        const scale = percent ? accuracyScale(set) : lossAxis(set, type);
        const title = model.t.curves[metric];
        const options = { title, logEpochs, percent, width: WIDTH, interactive: true };
        const panel = curvePanel({ ...common(model, set, scale), ...options });
        return { metric, title, variant: `${type}-${logEpochs ? "log" : "linear"}`, panel: untitled(panel) };
      })
    );
  });
}

function common(
  { t }: ReportModel,
  set: CurveSet,
  scale: LossScale,
): Pick<CurvePanelOptions, "epoch" | "scale" | "lastEpoch" | "height" | "subtitle"> {
  const subtitle = crosses(set).length > 0 ? t.curves.diverged : undefined;
  return { epoch: t.epoch, scale, lastEpoch: set.lastEpoch, height: HEIGHT, subtitle };
}

function curveRows(set: CurveSet, metric: CurveMetric): PanelData {
  const of = (trial: number) => set.curves.get(trial)?.[metric] ?? [];
  const drawn = set.chosen.map((trial, i) => {
    const width = i === 0 ? 3 : 1.75;
    return { key: trial, colour: trialColour(i), width, points: of(trial) };
  });
  return {
    others: set.others.flatMap((trial) => of(trial).map(({ epoch, mean }) => ({ trial, epoch, mean }))),
    ...lineRows(drawn),
    crosses: crosses(set),
  };
}

function singleRows(set: CurveSet): PanelData {
  const curves = shown(set)[0];
  const drawn = LOSSES.map((metric, key) => {
    const points = curves[metric];
    return { key, colour: trialColour(key), width: 2.25, points };
  });
  return { others: [], ...lineRows(drawn), crosses: crosses(set) };
}

function lineRows(
  drawn: readonly { key: number; colour: string; width: number; points: readonly CurvePoint[] }[],
): { lines: object[]; bands: object[] } {
  // The most important line is drawn last, on top.
  const ordered = [...drawn].reverse();
  return {
    lines: ordered.flatMap(({ key, colour, width, points }) =>
      points.map(({ epoch, mean }) => ({ key, epoch, mean, width, colour }))
    ),
    bands: ordered.flatMap(({ key, colour, points }) =>
      points.filter(({ low, high }) => low < high)
        .map(({ epoch, low, high }) => ({ key, epoch, low, high, colour }))
    ),
  };
}

function shown({ chosen, others, curves }: CurveSet): TrialCurves[] {
  return [...chosen, ...others].map((trial) => curves.get(trial)).filter((found) => found !== undefined);
}

function crosses(set: CurveSet): { epoch: number }[] {
  return shown(set).flatMap(({ brokenAt }) => brokenAt === null ? [] : [{ epoch: brokenAt }]);
}

function values(set: CurveSet, trials: readonly number[], metrics: readonly CurveMetric[]): number[] {
  return trials.flatMap((trial) =>
    metrics.flatMap((metric) =>
      (set.curves.get(trial)?.[metric] ?? []).flatMap(({ low, high }) => [low, high])
    )
  );
}

function curveScale(set: CurveSet, metrics: readonly CurveMetric[]): LossScale {
  const [best, ...rest] = set.chosen;
  return lossScale(values(set, [best], metrics), values(set, [...rest, ...set.others], metrics));
}

/** The loss axis of a type: lossScale()'s where it is of that type, otherwise over the same losses. */
function lossAxis(set: CurveSet, type: "log" | "linear"): LossScale {
  const scale = curveScale(set, LOSSES);
  if (scale.type === type) return scale;
  const top = scale.domain[1] / (scale.type === "log" ? 1.15 : 1.05);
  if (type === "linear") return { type, domain: [0, top * 1.05], ticks: linearTicks(top, 6) };
  const all = values(set, [...set.chosen, ...set.others], LOSSES);
  const bottom = all.filter((loss) => loss > 0 && loss <= top).reduce((a, b) => Math.min(a, b), top);
  return { type, domain: [bottom / 1.15, top * 1.15], ticks: [] };
}

export function trialsBeyond(set: CurveSet): number {
  const [, top] = curveScale(set, LOSSES).domain;
  const isBeyond = (trial: number) => values(set, [trial], LOSSES).some((loss) => loss > top);
  return [...set.chosen, ...set.others].filter(isBeyond).length;
}

function accuracyScale(set: CurveSet): LossScale {
  const all = values(set, [...set.chosen, ...set.others], ["val_accuracy"]);
  const bottom = all.reduce((a, b) => Math.min(a, b), 1);
  return { type: "linear", domain: [Math.max(0, bottom - (1 - bottom) * 0.1), 1], ticks: [] };
}
