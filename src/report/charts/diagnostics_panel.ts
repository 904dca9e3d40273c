import type { Messages } from "../messages/en.ts";
import { sample } from "../../analysis/lists.ts";
import { figure, type FilledPanel, type Panel, ROW_COLOUR } from "./chart.ts";
import { trialColour } from "./palette.ts";
import { epochTicks, exponent } from "./scales.ts";
import type { TopLevelSpec } from "vega-lite";
import type { DiagnosticsRow } from "../../tables/diagnostics_csv.ts";
import type { ReportModel } from "../report_model.ts";
import { type Flow, FLOWS, layerName } from "../sections/flows.ts";

interface DiagnosticsFrame {
  readonly t: Messages;
  /** The magnitudes' axis, of both ends above 0. */
  readonly domain: readonly [low: number, high: number];
  /** The last epoch of any of the runs; the axis starts at epoch 0. */
  readonly lastEpoch: number;
  /** Of the plot without its axes, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly title: { readonly text: string; readonly subtitle: string };
}

/** Epochs a line: more could not be told apart. */
const MAX_EPOCHS = 60;

/** Magnitudes by epoch on a logarithmic axis, a line and a band a layer, and a legend of the layers that the run has. */
function diagnosticsPanel(
  flow: Flow,
  rows: readonly DiagnosticsRow[],
  frame: DiagnosticsFrame,
): FilledPanel {
  const { t, domain, lastEpoch, width, height, title } = frame;
  const layers = layerCount(rows);
  const labels = Array.from({ length: layers }, (_, i) => layerName(i + 1, layers, t));
  const margin = Math.max(0.3, lastEpoch * 0.04);
  const ticks = [0, ...epochTicks(lastEpoch)];
  const colour = {
    field: "label",
    type: "nominal",
    scale: { domain: labels, range: labels.map((_, i) => trialColour(i)) },
    legend: { orient: "bottom", direction: "horizontal", columns: 5, symbolType: "stroke" },
  };
  const panel = {
    title,
    width,
    height,
    encoding: {
      x: {
        field: "epoch",
        type: "quantitative",
        scale: { domain: [-margin, lastEpoch + margin], nice: false, zero: false },
        axis: { title: t.epoch, grid: false, labelFlush: false, values: ticks, tickCount: ticks.length },
      },
      y: {
        type: "quantitative",
        scale: { type: "log", domain: [...domain], nice: false },
        axis: {
          title: null,
          domain: false,
          ticks: false,
          format: ".0e",
          values: powersOfTen(domain),
          minExtent: 40,
          maxExtent: 40,
        },
      },
    },
    layer: [
      {
        data: { name: "bands" },
        mark: { type: "area", clip: true, opacity: 0.2 },
        encoding: {
          y: { field: "low" },
          y2: { field: "high" },
          detail: { field: "layer" },
          fill: ROW_COLOUR,
        },
      },
      {
        data: { name: "lines" },
        mark: { type: "line", clip: true, strokeWidth: 2, strokeJoin: "round" },
        encoding: { y: { field: "median" }, detail: { field: "layer" }, stroke: colour },
      },
      {
        data: { name: "lines" },
        mark: { type: "point", filled: true, clip: true, size: 32, opacity: lastEpoch <= 25 ? 1 : 0 },
        encoding: { y: { field: "median" }, fill: ROW_COLOUR },
      },
    ],
  } as Panel;
  return { panel, data: diagnosticsData(flow, rows, frame) };
}

/** The deepest layer's number. */
function layerCount(rows: readonly DiagnosticsRow[]): number {
  return rows.reduce((most, { layer }) => Math.max(most, layer), 0);
}

function diagnosticsData(
  flow: Flow,
  rows: readonly DiagnosticsRow[],
  { t, domain: [low, high] }: Pick<DiagnosticsFrame, "t" | "domain">,
): { lines: object[]; bands: object[] } {
  const layers = layerCount(rows);
  const epochs = new Set(sample([...new Set(rows.map(({ epoch }) => epoch))], MAX_EPOCHS));
  const clamp = (value: number | null) => Math.min(high, Math.max(low, value ?? low));
  const drawn = rows.filter(({ epoch }) => epochs.has(epoch)).map((row) => ({
    layer: row.layer,
    label: layerName(row.layer, layers, t),
    colour: trialColour(row.layer - 1),
    epoch: row.epoch,
    median: clamp(row[`${flow}_p50`]),
    low: clamp(row[`${flow}_p25`]),
    high: clamp(row[`${flow}_p75`]),
  }));
  return {
    lines: drawn.map(({ low: _low, high: _high, ...row }) => row),
    bands: drawn.map(({ layer, colour, epoch, low, high }) => ({ layer, colour, epoch, low, high })),
  };
}

/** An axis on which all medians of a flow lie: powers of ten. */
function magnitudeDomain(flow: Flow, rows: Iterable<DiagnosticsRow>): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const row of rows) {
    const median = row[`${flow}_p50`] ?? 0;
    if (median === 0) continue;
    low = Math.min(low, median);
    high = Math.max(high, median);
  }
  if (high === 0) return [1e-3, 1];
  // With room for the bands.
  return [Number(`1e${exponent(low / 3)}`), Number(`1e${exponent(high * 3) + 1}`)];
}

function powersOfTen([low, high]: readonly [number, number]): number[] {
  const [first, last] = [exponent(low), exponent(high)];
  const every = Math.ceil((last - first) / 8);
  const powers: number[] = [];
  for (let power = first; power <= last; power += every) powers.push(Number(`1e${power}`));
  return powers;
}

export interface DiagnosedRun {
  /** Stands above both of its panels, as `trial 3`. */
  readonly title: string;
  readonly rows: readonly DiagnosticsRow[];
}

/** Activations on the left and gradients on the right, a row of panels a run, all on one scale. */
export function diagnosticsFigure({ t }: ReportModel, runs: readonly DiagnosedRun[]): TopLevelSpec {
  const all = runs.flatMap(({ rows }) => rows);
  const lastEpoch = all.reduce((last, { epoch }) => Math.max(last, epoch), 1);
  const frame = { t, lastEpoch, width: 310, height: 200 };
  const panels = runs.flatMap(({ title: subtitle, rows }) =>
    FLOWS.map((flow) => {
      const title = { text: t.diagnostics[flow], subtitle };
      return diagnosticsPanel(flow, rows, { ...frame, domain: magnitudeDomain(flow, all), title });
    })
  );
  const description = t.diagnostics.alt(runs.map(({ title }) => title).join(t.comma));
  return {
    ...figure(panels, { description, columns: 2 }),
    // A run may have fewer layers than another.
    resolve: { scale: { stroke: "independent" }, legend: { stroke: "independent" } },
  };
}
