import type { Messages } from "../messages/en.ts";
import { type Panel, ROW_COLOUR, tooltip } from "./chart.ts";

const HEIGHT = 160;

/** The signal at whose value, or below, the axis of magnitudes says 0: no logarithm has a place for it. */
export const ZERO_TICK = "zeroTick";

/** Both axes get their ends and ticks with the rows: those of the trial that is shown. */
const PLACEHOLDER = { domain: [1, 2], nice: false, zero: false };
const TICKS = [1, 2];

/**
 * A magnitude by epoch on a logarithmic axis. Data sources: `cells` (left, right, low, high, opacity, tip), a histogram standing in each
 * epoch; `bands` (band, epoch, low, high, opacity), between quantiles; `lines` (layer, epoch, value, colour, tip).
 */
export function magnitudePanel(t: Messages): Panel {
  const y = {
    type: "quantitative",
    scale: { ...PLACEHOLDER, type: "log", zero: undefined },
    axis: {
      title: null,
      domain: false,
      ticks: false,
      labelExpr: `datum.value <= ${ZERO_TICK} ? "0" : format(datum.value, ".0e")`,
      values: TICKS,
      minExtent: 40,
      maxExtent: 40,
    },
  };
  const ends = { y: { ...y, field: "low" }, y2: { field: "high" } };
  const colour = "token:c0";
  return panel([
    {
      data: { name: "cells" },
      mark: { type: "rect", clip: true, color: colour },
      encoding: {
        x: { ...epochAxis(t), field: "left" },
        x2: { field: "right" },
        ...ends,
        fillOpacity: { field: "opacity", type: "quantitative", scale: null },
        ...tooltip(true),
      },
    },
    {
      data: { name: "bands" },
      mark: { type: "area", clip: true, color: colour },
      encoding: {
        x: { ...epochAxis(t), field: "epoch" },
        ...ends,
        detail: { field: "band" },
        fillOpacity: { field: "opacity", type: "quantitative", scale: null },
      },
    },
    ...lines(t, y),
  ]);
}

/** A share by epoch. Data source `lines`, as of magnitudePanel(). */
export function sharePanel(t: Messages): Panel {
  const y = {
    type: "quantitative",
    scale: PLACEHOLDER,
    axis: {
      title: null,
      domain: false,
      ticks: false,
      format: "~%",
      values: TICKS,
      minExtent: 40,
      maxExtent: 40,
    },
  };
  return panel(lines(t, y));
}

function panel(layer: readonly object[]): Panel {
  return { height: HEIGHT, params: [{ name: ZERO_TICK, value: 0 }], layer } as unknown as Panel;
}

function epochAxis(t: Messages) {
  return {
    type: "quantitative",
    scale: PLACEHOLDER,
    axis: { title: t.epoch, grid: false, labelFlush: false, values: TICKS },
  };
}

function lines(t: Messages, y: object): object[] {
  const x = { ...epochAxis(t), field: "epoch" };
  return [
    {
      data: { name: "lines" },
      mark: { type: "line", clip: true, strokeWidth: 2, strokeJoin: "round" },
      encoding: { x, y: { ...y, field: "value" }, detail: { field: "layer" }, stroke: ROW_COLOUR },
    },
    {
      data: { name: "lines" },
      mark: { type: "point", filled: true, clip: true, size: 28, opacity: 1 },
      encoding: { x, y: { ...y, field: "value" }, fill: ROW_COLOUR, ...tooltip(true) },
    },
  ];
}
