import { formatMetric, isAccuracy } from "../../tables/metrics.ts";
import {
  type EffectAxis,
  type EffectFrame,
  type EffectPoint,
  extent,
  levelMeans,
} from "../sections/effect_data.ts";
import type { FilledPanel, Layer, Panel } from "./chart.ts";
import { token, trialColour } from "./palette.ts";

/**
 * The metric against one parameter: data sources `dots` (trial, x, value, tip), `means` (x, value, tip) of an axis with levels,
 * `chosen` (as dots, with colour) and `missing` (trial, x, tip) of trials without a value.
 */
export function effectPanel(axis: EffectAxis, frame: EffectFrame): FilledPanel {
  const { model, width, height, interactive } = frame;
  const { metric } = model.input.objective;
  const percent = isAccuracy(metric);
  const tooltip = interactive ? { tooltip: { field: "tip" } } : {};
  const domain = metricDomain(frame.points);
  const layer: Layer[] = [
    {
      data: { name: "dots" },
      mark: { type: "point", filled: true, size: 30, opacity: 0.75, color: token("muted"), clip: true },
      encoding: { y: { field: "value" }, ...tooltip },
    },
    {
      data: { name: "means" },
      mark: axis.ordered
        ? {
          type: "line",
          color: token("ink"),
          strokeWidth: 2,
          point: { color: token("ink"), size: 40, filled: true },
        }
        : { type: "tick", orient: "horizontal", color: token("ink"), thickness: 2.5, width: 26 },
      encoding: { y: { field: "value" }, ...tooltip },
    },
    {
      data: { name: "chosen" },
      mark: { type: "point", filled: true, size: 75, opacity: 1 },
      encoding: {
        y: { field: "value" },
        fill: { field: "colour", type: "nominal", scale: null },
        ...tooltip,
      },
    },
    {
      data: { name: "missing" },
      mark: {
        type: "point",
        shape: "cross",
        angle: 45,
        size: 55,
        filled: true,
        color: token("bad"),
        opacity: 1,
      },
      encoding: { y: { value: height - 6 }, ...tooltip },
    },
  ] as Layer[];
  const panel = {
    title: axis.title,
    width,
    height,
    encoding: {
      x: axis.levels === null
        ? {
          field: "x",
          type: "quantitative",
          scale: axis.log
            ? { type: "log", domain: padded(axis), nice: false }
            : { type: "linear", domain: padded(axis), nice: false, zero: false },
          axis: { title: null, grid: false, format: "~g", tickCount: 4 },
        }
        : {
          field: "x",
          type: "ordinal",
          scale: { domain: [...axis.levels], paddingOuter: 0.35 },
          axis: { title: null, grid: false, labelAngle: axis.levels.length > 6 ? -40 : 0, labelLimit: 90 },
        },
      y: {
        type: "quantitative",
        scale: { domain, nice: false, zero: false },
        axis: {
          title: null,
          domain: false,
          ticks: false,
          format: percent ? "~%" : "~g",
          tickCount: 5,
          minExtent: 40,
        },
      },
    },
    layer,
  } as Panel;
  return { panel, data: effectRows(axis, frame) };
}

function effectRows(
  axis: EffectAxis,
  { model, points, drawn, coloured = 0 }: EffectFrame,
): FilledPanel["data"] {
  const { t, input: { objective: { metric } } } = model;
  const placed = drawn.map((point) => ({ ...point, x: axis.at(point.trial), tip: model.label(point.trial) }));
  return {
    dots: placed.filter(({ x, value }) => x !== null && value !== null),
    missing: placed.filter(({ x, value }) => x !== null && value === null),
    chosen: placed.slice(0, coloured).filter(({ x, value }) => x !== null && value !== null)
      .map((point, i) => ({ ...point, colour: trialColour(i) })).reverse(),
    means: axis.levels === null
      ? []
      : levelMeans(axis, points).filter(({ mean }) => mean !== null).map(({ level, mean, trials }) => ({
        x: level,
        value: mean,
        tip: `${axis.title} ${level}${t.colon}${t.effects.mean} ${formatMetric(metric, mean)}${t.comma}${
          t.trials(trials)
        }`,
      })),
  };
}

/** The metric's values with a little room at both ends. */
function metricDomain(points: readonly EffectPoint[]): [number, number] {
  const [low, high] = extent(points.map(({ value }) => value).filter((value) => value !== null));
  const room = high === low ? Math.abs(high) * 0.05 || 0.05 : (high - low) * 0.08;
  return [low - room, high + room];
}

function padded({ range: [low, high], log }: EffectAxis): [number, number] {
  if (log) return [low / 1.15, high * 1.15];
  const room = (high - low) * 0.05;
  return [low - room, high + room];
}
