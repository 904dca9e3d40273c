import { formatMetric, isAccuracy } from "../../tables/metrics.ts";
import {
  type EffectAxis,
  type EffectFrame,
  type EffectPoint,
  extent,
  levelMeans,
} from "../sections/effect_data.ts";
import { crossMark, type FilledPanel, type Panel, ROW_COLOUR, tooltip } from "./chart.ts";
import { token, trialColour } from "./palette.ts";

/**
 * The metric against one parameter: data sources `dots` (trial, x, value, tip), `means` (x, value, tip) of an axis with levels,
 * `chosen` (as dots, with colour) and `missing` (trial, x, tip) of trials without a value.
 */
export function effectPanel(axis: EffectAxis, frame: EffectFrame): FilledPanel {
  const { model, width, height } = frame;
  const { title, ordered, levels, log } = axis;
  const tip = tooltip(frame.interactive);
  const ink = token("ink");
  const panel = {
    title,
    width,
    height,
    encoding: {
      x: levels === null
        ? {
          field: "x",
          type: "quantitative",
          scale: log
            ? { type: "log", domain: padded(axis), nice: false }
            : { type: "linear", domain: padded(axis), nice: false, zero: false },
          axis: { title: null, grid: false, format: "~g", tickCount: 4 },
        }
        : {
          field: "x",
          type: "ordinal",
          scale: { domain: [...levels], paddingOuter: 0.35 },
          axis: { title: null, grid: false, labelAngle: levels.length > 6 ? -40 : 0, labelLimit: 90 },
        },
      y: {
        type: "quantitative",
        scale: { domain: metricDomain(frame.points), nice: false, zero: false },
        axis: {
          title: null,
          domain: false,
          ticks: false,
          format: isAccuracy(model.input.objective.metric) ? "~%" : "~g",
          tickCount: 5,
          minExtent: 40,
        },
      },
    },
    layer: [
      {
        data: { name: "dots" },
        mark: { type: "point", filled: true, size: 30, opacity: 0.75, color: token("muted"), clip: true },
        encoding: { y: { field: "value" }, ...tip },
      },
      {
        data: { name: "means" },
        mark: ordered
          ? { type: "line", color: ink, strokeWidth: 2, point: { color: ink, size: 40, filled: true } }
          : { type: "tick", orient: "horizontal", color: ink, thickness: 2.5, width: 26 },
        encoding: { y: { field: "value" }, ...tip },
      },
      {
        data: { name: "chosen" },
        mark: { type: "point", filled: true, size: 75, opacity: 1 },
        encoding: { y: { field: "value" }, fill: ROW_COLOUR, ...tip },
      },
      { data: { name: "missing" }, mark: crossMark(55), encoding: { y: { value: height - 6 }, ...tip } },
    ],
  } as Panel;
  return { panel, data: effectRows(axis, frame) };
}

function effectRows(
  axis: EffectAxis,
  { model, points, drawn, coloured = 0 }: EffectFrame,
): FilledPanel["data"] {
  const { t, input: { objective: { metric } } } = model;
  const placed = drawn.map((point) => ({ ...point, x: axis.at(point.trial), tip: model.label(point.trial) }));
  const hasDot = ({ x, value }: (typeof placed)[number]) => x !== null && value !== null;
  return {
    dots: placed.filter(hasDot),
    missing: placed.filter(({ x, value }) => x !== null && value === null),
    chosen: placed.slice(0, coloured).filter(hasDot)
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

function metricDomain(points: readonly EffectPoint[]): [number, number] {
  const [low, high] = extent(points.map(({ value }) => value));
  const room = high === low ? Math.abs(high) * 0.05 || 0.05 : (high - low) * 0.08;
  return [low - room, high + room];
}

function padded({ range: [low, high], log }: EffectAxis): [number, number] {
  if (log) return [low / 1.15, high * 1.15];
  const room = (high - low) * 0.05;
  return [low - room, high + room];
}
