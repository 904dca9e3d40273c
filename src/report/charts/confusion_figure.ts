import type { TopLevelSpec } from "vega-lite";
import type { ReportModel } from "../report_model.ts";
import { DARKEST_MISTAKE, formatRate } from "../sections/confusion_data.ts";
import { textWidth } from "../../text/text_width.ts";
import { figure, type Panel } from "./chart.ts";
import { token } from "./palette.ts";

/** How much of a cell there is room for, by how many classes there are at most. */
const SIZES = [
  { most: 14, cell: 52, counts: 13, rates: true },
  { most: 40, cell: 26, counts: 9, rates: false },
  { most: Infinity, cell: 11, counts: 0, rates: false },
] as const;

/** The confusion matrix with counts and rates, as far as there is room. @param matrix C x C counts, rows = true */
export function confusionFigure(
  { t }: ReportModel,
  matrix: Uint32Array,
  names: readonly string[],
): TopLevelSpec {
  const classes = names.length;
  const { cell: side, counts, rates } = SIZES.find(({ most }) => classes <= most) ?? SIZES[0];
  const isLong = names.some((name) => textWidth(name) > (rates ? 7 : 3));
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
  const axis = {
    domain: false,
    ticks: false,
    labelFontSize: rates ? 13 : Math.min(11, side - 1),
    labelFontWeight: "bold",
    labelAngle: 0,
    ...(isLong ? { labelLimit: 160 } : {}),
    ...(counts === 0 ? { labelOverlap: false } : {}),
  };
  const scale = { domain: names };
  const text = (field: string, dy: number, fontSize: number) => ({
    mark: { type: "text", dy, fontSize, color: token("ink") },
    encoding: { text: { field } },
  });
  const panel = {
    data: { name: "cells" },
    width: classes * side,
    height: classes * side * 0.8,
    encoding: {
      x: {
        field: "predicted",
        type: "ordinal",
        scale,
        axis: {
          ...axis,
          ...(isLong ? { labelAngle: -45 } : {}),
          orient: "top",
          title: t.confusion.predicted,
        },
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
      ...(counts === 0 ? [] : [text("count", rates ? -6 : 0, counts)]),
      ...(rates ? [text("rate", 9, 10)] : []),
    ],
  } as Panel;
  return figure([{ panel, data: { cells } }], { description: t.confusion.alt, columns: 1 });
}
