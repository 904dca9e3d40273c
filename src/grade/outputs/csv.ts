import { stringify } from "csv-stringify/sync";

/**
 * CSV of a header and rows, `\n` after each line. A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a
 * tab or a carriage return) gets an apostrophe before it: names and reasons are written by students.
 */
export function formatCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => cell === null ? "" : String(cell)));
  return stringify([[...header], ...cells], { escape_formulas: true, record_delimiter: "\n" });
}
