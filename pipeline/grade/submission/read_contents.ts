import { CsvError } from "csv-parse/sync";
import { decodeText, separatorOf } from "../../../src/data/files/csv_dataset.ts";
import { DataFileError } from "../../../src/data/data_file_error.ts";
import { FaultError } from "../../../src/grade/fault.ts";
import type { CsvTable, SubmittedArray, SubmittedArrays } from "../../../src/grade/submission.ts";
import { type CellRow, parseCells } from "../read_cells.ts";
import type { SubmissionLimits } from "./handed_in.ts";
import type { NpyArray } from "../../../src/numpy/npy.ts";
import { NpyError } from "../../../src/numpy/npy_error.ts";
import { readNpz } from "../../../src/numpy/npz.ts";

const MAX_COLUMNS = 64;
const MAX_ROW_CHARACTERS = 4096;

/**
 * Reads a CSV file as text cells, without the spaces around them, in whichever encoding and with whichever separator a spreadsheet writes it:
 * UTF-8, UTF-16 or Shift_JIS; comma, semicolon or tab. After semicolons a decimal comma is a point.
 * @throws FaultError that says what is wrong, with the line
 */
export function readCsv(bytes: Uint8Array, { csvRows }: SubmissionLimits): CsvTable {
  const text = textOf(bytes);
  const separator = separatorOf(text);
  const records = parseRows(text, { separator, to: csvRows + 2 });
  if (records.length === 0) throw new FaultError(["csvEmpty"]);
  const [{ cells: header }, ...rows] = records;
  if (header.length > MAX_COLUMNS) throw new FaultError(["csvColumns", MAX_COLUMNS, header.length]);
  if (rows.length > csvRows) throw new FaultError(["csvRows", csvRows]);
  const lines = records.map(({ line }) => line);
  const uneven = rows.find(({ cells }) => cells.length !== header.length);
  if (uneven !== undefined) {
    throw new FaultError(["csvCells", uneven.line, header.length, uneven.cells.length]);
  }
  return {
    header,
    rows: rows.map(({ cells }) => separator === ";" ? cells.map(withPoint) : cells),
    ...lines.every((line, i) => line === i + 1) ? {} : { lines },
    ...separator === "," ? {} : { separator },
  };
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch (error) {
    if (!(error instanceof DataFileError)) throw error;
    throw new FaultError(["csvNotText"], { cause: error });
  }
}

function withPoint(cell: string): string {
  return /^[+-]?\d*,\d+(?:e[+-]?\d+)?$/i.test(cell) ? cell.replace(",", ".") : cell;
}

function parseRows(text: string, { separator, to }: { separator: string; to: number }): CellRow[] {
  try {
    return parseCells(text, separator, { trim: true, max_record_size: MAX_ROW_CHARACTERS, to });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, lines } = error;
    const long = code === "CSV_MAX_RECORD_SIZE";
    throw new FaultError(
      long ? ["csvLongRow", Number(lines), MAX_ROW_CHARACTERS] : ["csvQuotes", Number(lines)],
      {
        cause: error,
      },
    );
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
 * @throws FaultError that says which array is not as it must be
 */
export function readArrays(bytes: Uint8Array, { npzBytes }: SubmissionLimits): SubmittedArrays {
  let arrays: Record<string, NpyArray>;
  try {
    arrays = readNpz(bytes, { bytes: npzBytes });
  } catch (error) {
    if (!(error instanceof NpyError)) throw error;
    throw new FaultError(["npy", error.problem, error.array], { cause: error });
  }
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
