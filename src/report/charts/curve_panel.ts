import type { Layer, Panel } from "./chart.ts";
import { epochTicks, type LossScale } from "./scales.ts";
import { token } from "./palette.ts";

/** What a panel of learning curves looks like; its lines are data: see curveRows(). */
export interface CurvePanelOptions {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly epoch: string;
  readonly scale: LossScale;
  readonly logEpochs?: boolean;
  /** The last epoch of any run; the axis ends a little after it. */
  readonly lastEpoch: number;
  /** Of the plot without its axes, in pixels; on a page its place decides instead. */
  readonly width: number;
  readonly height: number;
  /** Whether values are shares, shown in percent. */
  readonly percent?: boolean;
  /** Labels and colours of a legend below; none where the page has its own. */
  readonly legend?: {
    readonly labels: readonly string[];
    readonly colours: readonly string[];
    readonly columns: number;
  } | undefined;
  /** Whether it can be moved and zoomed, and tells of what is pointed at. */
  readonly interactive?: boolean;
}

/** Points are marked while they can be told apart. */
const MAX_MARKED_EPOCHS = 25;

/**
 * A metric against epoch. Data sources: `others` (trial, epoch, mean), `bands` (key, epoch, low, high, colour), `lines` (key, epoch,
 * mean, width, colour) and `crosses` (epoch); on a page all but the bands have a `tip` too.
 */
export function curvePanel(options: CurvePanelOptions): Panel {
  const { title, subtitle, scale, lastEpoch, logEpochs = false, percent = false, interactive = false } =
    options;
  // Wide enough that the last epoch's label stays within the frame.
  const margin = lastEpoch === 1 ? 0.5 : (lastEpoch - 1) * 0.045;
  const epochs = epochTicks(lastEpoch);
  const domain = logEpochs ? [0.95, lastEpoch * 1.06] : [1 - margin, lastEpoch + margin];
  return {
    title: subtitle === undefined ? title : { text: title, subtitle },
    width: options.width,
    height: options.height,
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        scale: {
          type: logEpochs ? "log" : "linear",
          domain,
          nice: false,
          ...(logEpochs ? {} : { zero: false }),
        },
        axis: interactive
          ? { title: options.epoch, grid: false, labelFlush: false, format: "~r", tickMinStep: 1 }
          : {
            title: options.epoch,
            grid: false,
            labelFlush: false,
            values: epochs,
            tickCount: epochs.length,
          },
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
      othersLayer(options),
      bandLayer(),
      lineLayer(),
      ...(interactive ? [touchLayer("others"), touchLayer("lines")] : []),
      pointLayer(options),
      crossLayer(options),
    ],
  };
}

function othersLayer({ lastEpoch, interactive, legend }: CurvePanelOptions): Layer {
  return {
    data: { name: "others" },
    ...(interactive
      ? {
        params: [{
          name: "grid",
          select: {
            type: "interval",
            zoom: "wheel![event.ctrlKey || event.metaKey]",
            translate: "[pointerdown[event.pointerType === 'mouse'], window:pointerup] > window:pointermove!",
          },
          bind: "scales",
        }],
      }
      : {}),
    mark: {
      type: "line",
      clip: true,
      strokeJoin: "round",
      strokeWidth: 1,
      stroke: token("muted"),
      // A line of one point would not be seen.
      point: lastEpoch === 1 ? { size: 25, filled: true, opacity: 1, color: token("muted") } : false,
    },
    encoding: {
      y: { field: "mean" },
      detail: { field: "trial" },
      ...(legend ? { stroke: legendChannel(legend) } : {}),
    },
  } as Layer;
}

function bandLayer(): Layer {
  return {
    data: { name: "bands" },
    mark: { type: "area", clip: true, opacity: 0.22, line: false },
    encoding: {
      y: { field: "low" },
      y2: { field: "high" },
      detail: { field: "key" },
      fill: { field: "colour", type: "nominal", scale: null },
    },
  };
}

function lineLayer(): Layer {
  return {
    data: { name: "lines" },
    mark: { type: "line", clip: true, strokeJoin: "round" },
    encoding: {
      y: { field: "mean" },
      detail: { field: "key" },
      strokeWidth: { field: "width", type: "quantitative", scale: null },
      stroke: { field: "colour", type: "nominal", scale: null },
    },
  };
}

/** The same lines, unseen and wide enough to be pointed at. */
export function touchLayer(name: string, y = "mean"): Layer {
  return {
    data: { name },
    mark: {
      type: "line",
      clip: true,
      strokeWidth: 9,
      strokeOpacity: 0,
      stroke: token("muted"),
      cursor: "pointer",
    },
    encoding: { y: { field: y }, detail: { field: "trial" }, order: { value: 0 }, tooltip: { field: "tip" } },
  } as Layer;
}

function pointLayer({ lastEpoch, interactive }: CurvePanelOptions): Layer {
  const marked = lastEpoch <= MAX_MARKED_EPOCHS;
  return {
    data: { name: "lines" },
    mark: { type: "point", clip: true, filled: true, size: interactive ? 45 : 26, opacity: marked ? 1 : 0 },
    encoding: {
      y: { field: "mean" },
      fill: { field: "colour", type: "nominal", scale: null },
      ...(interactive ? { tooltip: { field: "tip" } } : {}),
    },
  } as Layer;
}

/** Crosses along the frame's edge, on the side of the bad values: the top of a loss, the bottom of an accuracy. */
function crossLayer({ interactive, percent }: CurvePanelOptions): Layer {
  return {
    data: { name: "crosses" },
    mark: {
      type: "point",
      shape: "cross",
      angle: 45,
      size: 60,
      filled: true,
      color: token("bad"),
      opacity: 1,
      ...(percent ? { yOffset: -7 } : {}),
    },
    encoding: {
      y: { value: percent ? "height" : 7 },
      ...(interactive ? { tooltip: { field: "tip" } } : {}),
    },
  } as Layer;
}

function legendChannel({ labels, colours, columns }: NonNullable<CurvePanelOptions["legend"]>) {
  return {
    datum: labels[labels.length - 1],
    type: "nominal",
    scale: { domain: [...labels], range: [...colours] },
    legend: { title: null, orient: "bottom", direction: "vertical", columns, symbolType: "stroke" },
  };
}
