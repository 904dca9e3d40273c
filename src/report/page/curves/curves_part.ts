import { type CurvePoint, isOverFewer, type TrialCurves } from "../../../analysis/curves.ts";
import { CURVE_METRICS, type CurveMetric, roundMetric } from "../../../tables/metrics.ts";
import { pageSpec } from "../../charts/chart.ts";
import {
  type CurvePanel,
  curvePanels,
  curveScale,
  type CurveSet,
  isDashed,
  livePanel,
  panelTitle,
} from "../../charts/curves_figure.ts";
import type { ReportModel } from "../../report_model.ts";
import { curveNotes, type EpochWork, epochWork } from "../../sections/curve_data.ts";
import { type CompileChart, type PageChart, pageChart } from "../chart/page_chart.ts";

/** The learning curves. */
export interface CurvesPart {
  readonly panels: readonly PagePanel[];
  /** The lists of epochs that trials have points at: most have the same. */
  readonly epochs: readonly (readonly number[])[];
  /** By trial, of all that can be drawn. */
  readonly curves: Readonly<Record<string, PageCurves>>;
  /** Trials that are drawn in grey while they are not ticked, best first. */
  readonly others: readonly number[];
  /** The axis that the losses read well on. */
  readonly lossAxis: "linear" | "log";
  /** Whether trials are ticked on this page at all. */
  readonly tickable: boolean;
  readonly notes: readonly string[];
  /** What the one in colour is called, and what is said of those in grey, where they are no trials: runs of one. */
  readonly said?: { readonly one: string; readonly rest: string };
}

export interface PagePanel extends CurvePanel {
  readonly chart: PageChart;
  /** Of its metrics those whose lines are dashed. */
  readonly dashed: readonly CurveMetric[];
}

/** Means over the seeds by epoch, and where seeds differ their lowest and highest values; null where there is none. */
export type PageSeries = readonly [means: Values, lows?: Values, highs?: Values];
type Values = readonly (number | null)[];

/** A trial's curves; a metric that was not measured is left out. */
export interface PageCurves extends Partial<Readonly<Record<CurveMetric, PageSeries>>>, EpochWork {
  /** Which of the lists of epochs. */
  readonly at: number;
  /** How many runs each epoch's means are over; left out where those of all are. */
  readonly runs?: readonly number[];
  /** The first epoch in which a run diverged. */
  readonly brokenAt: number | null;
}

/** Null where there is no history. */
export function curvesPart(model: ReportModel, set: CurveSet, compile: CompileChart): CurvesPart | null {
  // What diverged in its first epoch has a cross, but no line that it could end.
  if (model.input.history.length === 0) return null;
  const panels = curvePanels(set).map((panel): PagePanel => {
    const title = panelTitle(model, panel);
    const chart = pageSpec(livePanel(model, set, panel), title);
    return {
      ...panel,
      dashed: panel.metrics.filter((metric) => isDashed(metric, panel)),
      chart: pageChart(chart, { id: `curve-${panel.kind}`, title, description: title, compile }),
    };
  });
  if (panels.length === 0) return null;
  const work = epochWork(model);
  const lists: number[][] = [];
  const listed = (epochs: number[]) => {
    const known = lists.findIndex((list) => String(list) === String(epochs));
    return known < 0 ? lists.push(epochs) - 1 : known;
  };
  const curves = [...set.curves].map(([trial, own]): [number, PageCurves] => {
    const { brokenAt, ...metrics } = own;
    const epochs = [...new Set(CURVE_METRICS.flatMap((metric) => metrics[metric].map(({ epoch }) => epoch)))];
    epochs.sort((a, b) => a - b);
    const series = CURVE_METRICS.filter((metric) => metrics[metric].length > 0)
      .map((metric) => [metric, pageSeries(metrics[metric], { metric, epochs })] as const);
    const { images, iterations } = work.get(trial) ?? { images: null, iterations: null };
    const runs = isOverFewer(own) ? { runs: runsByEpoch(own, epochs) } : {};
    return [trial, {
      at: listed(epochs),
      brokenAt,
      images,
      iterations,
      ...runs,
      ...Object.fromEntries(series),
    }];
  });
  return {
    panels,
    epochs: lists,
    curves: Object.fromEntries(curves),
    others: [...set.chosen, ...set.others],
    lossAxis: curveScale(set).type,
    tickable: model.ranking.length > 1,
    notes: curveNotes(model, { set, page: true }),
  };
}

function runsByEpoch(curves: TrialCurves, epochs: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const metric of CURVE_METRICS) {
    for (const { epoch, runs } of curves[metric]) counts.set(epoch, Math.max(runs, counts.get(epoch) ?? 0));
  }
  return epochs.map((epoch) => counts.get(epoch) ?? 0);
}

function pageSeries(
  points: readonly CurvePoint[],
  { metric, epochs }: { metric: CurveMetric; epochs: readonly number[] },
): PageSeries {
  const byEpoch = new Map(points.map((point) => [point.epoch, point]));
  const values = (of: "mean" | "low" | "high") =>
    epochs.map((epoch) => {
      const value = byEpoch.get(epoch)?.[of];
      return value === undefined ? null : roundMetric(metric, value);
    });
  return points.some(({ low, high }) => low < high)
    ? [values("mean"), values("low"), values("high")]
    : [values("mean")];
}
