import { type CurvePoint, isOverFewer, trialCurves } from "../../../analysis/curves.ts";
import { distinct } from "../../../metrics/statistics.ts";
import { type CurveMetric, roundMetric } from "../../../tables/metrics.ts";
import { CHART_CONFIG, token } from "../../charts/palette.ts";
import { epochDomain, epochTicks, type LossScale, lossScale } from "../../charts/scales.ts";
import type { ReportModel } from "../../report_model.ts";
import type { Axis } from "../chart/axis.ts";
import { type CompileChart, type PageChart, pageChart } from "../chart/page_chart.ts";
import type { TopLevelSpec } from "vega-lite";

/** The best trial's course: its losses and its validation accuracy by epoch. */
export interface BestPart {
  readonly chart: PageChart;
  /** Of the epochs. */
  readonly x: Axis;
  /** In the order of the legend; only those that there are. */
  readonly series: readonly Series[];
  /** Every epoch that has a value. */
  readonly epochs: readonly number[];
  readonly note: string;
}

/** A line of the chart. */
export interface Series {
  readonly metric: CurveMetric;
  readonly points: readonly SeriesPoint[];
}

/** [epoch, mean, low, high], or [epoch, mean] where all seeds are the same. */
export type SeriesPoint = readonly [epoch: number, mean: number, low?: number, high?: number];

/** In pixels: losses above, accuracy below, on the same epochs. */
const LOSSES = { top: 18, bottom: 160 };
const ACCURACY = { top: 198, bottom: 254 };

/** Points are marked while they can be told apart. */
const MAX_MARKED = 25;

/** Null where no run ended ok, or its history is not there. */
export function bestPart(model: ReportModel, compile: CompileChart): BestPart | null {
  const { t, best, ranking: [{ trial, runs }], input: { history } } = model;
  if (best === undefined) return null;
  const rows = runs.filter(({ status }) => status === "ok");
  const seeds = new Set(rows.map(({ seed }) => seed));
  const own = history.filter((row) => row.trial === trial && seeds.has(row.seed));
  const curves = trialCurves({ history: own, rows }, new Set([trial])).get(trial);
  const series = (["train_loss", "val_loss", "val_accuracy"] as const)
    .map((metric) => ({
      metric,
      points: (curves?.[metric] ?? []).map((point) => seriesPoint(metric, point)),
    }))
    .filter(({ points }) => points.length > 0);
  const epochs = distinct(series.flatMap(({ points }) => points.map(([epoch]) => epoch)));
  if (epochs.length === 0) return null;
  const lastEpoch = epochs[epochs.length - 1];
  const x: Axis = { type: "linear", domain: epochDomain(lastEpoch) };
  const title = t.answer.chart(
    model.single === null ? t.answer.bestTrial(t.trial(trial)) : model.single,
    series.some(({ metric }) => metric === "val_accuracy"),
  );
  return {
    chart: chart(model, series, { x, lastEpoch, title, compile }),
    x,
    series,
    epochs,
    note: rows.length > 1
      ? [
        t.answer.bands(rows.length),
        ...curves !== undefined && isOverFewer(curves) ? [t.curves.overFewer] : [],
      ].join(t.space)
      : "",
  };
}

function seriesPoint(metric: CurveMetric, { epoch, mean, low, high }: CurvePoint): SeriesPoint {
  const short = (value: number) => roundMetric(metric, value);
  return low === high ? [epoch, short(mean)] : [epoch, short(mean), short(low), short(high)];
}

