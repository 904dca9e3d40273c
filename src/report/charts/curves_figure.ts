import type { TopLevelSpec } from "vega-lite";
import type { CurvePoint, TrialCurves } from "../../analysis/curves.ts";
import { type CurveMetric, isAccuracy, METRIC } from "../../tables/metrics.ts";
import type { ReportModel } from "../report_model.ts";
import { figure, type FilledPanel, type Panel, type PanelData, untitled } from "./chart.ts";
import { type CurveLegend, curvePanel, joinedLines } from "./curve_panel.ts";
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

/** A panel of learning curves: training and validation of the same kind of metric, one over the other. */
export interface CurvePanel {
  readonly kind: "loss" | "accuracy";
  /** What is drawn in it, the most important last; of other trials than the chosen ones only that. */
  readonly metrics: readonly CurveMetric[];
}

/** How many trials a figure names: more lines could not be followed. */
export const MAX_NAMED = 5;
const LOSSES = ["train_loss", "val_loss"] as const;
const WIDTH = 320;
const HEIGHT = 250;

/** The panels that have something to show. */
export function curvePanels(set: CurveSet): CurvePanel[] {
  const has = (metric: CurveMetric) => shown(set).some((curves) => curves[metric].length > 0);
  const losses: CurvePanel = { kind: "loss", metrics: LOSSES.filter(has) };
  const accuracies: CurvePanel = { kind: "accuracy", metrics: (["val_accuracy"] as const).filter(has) };
  const panels = [losses, accuracies].filter(({ metrics }) => metrics.length > 0);
  // A sweep in which everything diverged at once has no curve, but where it did is known.
  return panels.length === 0 && crosses(set).length > 0 ? [{ ...losses, metrics: ["train_loss"] }] : panels;
}

/** Whether there is anything of validation in the panels of losses. */
export function isValidated(set: CurveSet): boolean {
  return curvePanels(set).some(({ metrics }) => metrics.includes("val_loss"));
}

/** What the figure shows, for those who do not see it. */
export function curvesAlt({ t }: Pick<ReportModel, "t">, set: CurveSet): string {
  const names = curvePanels(set).flatMap(({ metrics }) =>
    metrics.map((metric) => METRIC[metric].label[t.language])
  );
  return t.curves.alt(names.join(t.comma));
}

/** Whether a metric's line is dashed: training's where validation's is there too. */
export function isDashed(metric: CurveMetric, { metrics }: CurvePanel): boolean {
  return metric === "train_loss" && metrics.length > 1;
}

/** The learning-curve figure: losses of training and validation, and beside them the accuracy. */
export function curvesFigure(model: ReportModel, set: CurveSet): TopLevelSpec {
  const { t, ranking } = model;
  const rest = ranking.length - set.chosen.length;
  const trials = set.chosen.map((trial, i) => ({ label: model.label(trial), colour: trialColour(i) }));
  if (rest > 0) trials.push({ label: t.curves.otherTrials(set.others.length, rest), colour: token("muted") });
  const all = curvePanels(set);
  const panels = all.map((panel): FilledPanel => {
    const scale = panel.kind === "accuracy" ? accuracyScale(set) : curveScale(set);
    const lines = panel.metrics.length > 1 ? [t.curves.train_loss, t.curves.val_loss] as const : undefined;
    const legend: CurveLegend = { trials, lines };
    return {
      panel: curvePanel({
        title: panelTitle(model, panel) + (scale.type === "log" ? t.curves.log : ""),
        subtitle: panel.kind === "loss" && crosses(set).length > 0 ? t.curves.diverged : undefined,
        epoch: t.epoch,
        scale,
        lastEpoch: set.lastEpoch,
        width: all.length === 1 ? 2 * WIDTH : WIDTH,
        height: HEIGHT,
        percent: panel.kind === "accuracy",
        legend: panel === all[0] ? legend : undefined,
      }),
      data: curveRows(set, panel),
    };
  });
  return figure(panels, { description: curvesAlt(model, set), columns: 2 });
}

/** What stands above a panel: the metric, or what its metrics have in common. */
export function panelTitle({ t }: Pick<ReportModel, "t">, { metrics }: CurvePanel): string {
  return metrics.length > 1 ? t.curves.loss : t.curves[metrics[0]];
}

