import type { Panel } from "./chart.ts";
import { token, trialColour } from "./palette.ts";

/** What the panels below draw of a bin: shares from 0 to 1, and what it tells when it is pointed at. */
export interface BinRow {
  readonly low: number;
  readonly high: number;
  readonly accuracy: number;
  readonly confidence: number;
  /** Its samples, of all. */
  readonly share: number;
  readonly tip: string;
}

const percent = { type: "quantitative", scale: { domain: [0, 1], nice: false } };

const axis = (title: string) => ({ title, format: ".0%", grid: false });

const WHOLE = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** So wide that the panels' plots lie below each other. */
const Y_AXIS = { minExtent: 42, maxExtent: 42 };

const across = (title: string) => ({
  x: { field: "low", ...percent, axis: { ...axis(title), values: WHOLE } },
  x2: { field: "high" },
});

const TIP = { tooltip: { field: "tip" } };

/** Accuracy by confidence as bars, the mean confidence as lines: data sources `bins` (BinRow) and `diagonal` (low, high), on which both are equal. */
export function reliabilityPanel(
  titles: { confidence: string; accuracy: string },
  size: { width: number; height: number },
): Panel {
  const level = (stroke: string, strokeWidth: number) => ({
    data: { name: "bins" },
    mark: { type: "rule", stroke, strokeWidth },
    encoding: { y: { field: "confidence", ...percent }, ...TIP },
  });
  return {
    ...size,
    encoding: across(titles.confidence),
    layer: [
      {
        data: { name: "bins" },
        mark: {
          type: "rect",
          fill: trialColour(0),
          fillOpacity: 0.65,
          stroke: token("ground"),
          strokeWidth: 1,
        },
        encoding: {
          y: { field: "accuracy", ...percent, axis: { ...axis(titles.accuracy), ...Y_AXIS, values: WHOLE } },
          y2: { datum: 0 },
          ...TIP,
        },
      },
      {
        data: { name: "diagonal" },
        mark: { type: "rule", color: token("soft"), strokeDash: [4, 4], strokeWidth: 1.5 },
        encoding: { y: { field: "low", ...percent }, y2: { field: "high" } },
      },
      // Told apart from the bar that it may lie on.
      level(token("ground"), 5),
      level(token("bad"), 2.5),
    ],
  } as Panel;
}

/** How many samples lie in each bin, as a share of all: data source `bins` (BinRow). */
export function confidencePanel(
  titles: { confidence: string; share: string },
  size: { width: number; height: number },
): Panel {
  return {
    ...size,
    encoding: {
      ...across(titles.confidence),
      y: { field: "share", type: "quantitative", axis: { ...axis(titles.share), ...Y_AXIS, tickCount: 3 } },
      y2: { datum: 0 },
      ...TIP,
    },
    data: { name: "bins" },
    mark: { type: "rect", fill: token("soft"), stroke: token("ground"), strokeWidth: 1 },
  } as Panel;
}