function chart(
  model: ReportModel,
  series: readonly Series[],
  { x, lastEpoch, title, compile }: { x: Axis; lastEpoch: number; title: string; compile: CompileChart },
): PageChart {
  const values = (metrics: readonly CurveMetric[]) =>
    series.filter(({ metric }) => metrics.includes(metric)).flatMap(({ points }) =>
      points.flatMap(([, mean, low = mean, high = mean]) => [low, high])
    );
  const scale = lossScale(values(["train_loss", "val_loss"]), []);
  const accuracies = values(["val_accuracy"]);
  const bottom = accuracies.reduce((a, b) => Math.min(a, b), 1);
  const validated = accuracies.length > 0;
  const spec = chartSpec(model, { lossType: scale.type, validated, marked: lastEpoch <= MAX_MARKED });
  const ends = {
    x: { domain: x.domain, ticks: epochTicks(lastEpoch) },
    [LOSS_SCALE]: scale,
    ...validated && { [ACCURACY_SCALE]: { domain: [Math.max(0, bottom - (1 - bottom) * 0.1), 1] as const } },
  };
  return pageChart(spec, { id: "best-curves", title, description: title, compile, ends });
}

/** What Vega-Lite calls them: an axis of each layer that has one of its own. */
const [LOSS_SCALE, ACCURACY_SCALE] = ["layer_1_y", "layer_2_y"];

/** What its axes show is filled in by its ends: one compiled chart serves every course. */
function chartSpec(
  { t }: ReportModel,
  { lossType, validated, marked }: { lossType: LossScale["type"]; validated: boolean; marked: boolean },
): TopLevelSpec {
  const axis = (title: string, top: number) => ({
    title,
    titleAngle: 0,
    titleAlign: "left" as const,
    titleBaseline: "bottom" as const,
    titleX: -40,
    titleY: top - 7,
    orient: "left" as const,
    domain: false,
    ticks: false,
    minExtent: 40,
    maxExtent: 40,
  });
  const lossAxis = {
    ...axis(t.curves.loss + (lossType === "log" ? t.curves.log : ""), LOSSES.top),
    format: "~g",
  };
  const panel = (name: string, y: object) => ({
    encoding: { y: { field: "mean", type: "quantitative", ...y } },
    layer: [
      {
        data: { name: `${name}Bands` },
        mark: { type: "area", opacity: 0.22, line: false },
        encoding: { y: { field: "low" }, y2: { field: "high" }, detail: { field: "key" }, fill: COLOUR },
      },
      {
        data: { name },
        mark: { type: "line", strokeWidth: 2.25, strokeJoin: "round" },
        encoding: {
          detail: { field: "key" },
          stroke: COLOUR,
          strokeDash: { field: "dash", type: "nominal", scale: null },
        },
      },
      {
        data: { name },
        mark: { type: "point", filled: true, size: 30, opacity: marked ? 1 : 0 },
        encoding: { fill: COLOUR },
      },
      {
        data: { name: `${name}Cursor` },
        mark: { type: "point", filled: true, size: 90, opacity: 1, stroke: token("ground"), strokeWidth: 2 },
        encoding: { fill: COLOUR },
      },
    ],
  });
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    config: CHART_CONFIG,
    autosize: { type: "fit-x", contains: "padding" },
    padding: { left: 0, right: 6, top: 2, bottom: 2 },
    width: "container",
    height: validated ? ACCURACY.bottom : LOSSES.bottom,
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        scale: { domain: [1, 2], nice: false, zero: false },
        axis: { title: t.epoch, grid: false, labelFlush: false, values: [1, 2], tickCount: 2 },
      },
    },
    layer: [
      {
        data: { name: "cursor" },
        mark: { type: "rule", color: token("soft"), strokeDash: [3, 3], size: 1 },
      },
      panel("loss", {
        scale: {
          type: lossType,
          domain: [1, 2],
          range: [LOSSES.bottom, LOSSES.top],
          nice: false,
          ...(lossType === "log" ? {} : { zero: false }),
        },
        axis: { ...lossAxis, values: [1, 2], tickCount: 2 },
      }),
      ...(validated
        ? [panel("accuracy", {
          scale: {
            domain: [0, 1],
            range: [ACCURACY.bottom, ACCURACY.top],
            nice: false,
            zero: false,
          },
          axis: { ...axis(t.curves.val_accuracy, ACCURACY.top), format: "~%", tickCount: 3 },
        })]
        : []),
    ],
    resolve: { scale: { y: "independent" }, axis: { y: "independent" } },
  } as TopLevelSpec;
}

const COLOUR = { field: "colour", type: "nominal", scale: null } as const;
