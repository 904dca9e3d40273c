import type { Codec } from "../text/codecs.ts";
import { formatCount } from "../text/numbers.ts";
import { csvLine, splitCsv } from "../text/csv.ts";

/** One kind of CSV file: its columns in order, each with its codec, and the columns that order and identify a row. */
export interface Table<Row> {
  /** The file's name, for messages. */
  readonly name: string;
  /** A codec a column; the order of the keys is the order of the columns. */
  readonly columns: { readonly [K in keyof Row]-?: Codec<Row[K]> };
  /** Rows are sorted by these columns, numbers ascending and null first; no two rows may agree in all of them. */
  readonly key: readonly (keyof Row & string)[];
}

/**
 * Writes rows as CSV: a header, then the rows sorted by the table's key, `\n` after each line.
 * @param names which columns, in which order: those that a file of an earlier version has; by default neededColumns()
 * @throws RangeError if a value does not fit its column or two rows have the same key
 */
export function formatTable<Row>(
  table: Table<Row>,
  rows: readonly Row[],
  names: readonly (keyof Row & string)[] = neededColumns(table, rows),
): string {
  const sorted = rows.toSorted((a, b) => compareKeys(table, a, b));
  checkKeys(`format ${table.name}`, table, sorted);
  let text = csvLine(names);
  for (const row of sorted) {
    text += csvLine(names.map((name) => {
      const { write, expects } = table.columns[name];
      const cell = write(row[name]);
      if (cell !== undefined) return cell;
      throw new RangeError(`Cannot format ${table.name}: ${name} must be ${expects}, found ${row[name]}`);
    }));
  }
  return text;
}

/**
 * Reads what `formatTable` wrote, sorted by the table's key. Also takes a byte order mark, `\r\n` and quoted cells, and a file of
 * an earlier version, which lacks columns that have a value for where they are absent.
 * @param maxRows more are refused before they are looked at
 * @throws SyntaxError that names the line and column if the header, a cell or a row's key is not as it must be
 */
export function parseTable<Row>(table: Table<Row>, text: string, maxRows = Infinity): Row[] {
  const all = columnNames(table);
  const task = `parse ${table.name}`;
  const count = countLines(text) - 1;
  if (count > maxRows) {
    throw new SyntaxError(
      `Cannot ${task}: it must have at most ${formatCount(maxRows)} rows, found ${formatCount(count)}`,
    );
  }
  const lines = split(task, text);
  const { value: header } = lines.next();
  const absent = all.filter((name) => "absent" in table.columns[name] && !header?.includes(name));
  const names = all.filter((name) => !absent.includes(name));
  if (header === undefined || header.join() !== names.join()) {
    const found = header === undefined ? "nothing" : header.join();
    throw new SyntaxError(`Cannot ${task}: line 1 must be ${all.join()}, found ${found}`);
  }
  // With all columns, so that the members of every row are in their order.
  const before = Object.fromEntries(all.map((name) => [name, table.columns[name].absent])) as Partial<Row>;
  const codecs = names.map((name) => table.columns[name]);
  const rows: Row[] = [];
  for (const cells of lines) {
    const line = rows.length + 2;
    if (cells.length !== names.length) {
      throw new SyntaxError(
        `Cannot ${task}: line ${line} must have ${names.length} cells, found ${cells.length}`,
      );
    }
    const row: Partial<Row> = { ...before };
    for (let i = 0; i < names.length; i++) {
      const value = codecs[i].read(cells[i]);
      if (value === undefined) {
        throw new SyntaxError(
          `Cannot ${task}: line ${line}, ${names[i]} must be ${codecs[i].expects}, found ${
            JSON.stringify(cells[i])
          }`,
        );
      }
      row[names[i]] = value;
    }
    rows.push(row as Row);
  }
  if (rows.every((row, i) => i === 0 || compareKeys(table, rows[i - 1], row) < 0)) return rows;
  rows.sort((a, b) => compareKeys(table, a, b));
  try {
    checkKeys(task, table, rows);
  } catch (error) {
    if (error instanceof RangeError) throw new SyntaxError(error.message);
    throw error;
  }
  return rows;
}

/** All columns, in order. */
export function columnNames<Row>(table: Table<Row>): (keyof Row & string)[] {
  return Object.keys(table.columns) as (keyof Row & string)[];
}

/** The columns of a file of these rows, in order: all but the sparing ones that would say nothing. */
export function neededColumns<Row>(table: Table<Row>, rows: readonly Row[]): (keyof Row & string)[] {
  return columnNames(table).filter((name) => {
    const { sparing, absent } = table.columns[name];
    return !sparing || rows.some((row) => row[name] !== absent);
  });
}

/** As far as a newline ends each. */
function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** The cells of each line, which are not kept: a table may have a hundred thousand. */
function* split(task: string, text: string): Generator<string[], undefined> {
  // Without a quote a line is its cells with commas between: ten times as fast, and a sweep's tables have none.
  if (!text.includes('"')) {
    const lines = text.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n").replace(/\n$/, "");
    if (lines === "") return;
    for (let start = 0, end = 0; end < lines.length; start = end + 1) {
      end = lines.indexOf("\n", start);
      if (end < 0) end = lines.length;
      yield lines.slice(start, end).split(",");
    }
    return;
  }
  try {
    yield* splitCsv(text);
  } catch (error) {
    throw new SyntaxError(`Cannot ${task}: ${error instanceof Error ? error.message : error}`);
  }
}

function compareKeys<Row>(table: Table<Row>, a: Row, b: Row): number {
  for (const name of table.key) {
    const difference = compare(a[name], b[name]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : 1;
}

/** @throws RangeError if two neighbours of the sorted rows have the same key */
function checkKeys<Row>(task: string, table: Table<Row>, sorted: readonly Row[]): void {
  for (let i = 1; i < sorted.length; i++) {
    if (compareKeys(table, sorted[i - 1], sorted[i]) === 0) {
      const key = table.key.map((name) => `${name} ${sorted[i][name]}`).join(", ");
      throw new RangeError(
        `Cannot ${task}: each row must have its own ${table.key.join(", ")}, found ${key} twice`,
      );
    }
  }
}
