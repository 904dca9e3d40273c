import { type Codec, count, metric } from "../text/codecs.ts";
import { columnNames, formatTable, parseSample, parseTable, type Table } from "./table.ts";

/** The quantiles of a distribution of magnitudes: 5, 25, 50, 75 and 95 %. */
export const QUANTILE_NAMES = ["p05", "p25", "p50", "p75", "p95"] as const;
type Quantile = (typeof QUANTILE_NAMES)[number];

/** How many magnitudes lie in each octave, 2^e to 2^(e + 1). */
export interface OctaveCounts {
  /** How many are 0. */
  readonly zeros: number;
  /** The exponent e of the first octave that holds any; 0 where none does. */
  readonly first: number;
  /** From that octave to the last that holds any. */
  readonly counts: readonly number[];
}

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
  /** Null in a file that was written before there were histograms. */
  readonly activation_histogram: OctaveCounts | null;
  readonly gradient_histogram: OctaveCounts | null;
}

/** Of 10,000 epochs and the start, with eight hidden layers and the output. */
const MAX_ROWS = 10_001 * 9;
const ZEROS = "zero:";
const [DIGIT, COLON, SPACE, MINUS] = [..."0: -"].map((character) => character.charCodeAt(0));

/** Counts by exponents, those of 0 left out: `zero:120 -9:3 -8:10`. */
const histogram: Codec<OctaveCounts | null> = {
  expects: "counts by ascending powers of two, as zero:120 -9:3 -8:10, or empty",
  write(value) {
    if (value === null) return "";
    const { zeros, first, counts } = value;
    const pairs = [["zero", zeros] as const, ...counts.map((count, i) => [first + i, count] as const)];
    return pairs.filter(([, count]) => count > 0).map(([place, count]) => `${place}:${count}`).join(" ");
  },
  // By characters, as a report reads thousands of them, of dozens of octaves each.
  read(cell) {
    if (cell === "") return null;
    let place = 0;
    /** The number of up to `most` digits before the character `end`, or the cell's end; NaN where there is none. */
    const number = (end: number, most: number) => {
      const start = place;
      let value = 0;
      while (place < cell.length && cell.charCodeAt(place) !== end) {
        const digit = cell.charCodeAt(place++) - DIGIT;
        if (!(digit >= 0 && digit <= 9)) return NaN;
        value = 10 * value + digit;
      }
      const isNumber = place > start && place - start <= most;
      place++;
      return isNumber ? value : NaN;
    };
    let zeros = 0, first = 0;
    const counts: number[] = [];
    if (cell.startsWith(ZEROS)) {
      place = ZEROS.length;
      zeros = number(SPACE, 10);
      if (!(zeros > 0)) return undefined;
      // A space before the end of the cell has nothing behind it.
      if (place === cell.length) return undefined;
    }
    while (place < cell.length) {
      const sign = cell.charCodeAt(place) === MINUS ? -1 : 1;
      if (sign < 0) place++;
      const exponent = sign * number(COLON, 3);
      if (counts.length === 0) first = exponent;
      const count = number(SPACE, 10);
      if (!(count > 0 && exponent >= first + counts.length) || place === cell.length) return undefined;
      while (counts.length < exponent - first) counts.push(0);
      counts.push(count);
    }
    return { zeros, first, counts };
  },
  absent: null,
};

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
    activation_histogram: histogram,
    gradient_histogram: histogram,
  },
  key: ["epoch", "layer"],
};

export type DiagnosticsColumn = keyof DiagnosticsRow & string;
export const DIAGNOSTICS_COLUMNS: readonly DiagnosticsColumn[] = columnNames(TABLE);

/** Numbers are rounded to five significant digits, which is more than a sample of a few images tells. Throws as formatTable(). */
export function formatDiagnostics(
  rows: readonly DiagnosticsRow[],
  columns: readonly DiagnosticsColumn[] = DIAGNOSTICS_COLUMNS,
): string {
  return formatTable(TABLE, rows.map(rounded), columns);
}

export function parseDiagnostics(text: string): DiagnosticsRow[] {
  return parseTable(TABLE, text, MAX_ROWS);
}

/** What flowed through a run's layers, as it is drawn. */
export interface Diagnostics {
  /** Of all epochs, or of an even sample of them with the first and the last. */
  readonly rows: readonly DiagnosticsRow[];
  /** How many epochs there are in all. */
  readonly epochs: number;
}

/** Several times as many as are drawn of a run. */
const MAX_SAMPLED = 240;

/** Reads as many epochs as can be drawn: of a training of thousands of epochs the others would take longer than all of its report. */
export function sampleDiagnostics(text: string): Diagnostics {
  return diagnosticsOf(text, { open: false });
}

/** As sampleDiagnostics(), but what was measured in a layer is read when it is first asked for: see openTable(). A report shows few epochs of most runs. */
export function openDiagnostics(text: string): Diagnostics {
  return diagnosticsOf(text, { open: true });
}

function diagnosticsOf(text: string, { open }: { open: boolean }): Diagnostics {
  const { rows, values } = parseSample(TABLE, text, { most: MAX_SAMPLED, maxRows: MAX_ROWS, open });
  return { rows, epochs: values };
}

function rounded(row: DiagnosticsRow): DiagnosticsRow {
  const cells = Object.entries(row).map(([name, value]) => [
    name,
    typeof value !== "number" || Number.isInteger(value) ? value : Number(value.toPrecision(5)),
  ]);
  return Object.fromEntries(cells) as DiagnosticsRow;
}
