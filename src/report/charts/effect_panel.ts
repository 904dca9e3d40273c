import { isAccuracy } from "../../tables/metrics.ts";
import { type EffectAxis, type EffectPoint, placeOnChart } from "../sections/effect_axis.ts";
import { type EffectCharts, effectTip } from "../sections/effect_charts.ts";
import type { ReportModel } from "../report_model.ts";
import { crossMark, type FilledPanel, type Panel, ROW_COLOUR, tooltip } from "./chart.ts";
import { token, trialColour } from "./palette.ts";

/** Of the plot without its axes, in pixels; on a page its place decides the width. */
interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** Of levels, points stand to the left of their place and the mean to the right, so that neither hides the other. */
const ASIDE = 7;

/**
 * The metric against one parameter. Data sources: `dots` (trial, x, value, tip), `chosen` (as dots, with colour), `missing` (trial, x,
 * tip) of trials without a value, and `means` (x, value, low, high, tip; of a range also from and to).
 */
export function effectPanel(
  { axes, metric, frame, means }: EffectCharts,
  index: number,
  { model, width, height, interactive = false }: PanelSize & { model: ReportModel; interactive?: boolean },
): { panel: Panel; means: readonly object[] } {
  const axis = axes[index];
  const { effects } = model.t;
  const tip = tooltip(interactive);
  const ink = token("ink");
  const aside = axis.levels === null ? 0 : ASIDE;
  // Vega-Lite warns of a zero on a logarithmic scale, which has none.
  const scale = { domain: [frame.low, frame.high], nice: false, ...metric.log ? {} : { zero: false } };
  const interval = { y: { field: "low" }, y2: { field: "high" }, ...tip };
  const panel = {
    title: axis.title,
    width,
    height,
    encoding: {
      x: horizontal(axis, effects),
      y: {
        type: "quantitative",
        scale: { ...scale, type: metric.log ? "log" : "linear" },
        axis: {
          title: metric.title,
          domain: false,
          ticks: false,
          format: isAccuracy(model.input.objective.metric) ? "~%" : metric.log ? "~g" : "~r",
          tickCount: 5,
          minExtent: 40,
        },
      },
    },
    layer: [
      {
        data: { name: "dots" },
        mark: {
          type: "point",
          filled: true,
          size: 30,
          opacity: 0.55,
          color: token("muted"),
          xOffset: -aside,
        },
        encoding: { y: { field: "value" }, ...tip },
      },
      {
        data: { name: "chosen" },
        mark: { type: "point", filled: true, size: 65, opacity: 1, xOffset: -aside },
        encoding: { y: { field: "value" }, fill: ROW_COLOUR, ...tip },
      },
      {
        data: { name: "means" },
        mark: { type: "rule", color: ink, strokeWidth: 1.75, clip: true, xOffset: aside },
        encoding: interval,
      },
      ...axis.levels === null
        ? [{
          data: { name: "means" },
          mark: { type: "rule", color: ink, strokeWidth: 2.5 },
          encoding: { x: { field: "from" }, x2: { field: "to" }, y: { field: "value" }, ...tip },
        }]
        : [
          ...axis.ordered
            ? [{
              data: { name: "means" },
              mark: { type: "line", color: ink, strokeWidth: 1, opacity: 0.45, xOffset: aside },
              encoding: { y: { field: "value" }, order: { value: 0 } },
            }]
            : [],
          {
            data: { name: "means" },
            mark: {
              type: "point",
              shape: "diamond",
              filled: true,
              color: ink,
              size: 75,
              opacity: 1,
              xOffset: aside,
            },
            encoding: { y: { field: "value" }, ...tip },
          },
        ],
      { data: { name: "missing" }, mark: crossMark(55), encoding: { y: { value: height - 6 }, ...tip } },
    ],
  } as Panel;
  return {
    panel,
    means: means[index].filter(({ mean }) => mean !== null).map((mean) => ({
      x: axis.levels === null
        ? axis.log ? Math.sqrt(mean.from * mean.to) : (mean.from + mean.to) / 2
        : placeOnChart(axis, mean.from),
      ...axis.levels === null ? { from: mean.from, to: mean.to } : {},
      value: mean.mean,
      ...mean.low === null ? {} : { low: mean.low, high: mean.high },
      tip: effectTip(model, axis, mean),
    })),
  };
}

/** The chart with the data of a figure: the best trials in colour. */
export function effectFigure(
  charts: EffectCharts,
  index: number,
  { model, coloured, ...size }: PanelSize & { model: ReportModel; coloured: number },
): FilledPanel {
  const { panel, means } = effectPanel(charts, index, { model, ...size });
  const row = ({ trial, value, at }: EffectPoint) => {
    const here = at[index];
    return here === null ? [] : [{ trial, x: placeOnChart(charts.axes[index], here), value }];
  };
  const rows = charts.drawn.flatMap(row);
  return {
    panel,
    data: {
      means,
      dots: rows.filter(({ value }) => value !== null),
      missing: rows.filter(({ value }) => value === null),
      chosen: charts.drawn.slice(0, coloured)
        .flatMap((point, i) => row(point).map((placed) => ({ ...placed, colour: trialColour(i) })))
        .filter(({ value }) => value !== null).reverse(),
    },
  };
}

function horizontal(
  axis: EffectAxis,
  { logScale, notToScale }: { logScale: string; notToScale: string },
): object {
  const { levels, numbers, log } = axis;
  const type = log ? "log" : "linear";
  if (levels !== null && numbers === null) {
    const numeric = axis.log || levels.every((level) => Number.isFinite(Number(level)));
    return {
      field: "x",
      type: "ordinal",
      scale: { domain: [...levels], paddingOuter: 0.35 },
      axis: {
        title: numeric ? notToScale : null,
        grid: false,
        labelAngle: levels.length > 6 ? -40 : 0,
        labelLimit: 90,
      },
    };
  }
  const [low, high] = numbers === null ? [axis.low, axis.high] : [numbers[0], numbers[numbers.length - 1]];
  const room = numbers === null ? 0.05 : 0.12;
  const times = (high / low) ** room;
  const extra = (high - low) * room || Math.abs(high) * 0.1 || 1;
  return {
    field: "x",
    type: "quantitative",
    scale: {
      type,
      domain: log ? [low / times, high * times] : [low - extra, high + extra],
      nice: false,
      ...log ? {} : { zero: false },
    },
    axis: {
      title: log ? logScale : null,
      grid: false,
      ...numbers === null
        // Of type g a linear scale would write 20 as 2e+1.
        ? { format: log ? "~g" : "~r", tickCount: 4 }
        : { values: [...numbers], labelExpr: "toString(datum.value)" },
    },
  };
}
