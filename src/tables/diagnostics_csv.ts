import { count, metric } from "../text/codecs.ts";
import { formatTable, parseTable, type Table } from "./table.ts";

/** The quantiles of a distribution of magnitudes: 5, 25, 50, 75 and 95 %. */
export const QUANTILE_NAMES = ["p05", "p25", "p50", "p75", "p95"] as const;
type Quantile = (typeof QUANTILE_NAMES)[number];

/** One row of a run's `diagnostics.csv`: what flows through a layer, on the same few images each time. */
export interface DiagnosticsRow
  extends Readonly<Record<`${"activation" | "gradient"}_${Quantile}`, number | null>> {
  /** 0 is before training. */
  readonly epoch: number;
  /** From 1, the first hidden layer, to the output. */
  readonly layer: number;
  readonly units: number;
  /** Of a hidden layer's activations, of the output's logits; quantiles are those of the magnitudes. */
  readonly activation_mean: number | null;
  /** Of the same numbers, with their signs; divisor n. */
  readonly activation_std: number | null;
  /** Share of activations at which the activation's derivative is below a twentieth of its largest. */
  readonly saturated: number | null;
  /** Standard deviation of the derivatives of each image's loss by what enters the layer's activation. */
  readonly gradient_std: number | null;
}

/** Of 10,000 epochs and the start, with eight hidden layers and the output. */
const MAX_ROWS = 10_001 * 9;

const TABLE: Table<DiagnosticsRow> = {
  name: "diagnostics.csv",
  columns: {
    epoch: count,
    layer: count,
    units: count,
    activation_mean: metric,
    activation_std: metric,
    activation_p05: metric,
    activation_p25: metric,
    activation_p50: metric,
    activation_p75: metric,
    activation_p95: metric,
    saturated: metric,
    gradient_std: metric,
    gradient_p05: metric,
    gradient_p25: metric,
    gradient_p50: metric,
    gradient_p75: metric,
    gradient_p95: metric,
  },
  key: ["epoch", "layer"],
};

/** Numbers are rounded to five significant digits, which is more than a sample of a few images tells. Throws as formatTable(). */
export function formatDiagnostics(rows: readonly DiagnosticsRow[]): string {
  return formatTable(TABLE, rows.map(rounded));
}

export function parseDiagnostics(text: string): DiagnosticsRow[] {
  return parseTable(TABLE, text, MAX_ROWS);
}

function rounded(row: DiagnosticsRow): DiagnosticsRow {
  const cells = Object.entries(row).map(([name, value]: [string, number | null]) => [
    name,
    value === null || Number.isInteger(value) ? value : Number(value.toPrecision(5)),
  ]);
  return Object.fromEntries(cells) as DiagnosticsRow;
}
