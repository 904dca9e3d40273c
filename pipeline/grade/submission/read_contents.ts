import { parse } from "csv-parse/sync";
import type { CsvTable, SubmittedArray, SubmittedArrays } from "../../../src/grade/submission.ts";
import type { SubmissionLimits } from "./handed_in.ts";
import type { NpyArray } from "../../../src/numpy/npy.ts";
import { readNpz } from "../../../src/numpy/npz.ts";

const MAX_COLUMNS = 64;
const MAX_ROW_CHARACTERS = 4096;

/**
 * Reads a CSV file as text cells, without the spaces around them.
 * @throws SyntaxError that says what is wrong, with the line
 */
export function readCsv(text: string, { csvRows }: SubmissionLimits): CsvTable {
  const [header = [], ...rows] = parseRows(text, csvRows + 2);
  if (header.length === 0) throw new SyntaxError("is empty; it must have a header");
  if (header.length > MAX_COLUMNS) {
    throw new SyntaxError(`must have at most ${MAX_COLUMNS} columns, found ${header.length}`);
  }
  if (rows.length > csvRows) throw new SyntaxError(`must have at most ${csvRows} rows, found more`);
  return { header, rows };
}

function parseRows(text: string, to: number): string[][] {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW_CHARACTERS,
      to,
    });
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** NumPy's names of the types, by the typed array that holds them. */
const TYPES: Readonly<Record<string, string>> = {
  Float32Array: "<f4",
  Float64Array: "<f8",
  Int8Array: "|i1",
  Uint8Array: "|u1",
  Int16Array: "<i2",
  Uint16Array: "<u2",
  Int32Array: "<i4",
  Uint32Array: "<u4",
  BigInt64Array: "<i8",
  BigUint64Array: "<u8",
};

/**
 * Reads the arrays of an `.npz`, widened to float64. Pickled objects are refused, never read.
 * @throws SyntaxError that says which array is not as it must be
 */
export function readArrays(bytes: Uint8Array, { npzBytes }: SubmissionLimits): SubmittedArrays {
  const arrays = readNpz(bytes, { bytes: npzBytes });
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, widen(array)]));
}

function widen({ shape, data }: NpyArray): SubmittedArray {
  const wide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  return {
    shape,
    data: wide ? Float64Array.from(data, Number) : new Float64Array(data),
    dtype: TYPES[data[Symbol.toStringTag]],
  };
}
