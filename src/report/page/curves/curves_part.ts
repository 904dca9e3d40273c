import type { CurvePoint } from "../../../analysis/curves.ts";
import { CURVE_METRICS, type CurveMetric } from "../../../tables/metrics.ts";
import { pageChart as chartSpec } from "../../charts/chart.ts";
import { curvePanels, type CurveSet } from "../../charts/curves_figure.ts";
import type { ReportModel } from "../../report_model.ts";
import { curveNotes } from "../../sections/curve_data.ts";
import { type PageChart, pageChart, type VegaSpec } from "../chart/page_chart.ts";

/** The learning curves. */
export interface CurvesPart {
  readonly charts: readonly CurveChart[];
  /** By trial, of all that can be drawn. */
  readonly curves: Readonly<Record<string, PageCurves>>;
  /** Trials that are drawn in grey while they are not ticked. */
  readonly others: readonly number[];
  readonly notes: readonly string[];
}

export interface CurveChart {
  readonly metric: CurveMetric;
  readonly chart: PageChart;
  /** By variant of the axes, such as `log-linear`. */
  readonly specs: Readonly<Record<string, VegaSpec>>;
}

/** [epoch, mean, low, high], or [epoch, mean] where all are the same. */
export type PagePoint = readonly [epoch: number, mean: number, low?: number, high?: number];

/** A trial's curves. */
export interface PageCurves extends Readonly<Record<CurveMetric, readonly PagePoint[]>> {
  /** The first epoch in which a run diverged. */
  readonly brokenAt: number | null;
}

/** Null where there is no history. */
export function curvesPart(model: ReportModel, set: CurveSet): CurvesPart | null {
  const charts = new Map<CurveMetric, CurveChart>();
  for (const { metric, title, variant, panel } of curvePanels(model, set)) {
    const chart = pageChart(chartSpec(panel, title), { id: `curve-${metric}`, title, description: title });
    const known = charts.get(metric);
    charts.set(metric, {
      metric,
      chart: known?.chart ?? chart,
      specs: { ...known?.specs, [variant]: chart.spec },
    });
  }
  if (charts.size === 0) return null;
  return {
    charts: [...charts.values()],
    curves: Object.fromEntries([...set.curves].map(([trial, { brokenAt, ...metrics }]) => {
      const points = CURVE_METRICS.map((metric) => [metric, metrics[metric].map(pagePoint)]);
      return [trial, { ...Object.fromEntries(points), brokenAt }];
    })),
    others: [...set.chosen, ...set.others],
    notes: curveNotes(model, { set, page: true }),
  };
}

function pagePoint({ epoch, mean, low, high }: CurvePoint): PagePoint {
  return low === high ? [epoch, short(mean)] : [epoch, short(mean), short(low), short(high)];
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
