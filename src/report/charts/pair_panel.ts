import { groupBy } from "../../analysis/lists.ts";
import { mean } from "../../metrics/statistics.ts";
import type { EffectCharts } from "../sections/effect_charts.ts";
import { extent } from "../sections/effect_data.ts";
import { formatMetric } from "../../tables/metrics.ts";
import type { ReportModel } from "../report_model.ts";
import { type FilledPanel, type Panel, tooltip } from "./chart.ts";
import { token } from "./palette.ts";

/** The metric by two parameters, both with levels: data source `cells` (x, y, value, text, dark, missing, tip). */
export function pairPanel(
  { axes: [x, y], points }: EffectCharts,
  { model, width, height, interactive = false }: {
    model: ReportModel;
    width: number;
    height: number;
    interactive?: boolean;
  },
): FilledPanel {
  const { t, input: { objective: { metric } } } = model;
  const groups = groupBy(points, ({ at }) => at.join());
  const means = [...groups.values()].flatMap((here) => {
    const [a, b] = here[0].at;
    if (a === null || b === null || x.levels === null || y.levels === null) return [];
    const value = mean(here.map(({ value }) => value)).mean;
    return [{ a: x.levels[a], b: y.levels[b], value, trials: here.length }];
  });
  const [low, high] = extent(means.flatMap(({ value }) => value ?? []));
  const cells = means.map(({ a, b, value, trials }) => {
    const share = value === null || high === low ? 0 : (value - low) / (high - low);
    const text = value === null ? "\u2715" : formatMetric(metric, value);
    const tip = `${x.title} ${a}${t.comma}${y.title} ${b}${t.colon}${text}${t.comma}${t.trials(trials)}`;
    return { x: a, y: b, value, text, dark: value !== null && share > 0.5, missing: value === null, tip };
  });
  const crowded = (x.levels ?? []).length > 8;
  const axis = { domain: false, ticks: false };
  const panel = {
    width,
    height,
    encoding: {
      x: {
        field: "x",
        type: "ordinal",
        scale: { domain: x.levels },
        axis: { title: x.title, labelAngle: 0, ...axis },
      },
      y: { field: "y", type: "ordinal", scale: { domain: y.levels }, axis: { title: y.title, ...axis } },
    },
    layer: [
      {
        data: { name: "cells" },
        mark: { type: "rect", stroke: token("ground"), strokeWidth: 2 },
        encoding: {
          fill: {
            field: "value",
            type: "quantitative",
            scale: { domain: [low, high], range: [token("low"), token("high")], zero: false, nice: false },
            legend: null,
          },
          ...tooltip(interactive),
        },
      },
      {
        data: { name: "cells" },
        mark: { type: "text", fontSize: 12 },
        encoding: {
          text: crowded ? { value: "" } : { field: "text" },
          fill: {
            condition: [
              { test: "datum.missing", value: token("bad") },
              { test: "datum.dark", value: token("onhigh") },
            ],
            value: token("ink"),
          },
        },
      },
    ],
  } as Panel;
  return { panel, data: { cells } };
}