/** A panel for a page, which sets its axes. */
export function livePanel({ t }: ReportModel, set: CurveSet, { kind }: CurvePanel): Panel {
  const scale: LossScale = { type: "linear", domain: [0, 1], ticks: [] };
  const percent = kind === "accuracy";
  const size = { width: WIDTH, height: HEIGHT };
  const options = { title: "", epoch: t.epoch, scale, lastEpoch: set.lastEpoch, percent, interactive: true };
  return untitled(curvePanel({ ...options, ...size }));
}

function curveRows(set: CurveSet, panel: CurvePanel): PanelData {
  const of = (trial: number, metric: CurveMetric) => set.curves.get(trial)?.[metric] ?? [];
  const main = panel.metrics[panel.metrics.length - 1];
  // The most important line is drawn last, on top.
  const drawn = set.chosen.map((trial, i) => ({ trial, i })).reverse().flatMap(({ trial, i }) =>
    panel.metrics.map((metric) => {
      const dashed = isDashed(metric, panel);
      const width = dashed ? 1.5 : i === 0 ? 2.75 : 1.75;
      return { key: `${trial} ${metric}`, colour: trialColour(i), width, dashed, points: of(trial, metric) };
    })
  );
  return {
    others: joinedLines(
      set.others.map((trial) => of(trial, main).map(({ epoch, mean }) => ({ x: epoch, y: mean }))),
    ),
    lines: drawn.flatMap(({ points, ...line }) =>
      points.map(({ epoch, mean }) => ({ ...line, x: epoch, y: mean, opacity: 1 }))
    ),
    bands: drawn.flatMap(({ key, colour, points }) =>
      points.filter(({ low, high }) => low < high)
        .map(({ epoch, low, high }) => ({ key, x: epoch, low, high, colour }))
    ),
    crosses: panel.kind === "loss" ? crosses(set) : [],
  };
}

function shown({ chosen, others, curves }: CurveSet): TrialCurves[] {
  return [...chosen, ...others].map((trial) => curves.get(trial)).filter((found) => found !== undefined);
}

/** Where trials diverged: in their colours, else in that of bad news. */
function crosses({ chosen, others, curves }: CurveSet): { x: number; colour: string }[] {
  return [...others, ...chosen.toReversed()].flatMap((trial) => {
    const epoch = curves.get(trial)?.brokenAt ?? null;
    const place = chosen.indexOf(trial);
    return epoch === null ? [] : [{ x: epoch, colour: place < 0 ? token("bad") : trialColour(place) }];
  });
}

function values(set: CurveSet, trials: readonly number[], metrics: readonly CurveMetric[]): number[] {
  return trials.flatMap((trial) =>
    metrics.flatMap((metric) =>
      (set.curves.get(trial)?.[metric] ?? []).flatMap(({ low, high }: CurvePoint) => [low, high])
    )
  );
}

/** A trial's losses as they are drawn: of other trials than the chosen ones one line without a band, of validation where there is any. */
function drawnLosses(set: CurveSet): (trial: number) => readonly number[] {
  const main = curvePanels(set)[0]?.metrics.slice(-1).filter((metric) => !isAccuracy(metric)) ?? [];
  return (trial) =>
    set.chosen.includes(trial)
      ? values(set, [trial], LOSSES)
      : main.flatMap((metric) => set.curves.get(trial)?.[metric].map(({ mean }) => mean) ?? []);
}

/** The axis of the losses as they are drawn. */
export function curveScale(set: CurveSet): LossScale {
  const [best, ...rest] = set.chosen;
  const losses = drawnLosses(set);
  return lossScale(losses(best), [...rest, ...set.others].flatMap(losses));
}

/** How many trials' lines or bands leave the figure's frame at its top: by lossTop() theirs are more than ten times the best trial's. */
export function trialsBeyond(set: CurveSet): number {
  const [, top] = curveScale(set).domain;
  const losses = drawnLosses(set);
  return [...set.chosen, ...set.others].filter((trial) => losses(trial).some((loss) => loss > top)).length;
}

function accuracyScale(set: CurveSet): LossScale {
  const all = values(set, [...set.chosen, ...set.others], ["val_accuracy"]);
  const bottom = all.reduce((a, b) => Math.min(a, b), 1);
  const low = Math.max(0, bottom - (1 - bottom) * 0.1);
  const step = linearTicks(1 - low, 5)[1] ?? 1;
  const ticks = Array.from({ length: Math.round(1 / step) + 1 }, (_, k) => Number((k * step).toFixed(9)));
  return { type: "linear", domain: [low, 1], ticks: ticks.filter((tick) => tick >= low) };
}
