import { type EffectAxis, type EffectFrame, extent } from "../sections/effect_data.ts";
import { formatMetric } from "../../tables/metrics.ts";
import type { FilledPanel, Panel } from "./chart.ts";
import { token } from "./palette.ts";

/** The metric by two parameters, both with levels: data source `cells` (x, y, value, text, dark, missing, tip). */
export function pairPanel([x, y]: readonly [EffectAxis, EffectAxis], frame: EffectFrame): FilledPanel {
  const { model, width, height, points, interactive } = frame;
  const { t, input: { objective: { metric } } } = model;
  const sums = new Map<string, { x: string; y: string; sum: number; n: number; trials: number }>();
  for (const { trial, value } of points) {
    const [a, b] = [x.at(trial), y.at(trial)];
    if (a === null || b === null) continue;
    const key = JSON.stringify([a, b]);
    const cell = sums.get(key) ?? { x: String(a), y: String(b), sum: 0, n: 0, trials: 0 };
    sums.set(key, cell);
    cell.trials++;
    if (value === null) continue;
    cell.sum += value;
    cell.n++;
  }
  const [low, high] = extent([...sums.values()].filter(({ n }) => n > 0).map(({ sum, n }) => sum / n));
  const cells = [...sums.values()].map(({ x: a, y: b, sum, n, trials }) => {
    const value = n === 0 ? null : sum / n;
    const share = value === null || high === low ? 0 : (value - low) / (high - low);
    const text = value === null ? "\u2715" : formatMetric(metric, value);
    const tip = `${x.title} ${a}${t.comma}${y.title} ${b}${t.colon}${text}${t.comma}${t.trials(trials)}`;
    return { x: a, y: b, value, text, dark: value !== null && share > 0.5, missing: value === null, tip };
  });
  const crowded = (x.levels ?? []).length > 8;
  const tooltip = interactive ? { tooltip: { field: "tip" } } : {};
  const panel = {
    width,
    height,
    encoding: {
      x: {
        field: "x",
        type: "ordinal",
        scale: { domain: [...x.levels ?? []] },
        axis: { title: x.title, labelAngle: 0, domain: false, ticks: false },
      },
      y: {
        field: "y",
        type: "ordinal",
        scale: { domain: [...y.levels ?? []] },
        axis: { title: y.title, domain: false, ticks: false },
      },
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
          ...tooltip,
        },
      },
      {
        data: { name: "cells" },
        mark: { type: "text", fontSize: 12 },
        encoding: {
          ...(crowded ? { text: { value: "" } } : { text: { field: "text" } }),
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
