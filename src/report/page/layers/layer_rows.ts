import { trialColour } from "../../charts/palette.ts";
import { ZERO_TICK } from "../../charts/layer_panels.ts";
import { epochTicks, exponent } from "../../charts/scales.ts";
import type { Messages } from "../../messages/en.ts";
import { withEnds } from "../chart/axis_ends.ts";
import type { Rows } from "../chart/chart_view.ts";
import type { VegaSpec } from "../chart/vega_spec.ts";
import { type Flow, formatMeasure, layerName } from "../../sections/flows.ts";
import { decodeLayer, type LayerValues } from "./layer_values.ts";
import type { LayerFlows } from "./layers_part.ts";

/** What flowed through a run's layers, read from its codes. */
export interface ReadFlows {
  readonly epochs: readonly number[];
  /** By layer, then by epoch. */
  readonly layers: readonly (readonly LayerValues[])[];
}

export function readFlows({ epochs, codes }: LayerFlows): ReadFlows {
  return { epochs, layers: codes.map((layer) => layer.map(decodeLayer)) };
}

export const LINES = ["activation", "gradient", "saturated"] as const;
export type Line = (typeof LINES)[number];

/** The ends of an axis and its ticks. */
export interface LayerAxis {
  readonly domain: readonly [low: number, high: number];
  readonly values: readonly number[];
  /** Of magnitudes of which some are 0: the strip below the logarithmic axis where those are drawn, and the tick in its middle. */
  readonly zero?: { readonly low: number; readonly high: number; readonly tick: number };
}

/** The axis of a flow that all layers of a trial share: powers of ten around all that is drawn. */
export function flowAxis({ layers }: ReadFlows, flow: Flow): LayerAxis {
  const values = layers.flat().flatMap((layer) => {
    const { histogram, quantiles } = layer[flow];
    if (histogram === null) return quantiles;
    const { first, shares } = histogram;
    // What is less than a hundredth may lie beyond: it would stretch the axis over many decades.
    const drawn = shares.flatMap((share, i) => share < 0.01 ? [] : [2 ** (first + i), 2 ** (first + i + 1)]);
    return [...drawn, layer[flow].median];
  });
  const axis = magnitudeAxis(values);
  const hasZeros = layers.flat().some((layer) => layer[flow].histogram?.zeros ?? layer[flow].median === 0);
  return hasZeros ? withZero(axis) : axis;
}

function withZero({ domain: [low, high], values }: LayerAxis): LayerAxis {
  const below = (part: number) => low * (high / low) ** -part;
  const zero = { low: below(0.13), high: below(0.03), tick: below(0.08) };
  return { domain: [zero.low, high], values: [zero.tick, ...values], zero };
}

/** The axis of a line for each layer. */
export function lineAxis({ layers }: ReadFlows, line: Line): LayerAxis {
  if (line === "saturated") {
    const most = layers.flat().reduce((top, { saturated }) => Math.max(top, saturated), 0);
    const [top, step] = ([[0.05, 0.01], [0.1, 0.02], [0.25, 0.05], [0.5, 0.1], [1, 0.2]] as const)
      .find(([top]) => most <= top) ?? [1, 0.2];
    const values = Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
    // Room for half a line and its points.
    return { domain: [-0.03 * top, 1.03 * top], values };
  }
  return magnitudeAxis(layers.flat().map((layer) => layer[line].std));
}

function magnitudeAxis(all: readonly number[]): LayerAxis {
  const values = all.filter((value) => value > 0);
  if (values.length === 0) return { domain: [1e-3, 1], values: [1e-3, 1e-2, 1e-1, 1] };
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const first = exponent(low);
  const last = Number(`1e${exponent(high)}`) === high
    ? Math.max(exponent(high), first + 1)
    : exponent(high) + 1;
  const every = Math.ceil((last - first) / 5);
  const powers = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => first + i * every);
  const power = (e: number) => Number(`1e${e}`);
  return { domain: [power(first), power(last)], values: powers.map(power) };
}

export function epochAxis({ epochs }: ReadFlows): LayerAxis {
  const last = Math.max(1, epochs.at(-1) ?? 1);
  return { domain: [-0.5 * step(epochs), last + 0.5 * step(epochs)], values: [0, ...epochTicks(last)] };
}

/** How far apart epochs are that stand side by side. */
function step(epochs: readonly number[]): number {
  return epochs.length < 2 ? 1 : (epochs[epochs.length - 1] - epochs[0]) / (epochs.length - 1);
}

