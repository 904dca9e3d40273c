import { crossMark, type Panel, ROW_COLOUR } from "./chart.ts";
import { epochDomain, epochTicks, type LossScale } from "./scales.ts";
import { token } from "./palette.ts";

export interface CurvePanelOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly epoch: string;
  readonly scale: LossScale;
  /** The last epoch of any run; the axis ends a little after it. */
  readonly lastEpoch: number;
  /** Of the plot without its axes, in pixels; on a page its place decides instead. */
  readonly width: number;
  readonly height: number;
  /** Whether values are shares, shown in percent. */
  readonly percent?: boolean;
  /** Below the chart: which colour is whose, and what a dashed line is; none where the page has its own. */
  readonly legend?: CurveLegend | undefined;
  /** Whether its axes change on a page, which sets what they show. */
  readonly interactive?: boolean;
}

export interface CurveLegend {
  readonly trials: readonly { readonly label: string; readonly colour: string }[];
  /** What a dashed and what an unbroken line is; none where there is one kind of line. */
  readonly lines?: readonly [dashed: string, unbroken: string] | undefined;
}

/** Points are marked while they can be told apart. */
const MAX_MARKED_EPOCHS = 25;
const DASH = [5, 3];

/**
 * Metrics against epoch. Data sources: `others` of joinedLines(), `bands` (key, x, low, high, colour), `lines` (key, x, y, width, colour,
 * dashed, opacity) and `crosses` (x, colour), which stand at the upper edge: a trial that diverged has no value there.
 */
export function curvePanel(options: CurvePanelOptions): Panel {
  const { title, subtitle, epoch, scale, lastEpoch, width, height, legend } = options;
  const { percent = false, interactive = false } = options;
  const epochs = epochTicks(lastEpoch);
  const epochAxis = { title: epoch, grid: false, labelFlush: false };
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    width,
    height,
    encoding: {
      x: {
        field: "x",
        type: "quantitative",
        scale: {
          type: "linear",
          domain: interactive ? [0, 1] : [...epochDomain(lastEpoch)],
          nice: false,
          zero: false,
        },
        axis: interactive ? epochAxis : { ...epochAxis, values: epochs, tickCount: epochs.length },
      },
      y: {
        type: "quantitative",
        scale: {
          type: scale.type,
          domain: [...scale.domain],
          nice: false,
          ...(scale.type === "log" ? {} : { zero: false }),
        },
        axis: {
          title: null,
          domain: false,
          format: percent ? "~%" : "~g",
          ticks: false,
          ...(interactive
            ? { tickCount: 6, gridOpacity: { condition: { test: "datum.label === ''", value: 0 }, value: 1 } }
            : { values: [...scale.ticks], tickCount: scale.ticks.length }),
          minExtent: 40,
          maxExtent: 40,
        },
      },
    },
    layer: [
      {
        data: { name: "others" },
        mark: {
          type: "line",
          clip: true,
          strokeJoin: "round",
          strokeWidth: 1,
          stroke: token("muted"),
        },
        // In the order of the rows: Vega-Lite would sort the points of all trials by x.
        encoding: { y: { field: "y" }, order: { value: null }, ...(legend ? legendChannels(legend) : {}) },
      },
      // A line of one point would not be seen.
      ...(lastEpoch > 1 ? [] : [{
        data: { name: "others" },
        mark: { type: "point", clip: true, size: 25, filled: true, opacity: 1, color: token("muted") },
        encoding: { y: { field: "y" } },
      }]),
      {
        data: { name: "bands" },
        mark: { type: "area", clip: true, opacity: 0.18, line: false },
        encoding: { y: { field: "low" }, y2: { field: "high" }, detail: { field: "key" }, fill: ROW_COLOUR },
      },
      {
        data: { name: "lines" },
        mark: { type: "line", clip: true, strokeJoin: "round" },
        encoding: {
          y: { field: "y" },
          detail: { field: "key" },
          strokeWidth: { field: "width", type: "quantitative", scale: null },
          strokeOpacity: { field: "opacity", type: "quantitative", scale: null },
          strokeDash: { condition: { test: "datum.dashed", value: DASH }, value: [1, 0] },
          stroke: ROW_COLOUR,
        },
      },
      ...(lastEpoch > MAX_MARKED_EPOCHS ? [] : [{
        data: { name: "lines" },
        // Vega-Lite gives a legend the opacity of the marks, which its rows have here.
        mark: { type: "point", clip: true, size: interactive ? 34 : 26, strokeWidth: 1.25, opacity: 1 },
        encoding: {
          y: { field: "y" },
          stroke: ROW_COLOUR,
          // Hollow where the line is dashed: also a line of one point tells which it is.
          fill: { condition: { test: "datum.dashed", value: token("ground") }, ...ROW_COLOUR },
          opacity: { field: "opacity", type: "quantitative", scale: null },
        },
      }]),
      { data: { name: "crosses" }, mark: crossMark(60), encoding: { y: { value: 7 }, fill: ROW_COLOUR } },
    ],
  } as Panel;
}

/**
 * Lines that look alike as the rows of one that is broken between them: for each line that is told apart Vega opens a flow of its own. Of 200
 * in each of two panels these take half of the figure's time.
 */
export function joinedLines(
  lines: readonly (readonly { readonly x: number; readonly y: number }[])[],
): { x: number; y: number | null }[] {
  return lines.flatMap((points) =>
    points.length === 0
      ? []
      : [...points.map(({ x, y }) => ({ x, y })), { x: points[points.length - 1].x, y: null }]
  );
}

function legendChannels({ trials, lines }: CurveLegend) {
  const legend = {
    title: null,
    orient: "bottom",
    direction: "vertical",
    symbolType: "stroke",
  };
  return {
    stroke: {
      datum: trials.at(-1)?.label,
      type: "nominal",
      scale: { domain: trials.map(({ label }) => label), range: trials.map(({ colour }) => colour) },
      // A single trial needs no name.
      legend: trials.length > 1 ? { ...legend, columns: 1 } : null,
    },
    ...(lines === undefined ? {} : {
      strokeDash: {
        datum: lines[1],
        type: "nominal",
        scale: { domain: [...lines], range: [DASH, [1, 0]] },
        legend: { ...legend, columns: 2, symbolStrokeColor: token("ink") },
      },
    }),
  };
}
