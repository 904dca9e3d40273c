import { type EffectAxis, type EffectFrame, extent, parallelLine, placeIn } from "../sections/effect_data.ts";
import type { EffectCharts } from "../sections/effect_charts.ts";
import { formatMetric } from "../../tables/metrics.ts";
import { type FilledPanel, type Panel, ROW_COLOUR, touchLayer } from "./chart.ts";
import { pairPanel } from "./pair_panel.ts";
import { token, trialColour } from "./palette.ts";

/** The chart of all parameters at once, where there is one. */
export function togetherPanel(
  { axes, frame, together }: EffectCharts,
  options: Pick<EffectFrame, "coloured" | "width" | "height" | "interactive">,
): FilledPanel {
  return (together?.kind === "pair" ? pairPanel : parallelPanel)(axes, { ...frame, ...options });
}

/**
 * All parameters and the metric as parallel axes: data sources `rules` and `ticks` of the axes, `lines` (trial, axis, y, broken, tip)
 * and `chosen` (as lines, with colour).
 */
function parallelPanel(axes: readonly EffectAxis[], frame: EffectFrame): FilledPanel {
  const { model, name, width, height, drawn, points, interactive, coloured = 0 } = frame;
  const { metric } = model.input.objective;
  const range = extent(points.map(({ value }) => value));
  const [low, high] = range;
  const titles = [...axes.map(({ title }) => title), name];
  const ticks = [
    ...axes.flatMap(axisTicks),
    ...[low, (low + high) / 2, high].map((value) => ({
      axis: name,
      y: placeIn(range, value),
      text: formatMetric(metric, value),
    })),
  ];
  const places = new Map(points.map(({ trial }, i) => [trial, i / Math.max(1, points.length - 1)]));
  const lines = drawn.flatMap((point) => {
    const { trial, broken } = point;
    const line = parallelLine(axes, point, { place: places.get(trial) ?? 0, range });
    return line.map(({ axis, y }) => ({ trial, axis: titles[axis], y, broken, tip: model.label(trial) }));
  });
  const chosen = drawn.slice(0, coloured).flatMap(({ trial }, i) =>
    lines.filter((line) => line.trial === trial).map((line) => ({ ...line, colour: trialColour(i) }))
  ).reverse();
  const tick = { type: "text", align: "left", dx: 5, fontSize: 11 };
  const dash = { condition: { test: "datum.broken", value: [4, 3] }, value: [1, 0] };
  const panel = {
    width,
    height,
    encoding: {
      x: {
        field: "axis",
        type: "ordinal",
        sort: null,
        scale: { type: "point", domain: titles, padding: 0.35 },
        axis: {
          title: null,
          domain: false,
          ticks: false,
          grid: false,
          labelAngle: 0,
          orient: "top",
          labelFontWeight: "bold",
          labelLimit: 220,
        },
      },
      y: { type: "quantitative", scale: { domain: [-0.07, 1.07], nice: false, zero: false }, axis: null },
    },
    layer: [
      {
        data: { name: "rules" },
        mark: { type: "rule", color: token("soft"), strokeWidth: 1 },
        encoding: { y: { field: "from" }, y2: { field: "to" } },
      },
      {
        data: { name: "lines" },
        mark: { type: "line", color: token("muted"), strokeWidth: 1, opacity: 0.65 },
        encoding: { y: { field: "y" }, detail: { field: "trial" }, order: { value: 0 }, strokeDash: dash },
      },
      {
        data: { name: "chosen" },
        mark: { type: "line", strokeWidth: 2.5 },
        encoding: {
          y: { field: "y" },
          detail: { field: "trial" },
          order: { value: 0 },
          stroke: ROW_COLOUR,
          strokeDash: dash,
        },
      },
      ...(interactive ? [touchLayer("lines", "y"), touchLayer("chosen", "y")] : []),
      {
        data: { name: "ticks" },
        mark: { ...tick, stroke: token("ground"), strokeWidth: 5, strokeJoin: "round" },
        encoding: { y: { field: "y" }, text: { field: "text" } },
      },
      {
        data: { name: "ticks" },
        mark: { ...tick, color: token("ink") },
        encoding: { y: { field: "y" }, text: { field: "text" } },
      },
    ],
  } as Panel;
  const rules = titles.map((axis) => ({ axis, from: -0.05, to: 1.05 }));
  return { panel, data: { rules, ticks, lines, chosen } };
}

function axisTicks(axis: EffectAxis): { axis: string; y: number; text: string }[] {
  const { title, levels, range: [low, high], log } = axis;
  if (levels !== null) {
    return levels.map((text, i) => ({ axis: title, y: placeIn([0, levels.length - 1], i), text }));
  }
  const middle = log ? Math.sqrt(low * high) : (low + high) / 2;
  const text = (value: number) => String(Number(value.toPrecision(3)));
  return [[low, 0], [middle, 0.5], [high, 1]].map(([value, y]) => ({ axis: title, y, text: text(value) }));
}
