import { type Info, type Options, parse } from "csv-parse/sync";
import { DataFileError } from "../../src/data/data_file_error.ts";
import { decodeText, firstLine, separatorOf } from "../../src/data/files/csv_dataset.ts";
import type { Texts } from "../../src/text/language.ts";
import { UserError } from "../system/errors.ts";
import { cannotRead } from "../system/files.ts";
import { readInput } from "../system/read_input.ts";
import { because, readReason } from "../system/reasons.ts";

/** A row of a table, and the line of the file that it begins on. */
export interface CellRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * The rows of a CSV text that are not empty, which need not be of equal lengths. Throws a CsvError.
 *
 * @param more options of csv-parse
 */
export function parseCells(text: string, delimiter: string, more: Options = {}): CellRow[] {
  const options = { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, info: true };
  // With `info` each row comes with where it ends, which the types of csv-parse do not know.
  const rows = parse(text, { ...options, ...more }) as unknown as {
    readonly record: string[];
    readonly info: Pick<Info, "lines">;
  }[];
  return rows.map(({ record, info }) => ({ cells: record, line: firstLine(record, info.lines) }));
}

/**
 * The rows of an instructor's CSV file that are not empty, as spreadsheets and learning platforms write it: in UTF-8, UTF-16 or Shift_JIS, separated by commas,
 * semicolons or tabs. Throws a UserError.
 */
export async function readCells(file: string, what: Texts): Promise<CellRow[]> {
  let bytes: Uint8Array;
  try {
    bytes = await readInput(file, what);
  } catch (error) {
    if (!(error instanceof UserError && error.cause instanceof Deno.errors.NotFound)) throw error;
    // Without what may have been meant, which is a config.
    throw cannotRead(file, readReason(error.cause), { what, cause: error.cause });
  }
  try {
    const text = decodeText(bytes);
    return parseCells(text, separatorOf(text));
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    const reason = error instanceof DataFileError ? error.reason : because((t) => t.wrongCsv(message));
    throw cannotRead(file, reason, { what, cause: error });
  }
}
