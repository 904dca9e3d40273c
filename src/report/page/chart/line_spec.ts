import { joinedLines } from "../../charts/curve_panel.ts";
import type { Axis } from "./axis.ts";
import type { Rows, Signals } from "./chart_view.ts";
import type { VegaSpec } from "./vega_spec.ts";
import type { Axes, Cross, Trace } from "./trace.ts";

/** An axis of x with what stands beside it. */
export interface TitledAxis extends Axis {
  readonly title: string;
  /** Whether only whole numbers mean something on it. */
  readonly whole: boolean;
}

/** The specification of a line chart with other axes: what they show are signals, so that it can change while the chart stands. */
export function lineSpec(
  spec: VegaSpec,
  { x, y }: { x: Pick<TitledAxis, "type" | "title" | "whole">; y: Pick<Axis, "type"> },
): VegaSpec {
  const types: Readonly<Record<string, Axis["type"]>> = { x: x.type, y: y.type };
  const { signals = [], scales = [], axes = [] } = spec;
  return {
    ...spec,
    signals: [...signals, ...["x", "y"].map((name) => ({ name: `${name}_domain`, value: [1, 2] }))],
    scales: scales.map((scale) => {
      const { name } = scale;
      if (!Object.hasOwn(types, name)) return scale;
      return { ...scale, type: types[name], domain: { signal: `${name}_domain` }, nice: false, zero: false };
    }),
    axes: axes.map((axis) => {
      const { scale, grid } = axis;
      const labelOverlap = types[scale] === "log" ? "greedy" : true;
      if (scale !== "x" || grid === true) return { ...axis, labelOverlap };
      return {
        ...axis,
        labelOverlap,
        labelSeparation: 8,
        title: x.title,
        format: ",~r",
        tickMinStep: x.whole ? 1 : 0,
      };
    }),
  };
}

/** What the axes show. */
export function domainSignals({ x, y }: Axes): Signals {
  return { x_domain: [...x.domain], y_domain: [...y.domain] };
}

/** The rows of lines in grey. @param y the type of the axis of values: a logarithmic one has no place for 0 */
export function greyRows(traces: readonly Trace[], y: Axis["type"]): Rows[string] {
  return joinedLines(traces.map(({ points }) => points.filter((point) => y === "linear" || point.y > 0)));
}

/** The rows of the lines in colour and of their bands, the one that is pointed at thicker than the others. */
export function traceRows(
  traces: readonly Trace[],
  { y: type, pointed }: { y: Axis["type"]; pointed: number | null },
): Pick<Rows, "lines" | "bands"> {
  const lines: object[] = [];
  const bands: object[] = [];
  const fades = traces.some(({ trial }) => trial === pointed);
  // What is pointed at is drawn last, on top.
  const inOrder = traces.toSorted((a, b) => Number(a.trial === pointed) - Number(b.trial === pointed));
  for (const { trial, colour, dashed, points } of inOrder) {
    const key = `${trial}${dashed ? "-" : ""}`;
    const isPointed = trial === pointed;
    const opacity = fades && !isPointed ? 0.35 : 1;
    const width = (dashed ? 1.5 : 2.25) + (isPointed ? 1 : 0);
    for (const { x, y, low, high } of points) {
      if (type === "log" && !(y > 0)) continue;
      lines.push({ key, x, y, width, colour, dashed, opacity });
      if (low === undefined || high === undefined) continue;
      bands.push({ key, x, low: type === "log" && low <= 0 ? y : low, high, colour });
    }
  }
  return { lines, bands };
}

export function crossRows(crosses: readonly Cross[]): Rows[string] {
  return crosses.map(({ x, colour }) => ({ x, colour: colour ?? "token:bad" }));
}