/** A specification with other axes. */
export function withAxes(spec: VegaSpec, { x, y }: Readonly<Record<"x" | "y", LayerAxis>>): VegaSpec {
  const ends = ({ domain, values: ticks }: LayerAxis) => ({ domain, ticks });
  return {
    ...withEnds(spec, { x: ends(x), y: ends(y) }),
    signals: (spec.signals as { name: string; value?: unknown }[]).map((signal) =>
      signal.name === ZERO_TICK ? { ...signal, value: y.zero?.tick ?? 0 } : signal
    ),
  };
}

/** A layer's magnitudes: histograms where there are any, else quantiles; and the median. */
export function flowRows(
  { epochs, layers }: ReadFlows,
  { flow, layer, axis, t }: { flow: Flow; layer: number; axis: LayerAxis; t: Messages },
): Rows {
  const probes = layers[layer] ?? [];
  const { domain: [, top], values, zero } = axis;
  // Where there is a strip for zeros, the axis proper begins at the tick after its own.
  const bottom = zero === undefined ? axis.domain[0] : values[1];
  const clamp = (value: number) =>
    value === 0 && zero !== undefined ? zero.tick : Math.min(top, Math.max(bottom, value));
  const cells: object[] = [];
  const bands: object[] = [];
  const most = probes.flatMap(({ [flow]: { histogram } }) =>
    histogram ? [histogram.zeros, ...histogram.shares] : []
  )
    .reduce((a, b) => Math.max(a, b), 0);
  probes.forEach((probe, i) => {
    const { histogram, quantiles } = probe[flow];
    const epoch = epochs[i];
    if (histogram === null) {
      const [p05, p25, , p75, p95] = quantiles.map(clamp);
      bands.push({ band: 0, epoch, low: p05, high: p95, opacity: 0.18 });
      bands.push({ band: 1, epoch, low: p25, high: p75, opacity: 0.3 });
      return;
    }
    const left = i === 0 ? epoch - step(epochs) / 2 : (epochs[i - 1] + epoch) / 2;
    const right = i === epochs.length - 1 ? epoch + step(epochs) / 2 : (epoch + epochs[i + 1]) / 2;
    const add = ({ low, high }: { low: number; high: number }, share: number, said: string) => {
      if (share === 0) return;
      const tip = `${t.epoch} ${epoch}${t.colon}${said}`;
      cells.push({ left, right, low, high, opacity: 0.06 + 0.84 * share / most, tip });
    };
    if (zero !== undefined) add(zero, histogram.zeros, t.diagnostics.zeros(percent(histogram.zeros)));
    histogram.shares.forEach((share, bin) => {
      const [low, high] = [2 ** (histogram.first + bin), 2 ** (histogram.first + bin + 1)];
      if (high <= bottom || low >= top) return;
      const range = `${formatMeasure(low, 2)}–${formatMeasure(high, 2)}`;
      add({ low: clamp(low), high: clamp(high) }, share, t.diagnostics.inRange(range, percent(share)));
    });
  });
  const lines = probes.map((probe, i) => ({
    layer,
    epoch: epochs[i],
    value: clamp(probe[flow].median),
    colour: "token:ink",
    tip: `${t.epoch} ${epochs[i]}${t.colon}${t.diagnostics.median} ${formatMeasure(probe[flow].median)}`,
  }));
  return { cells, bands, lines };
}

/** A line for each layer; the saturated share of hidden layers only. */
export function lineRows(
  { epochs, layers }: ReadFlows,
  { line, axis: { domain: [bottom, top] }, t }: { line: Line; axis: LayerAxis; t: Messages },
): Rows {
  const drawn = line === "saturated" ? layers.slice(0, -1) : layers;
  const lines = drawn.flatMap((probes, layer) =>
    probes.map((probe, i) => {
      const value = line === "saturated" ? probe.saturated : probe[line].std;
      const text = line === "saturated" ? percent(value) : formatMeasure(value);
      return {
        layer,
        epoch: epochs[i],
        value: Math.min(top, Math.max(bottom, value)),
        colour: trialColour(layer),
        tip: `${layerName(layer + 1, layers.length, t)}${t.comma}${t.epoch} ${epochs[i]}${t.colon}${text}`,
      };
    })
  );
  return line === "saturated" ? { lines } : { cells: [], bands: [], lines };
}

function percent(share: number): string {
  const points = 100 * share;
  return `${points >= 9.95 || points === 0 ? points.toFixed(0) : points.toPrecision(2)}%`;
}
