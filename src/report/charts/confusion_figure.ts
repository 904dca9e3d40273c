import type { TopLevelSpec } from "vega-lite";
import type { ReportModel } from "../report_model.ts";
import { DARKEST_MISTAKE, formatRate } from "../sections/confusion_data.ts";
import { figure, type Panel } from "./chart.ts";
import { token } from "./palette.ts";

const CELL = 52;

/** The confusion matrix with counts and rates. @param matrix C x C counts, rows = true */
export function confusionFigure({ t }: ReportModel, matrix: Uint32Array, classes: number): TopLevelSpec {
  const names = Array.from({ length: classes }, (_, i) => String(i));
  const cells = [...matrix].map((count, i) => {
    const label = Math.floor(i / classes);
    const total = matrix.subarray(label * classes, (label + 1) * classes).reduce((a, b) => a + b, 0);
    const rate = total === 0 ? 0 : count / total;
    const right = label === i % classes;
    return {
      label: names[label],
      predicted: names[i % classes],
      count: count === 0 ? "\u00b7" : String(count),
      rate: count === 0 ? "" : formatRate(rate),
      fill: count === 0 ? token("ground") : right ? token("c0") : token("c1"),
      opacity: right ? 0.15 + 0.6 * rate : 0.12 + 0.78 * Math.min(1, rate / DARKEST_MISTAKE),
    };
  });
  const axis = { domain: false, ticks: false, labelFontSize: 13, labelFontWeight: "bold", labelAngle: 0 };
  const scale = { domain: names };
  const text = (field: string, dy: number, fontSize: number) => ({
    mark: { type: "text", dy, fontSize, color: token("ink") },
    encoding: { text: { field } },
  });
  const panel = {
    data: { name: "cells" },
    width: classes * CELL,
    height: classes * CELL * 0.8,
    encoding: {
      x: {
        field: "predicted",
        type: "ordinal",
        scale,
        axis: { ...axis, orient: "top", title: t.confusion.predicted },
      },
      y: { field: "label", type: "ordinal", scale, axis: { ...axis, title: t.confusion.true } },
    },
    layer: [
      {
        mark: { type: "rect", stroke: token("grid"), strokeWidth: 1 },
        encoding: {
          fill: { field: "fill", type: "nominal", scale: null },
          fillOpacity: { field: "opacity", type: "quantitative", scale: null },
        },
      },
      text("count", -6, 13),
      text("rate", 9, 10),
    ],
  } as Panel;
  return figure([{ panel, data: { cells } }], { description: t.confusion.alt, columns: 1 });
}
