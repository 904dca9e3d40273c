import type { Config } from "vega-lite";

/** Okabe and Ito's colours, told apart with any colour vision, in the order in which lines take them. */
export const PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00"] as const;

/** For what is there for comparison only. */
export const MUTED = "#C2C6CC";

const TEXT = "#24292F";
/** For text and marks in the second row. */
export const SOFT_TEXT = "#57606A";

/** How all charts look: an opaque ground, so that they read on a light and on a dark page alike. */
export const THEME: Config = {
  background: "#FFFFFF",
  font: "Helvetica, Arial, sans-serif",
  padding: 12,
  view: { stroke: null },
  // Each point would be read out on its own; the chart's description says what it shows.
  mark: { aria: false },
  axis: {
    aria: false,
    domainColor: SOFT_TEXT,
    gridColor: "#EAECEF",
    labelColor: TEXT,
    labelFontSize: 11,
    labelPadding: 5,
    tickColor: SOFT_TEXT,
    tickSize: 4,
    titleColor: SOFT_TEXT,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  legend: {
    aria: false,
    labelColor: TEXT,
    labelFontSize: 11,
    labelLimit: 665,
    rowPadding: 3,
    symbolSize: 300,
    symbolStrokeWidth: 3,
  },
  title: {
    anchor: "start",
    frame: "group",
    color: TEXT,
    fontSize: 13,
    fontWeight: "bold",
    subtitleColor: SOFT_TEXT,
    subtitleFontSize: 11,
    subtitlePadding: 4,
    offset: 8,
  },
};
