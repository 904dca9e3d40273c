import type { TopLevelSpec } from "vega-lite";
import type { LossScale } from "./loss_scale.ts";
import type { CurvePoint } from "./mean_curves.ts";
import { MUTED, PALETTE, SOFT_TEXT } from "./theme.ts";
import { epochTicks } from "./ticks.ts";

/** One of the charts that stand side by side. */
export type Panel = Extract<TopLevelSpec, { hconcat: unknown }>["hconcat"][number];
type Layer = Extract<Panel, { layer: unknown }>["layer"][number];

/** A line of losses by epoch. */
export interface Line {
  /** What the legend says of it. */
  readonly label: string;
  readonly points: readonly CurvePoint[];
  /** Pixels. */
  readonly thickness: number;
}

/** What a panel shows. */
export interface PanelContent {
  readonly title: string;
  /** The most important first: it is drawn on top. */
  readonly lines: readonly Line[];
  /** Lines in grey behind those, which share the legend's last label. */
  readonly muted: readonly (readonly CurvePoint[])[];
  /** Whether the loss axis has its labels, which panels on its right share. */
  readonly labelled: boolean;
}

/** What the panels of a figure have in common. */
export interface PanelFrame {
  /** Labels in the order of the palette's colours; what comes after those is grey. */
  readonly legend: readonly string[];
  readonly legendColumns: number;
  readonly scale: LossScale;
  readonly lastEpoch: number;
  /** Epochs at which a trial diverged. */
  readonly crosses: readonly number[];
  /** Pixels. */
  readonly width: number;
}

const HEIGHT = 270;
/** A fixed room for the loss axis keeps the figure's width, whatever the labels. */
const AXIS_ROOM = 40;
/** Points are marked while they can be told apart. */
const MAX_MARKED_EPOCHS = 25;

/** Loss against epoch as one vega-lite chart. */
export function lossPanel({ title, lines, muted, labelled }: PanelContent, frame: PanelFrame): Panel {
  const { scale, lastEpoch, crosses } = frame;
  // Wide enough that the last epoch's label stays within the frame.
  const margin = lastEpoch === 1 ? 0.5 : (lastEpoch - 1) * 0.045;
  const epochs = epochTicks(lastEpoch);
  const layers = lines.map((line) => lineLayer(line, frame)).reverse();
  if (muted.length > 0) layers.unshift(mutedLayer(muted, frame));
  if (crosses.length > 0) layers.push(crossLayer(crosses));
  return {
    title: crosses.length > 0 ? { text: title, subtitle: "\u2715 a run diverged" } : title,
    width: frame.width,
    height: HEIGHT,
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        scale: { domain: [1 - margin, lastEpoch + margin], nice: false, zero: false },
        axis: { title: "epoch", grid: false, labelFlush: false, values: epochs, tickCount: epochs.length },
      },
      y: {
        field: "loss",
        type: "quantitative",
        scale: { type: scale.type, domain: [...scale.domain], nice: false },
        axis: {
          title: null,
          domain: false,
          format: "~g",
          ticks: false,
          values: [...scale.ticks],
          tickCount: scale.ticks.length,
          labels: labelled,
          minExtent: labelled ? AXIS_ROOM : 0,
          maxExtent: labelled ? AXIS_ROOM : 0,
        },
      },
    },
    layer: layers,
  };
}

function lineLayer({ label, points, thickness }: Line, frame: PanelFrame): Layer {
  return {
    data: { values: points.map((point) => place(point, frame)) },
    mark: {
      type: "line",
      clip: true,
      strokeJoin: "round",
      strokeWidth: thickness,
      point: frame.lastEpoch <= MAX_MARKED_EPOCHS
        ? { size: 15 + 9 * thickness, filled: true, opacity: 1 }
        : false,
    },
    encoding: { color: legendColor(label, frame) },
  };
}

/** All grey lines as one layer, which is many times faster than a layer each. */
function mutedLayer(lines: readonly (readonly CurvePoint[])[], frame: PanelFrame): Layer {
  return {
    data: {
      values: lines.flatMap((points, line) => points.map((point) => ({ line, ...place(point, frame) }))),
    },
    mark: {
      type: "line",
      clip: true,
      strokeJoin: "round",
      strokeWidth: 1,
      // A line of one point would not be seen.
      point: frame.lastEpoch === 1 ? { size: 25, filled: true, opacity: 1 } : false,
    },
    encoding: { detail: { field: "line" }, color: legendColor(frame.legend[frame.legend.length - 1], frame) },
  };
}

/** A loss of exactly 0 has no place on a logarithmic axis but its lower end. */
function place({ epoch, loss }: CurvePoint, { scale }: PanelFrame): CurvePoint {
  return { epoch, loss: Math.max(loss, scale.domain[0]) };
}

function legendColor(label: string, { legend, legendColumns }: PanelFrame) {
  return {
    datum: label,
    type: "nominal",
    scale: { domain: [...legend], range: legend.map((_, i) => i < PALETTE.length ? PALETTE[i] : MUTED) },
    legend: {
      title: null,
      orient: "bottom",
      direction: "vertical",
      columns: legendColumns,
      symbolType: "stroke",
    },
  } as const;
}

/** Crosses along the frame's top. */
function crossLayer(epochs: readonly number[]): Layer {
  return {
    data: { values: epochs.map((epoch) => ({ epoch })) },
    mark: { type: "point", shape: "cross", angle: 45, size: 60, filled: true, color: SOFT_TEXT, opacity: 1 },
    encoding: { y: { value: 7 } },
  };
}
