import { parse } from "csv-parse/sync";
import type { CsvTable } from "../../../src/grade/submission.ts";
import type { SubmissionLimits } from "./limits.ts";

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
