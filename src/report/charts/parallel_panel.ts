import { crossings, type EffectPoint, goodness, labelledPositions, textAt } from "../sections/effect_axis.ts";
import type { EffectCharts } from "../sections/effect_charts.ts";
import type { ReportModel } from "../report_model.ts";
import { crossMark, type FilledPanel, type Panel } from "./chart.ts";
import { pairPanel } from "./pair_panel.ts";
import { token } from "./palette.ts";

interface TogetherOptions {
  readonly model: ReportModel;
  /** Of the plot without its axes, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The chart of all parameters at once, where there is one, for a figure. */
export function togetherPanel(charts: EffectCharts, options: TogetherOptions): FilledPanel {
  return (charts.together?.kind === "pair" ? pairPanel : parallelPanel)(charts, options);
}

/** Below the metric's axis: where lines end that have no value. */
const BELOW = -0.11;

/**
 * All parameters and the metric as parallel axes: data sources `rules` and `ticks` of the axes, `lines` (trial, axis, y, good, broken) and
 * `missing` (axis, y) of trials without a value.
 */
function parallelPanel(
  { axes, metric, drawn }: EffectCharts,
  { model, width, height }: TogetherOptions,
): FilledPanel {
  const { goal } = model.input.objective;
  const all = [...axes, metric];
  const titles = all.map(({ title }) => title);
  const ticks = all.flatMap((axis) =>
    labelledPositions(axis).map((y) => ({ axis: axis.title, y, text: textAt(axis, y) }))
  );
  // The best is drawn last, on top.
  const lines = drawn.flatMap((point, i) => lineRows(point, i / Math.max(1, drawn.length - 1))).reverse();
  const tick = { type: "text", align: "left", dx: 5, fontSize: 11 };
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
      y: {
        type: "quantitative",
        scale: { domain: [BELOW - 0.05, 1.07], nice: false, zero: false },
        axis: null,
      },
    },
    layer: [
      {
        data: { name: "rules" },
        mark: { type: "rule", color: token("soft"), strokeWidth: 1 },
        encoding: { y: { field: "from" }, y2: { field: "to" } },
      },
      {
        data: { name: "lines" },
        mark: { type: "line", strokeWidth: 1.25, opacity: 0.8 },
        encoding: {
          y: { field: "y" },
          detail: { field: "trial" },
          order: { value: 0 },
          stroke: {
            condition: { test: "datum.good === null", value: token("muted") },
            field: "good",
            type: "quantitative",
            scale: { domain: [0, 1], range: [token("worst"), token("best")], interpolate: "hcl" },
            legend: null,
          },
          strokeDash: { condition: { test: "datum.broken", value: [4, 3] }, value: [1, 0] },
        },
      },
      {
        data: { name: "missing" },
        mark: crossMark(55),
        encoding: { y: { field: "y" } },
      },
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
  const missing = drawn.some(({ value }) => value === null) ? [{ axis: metric.title, y: BELOW }] : [];
  return { panel, data: { rules, ticks, lines, missing } };

  function lineRows(point: EffectPoint, place: number): object[] {
    const { trial, value, broken } = point;
    const good = goodness(metric, goal, value);
    return crossings(all, point, place).flatMap((y, i) => {
      const here = y ?? (i === axes.length ? BELOW : null);
      return here === null ? [] : [{ trial, axis: titles[i], y: here, good, broken }];
    });
  }
}
