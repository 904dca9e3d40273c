import type { Codec } from "../text/codecs.ts";
import { formatCount } from "../text/numbers.ts";
import { csvLine, splitCsv } from "../text/csv.ts";
import { evenIndices } from "../text/sparkline.ts";

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
  return readRows(table, linesOf(table, text, maxRows), () => true);
}

/**
 * Reads as parseTable() the rows that have an even sample of the values of the first column, the lowest and the highest among them; the
 * others are not looked at, and may be anything. The first column must be a count.
 * @param options.most so many values are read
 * @returns the rows, and how many values there are in all
 */
export function parseSample<Row>(
  table: Table<Row>,
  text: string,
  { most, maxRows = Infinity }: { most: number; maxRows?: number },
): { rows: Row[]; values: number } {
  const lines = linesOf(table, text, maxRows);
  const firsts = Array.from({ length: lines.count }, (_, line) => lines.first(line));
  const values = [...new Set(firsts.slice(1))].sort((a, b) => Number(a) - Number(b));
  const { read } = table.columns[columnNames(table)[0]];
  const wanted = new Set(evenIndices(values.length, most).map((i) => values[i]));
  // What cannot be read is to be complained of.
  for (const value of values) if (read(value) === undefined) wanted.add(value);
  return { rows: readRows(table, lines, (line) => wanted.has(firsts[line])), values: values.length };
}

/** @param isWanted whether a line is to be read; the first after the header is 1 */
function readRows<Row>(table: Table<Row>, lines: Lines, isWanted: (line: number) => boolean): Row[] {
  const all = columnNames(table);
  const task = `parse ${table.name}`;
  const header = lines.count === 0 ? undefined : lines.cells(0);
  const absent = all.filter((name) => "absent" in table.columns[name] && !header?.includes(name));
  const names = all.filter((name) => !absent.includes(name));
  if (header?.join() !== names.join()) {
    const found = header?.join() || "nothing";
    throw new SyntaxError(`Cannot ${task}: line 1 must be ${all.join()}, found ${found}`);
  }
  // With all columns, so that the members of every row are in their order.
  const before = Object.fromEntries(all.map((name) => [name, table.columns[name].absent])) as Partial<Row>;
  const codecs = names.map((name) => table.columns[name]);
  const rows: Row[] = [];
  for (let line = 1; line < lines.count; line++) {
    if (!isWanted(line)) continue;
    const cells = lines.cells(line);
    if (cells.length !== names.length) {
      throw new SyntaxError(
        `Cannot ${task}: line ${line + 1} must have ${names.length} cells, found ${cells.length}`,
      );
    }
    const row: Partial<Row> = { ...before };
    for (let i = 0; i < names.length; i++) {
      const value = codecs[i].read(cells[i]);
      if (value === undefined) {
        throw new SyntaxError(
          `Cannot ${task}: line ${line + 1}, ${names[i]} must be ${codecs[i].expects}, found ${
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

/** A text's lines, from 0, which are taken apart when they are asked for: a table may have a hundred thousand. */
interface Lines {
  readonly count: number;
  /** A line's first cell. */
  first(line: number): string;
  cells(line: number): string[];
}

/** @throws SyntaxError if there are more than `maxRows` below the header, or a quote is not closed */
function linesOf({ name }: { readonly name: string }, text: string, maxRows: number): Lines {
  const task = `parse ${name}`;
  const count = countLines(text) - 1;
  if (count > maxRows) {
    throw new SyntaxError(
      `Cannot ${task}: it must have at most ${formatCount(maxRows)} rows, found ${formatCount(count)}`,
    );
  }
  if (!text.includes('"')) return plainLines(text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text);
  try {
    const rows = splitCsv(text);
    return { count: rows.length, first: (line) => rows[line][0], cells: (line) => rows[line] };
  } catch (error) {
    throw new SyntaxError(`Cannot ${task}: ${error instanceof Error ? error.message : error}`);
  }
}

/** As far as a newline ends each. */
function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Without a quote a line is its cells with commas between: ten times as fast, and a sweep's tables have none. */
function plainLines(text: string): Lines {
  /** Where each line begins, and one that would follow the last. */
  const starts = [text.startsWith("\uFEFF") ? 1 : 0];
  while (starts[starts.length - 1] < text.length) {
    const end = text.indexOf("\n", starts[starts.length - 1]);
    starts.push(end < 0 ? text.length + 1 : end + 1);
  }
  return {
    count: starts.length - 1,
    first(line) {
      const comma = text.indexOf(",", starts[line]);
      return text.slice(
        starts[line],
        comma < 0 ? starts[line + 1] - 1 : Math.min(comma, starts[line + 1] - 1),
      );
    },
    cells: (line) => text.slice(starts[line], starts[line + 1] - 1).split(","),
  };
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
