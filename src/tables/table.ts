import { type Codec, count as countCodec } from "../text/codecs.ts";
import { distinct } from "../metrics/statistics.ts";
import { formatCount } from "../text/numbers.ts";
import { csvLine, splitCsv } from "../text/csv.ts";
import type { Texts } from "../text/language.ts";
import { ParseError } from "../text/parse_error.ts";
import { evenIndices } from "../text/sparkline.ts";
import { headerProblem } from "./header_problem.ts";

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
  const same = sameKey(table, sorted);
  if (same !== null) throw new RangeError(`Cannot format ${table.name}: ${same.en}`);
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
  const lines = linesOf(table, text, maxRows);
  return readRows(table, lines, rowLines(lines));
}

/**
 * As parseTable(), of a table whose first columns are its key, all of them counts; but of a row only the key is read. Its other cells are
 * read, and complained of, when one of them is first asked for. A copy of such a row by `{ ...row }` has no more than the key.
 */
export function openTable<Row>(table: Table<Row>, text: string): Row[] {
  const lines = linesOf(table, text, Infinity);
  return openRows(table, lines, rowLines(lines));
}

/**
 * Reads as parseTable() the rows that have an even sample of the values of the first column, the lowest and the highest among them; the
 * others are not looked at, and may be anything. The first column must be a count.
 * @param options.most so many values are read
 * @param options.open whether to read as openTable() does
 * @returns the rows, and how many values there are in all
 */
export function parseSample<Row>(
  table: Table<Row>,
  text: string,
  { most, maxRows = Infinity, open = false }: { most: number; maxRows?: number; open?: boolean },
): { rows: Row[]; values: number } {
  const lines = linesOf(table, text, maxRows);
  const firsts = leadingCounts(lines, rowLines(lines), 1);
  const values = distinct(firsts);
  // With NaN: what is no count is to be complained of.
  const sampled = new Set(evenIndices(values.length, most).map((i) => values[i])).add(NaN);
  const wanted: number[] = [];
  let isSampled = false;
  for (let i = 0; i < firsts.length; i++) {
    if (i === 0 || firsts[i] !== firsts[i - 1]) isSampled = sampled.has(firsts[i]);
    if (isSampled) wanted.push(i + 1);
  }
  return { rows: (open ? openRows : readRows)(table, lines, wanted), values: values.length };
}

/** Those below the header. */
function rowLines({ count }: Lines): number[] {
  const lines: number[] = [];
  for (let line = 1; line < count; line++) lines.push(line);
  return lines;
}

function readRows<Row>(table: Table<Row>, lines: Lines, wanted: readonly number[]): Row[] {
  const rows = wanted.map(rowReader(table, lines));
  if (rows.every((row, i) => i === 0 || compareKeys(table, rows[i - 1], row) < 0)) return rows;
  rows.sort((a, b) => compareKeys(table, a, b));
  const same = sameKey(table, rows);
  if (same !== null) throw wrongTable(table, same);
  return rows;
}

/** See openTable(). */
function openRows<Row>(table: Table<Row>, lines: Lines, wanted: readonly number[]): Row[] {
  const read = rowReader(table, lines);
  const keys = leadingCounts(lines, wanted, table.key.length);
  // readRows() puts them in order, or says what is wrong.
  if (!areAscending(keys, table.key.length)) return readRows(table, lines, wanted);
  class OpenRow {
    readonly #line: number;
    #row: Row | undefined;

    constructor(line: number) {
      this.#line = line;
    }

    static {
      for (const name of columnNames(table).slice(table.key.length)) {
        Object.defineProperty(this.prototype, name, {
          get(this: OpenRow) {
            this.#row ??= read(this.#line);
            return this.#row[name];
          },
        });
      }
    }
  }
  const rows: Row[] = [];
  for (let at = 0; at < keys.length;) {
    const row = new OpenRow(wanted[rows.length]) as Row;
    for (const name of table.key) row[name] = keys[at++] as Row[typeof name];
    rows.push(row);
  }
  return rows;
}

/** Whether each so many numbers are above those before them, by the first in which they differ. */
function areAscending(keys: readonly number[], length: number): boolean {
  if (keys.includes(NaN)) return false;
  for (let at = length; at < keys.length; at += length) {
    let i = at;
    while (i < at + length - 1 && keys[i] === keys[i - length]) i++;
    if (keys[i] <= keys[i - length]) return false;
  }
  return true;
}

/** What reads a line, the first after the header being 1. @throws SyntaxError where the header, or then the line, is not as it must be */
function rowReader<Row>(table: Table<Row>, lines: Lines): (line: number) => Row {
  const all = columnNames(table);
  const header = lines.count === 0 ? undefined : lines.cells(0);
  const absent = all.filter((name) => "absent" in table.columns[name] && !header?.includes(name));
  const names = all.filter((name) => !absent.includes(name));
  if (header?.join() !== names.join()) {
    const found = header?.join();
    const { en, ja } = found ? headerProblem(header!, names) : { en: "", ja: "" };
    throw wrongTable(table, {
      en: `line 1 must be ${names.join()}, found ${found ? `${found}: ${en}` : "nothing"}`,
      ja: `1 行目は ${names.join()} でなければなりませんが、${found || "空"} です${ja && `。${ja}`}`,
    });
  }
  // With all columns, so that the members of every row are in their order.
  const before = Object.fromEntries(all.map((name) => [name, table.columns[name].absent])) as Partial<Row>;
  const codecs = names.map((name) => table.columns[name]);
  // What a row says mostly says the one before it too.
  const former: { readonly cell: string; readonly value: Row[keyof Row & string] }[] = [];
  return (line) => {
    const cells = lines.cells(line);
    if (cells.length !== names.length) {
      throw wrongTable(table, {
        en: `line ${line + 1} must have ${names.length} cells, found ${cells.length}`,
        ja: `${line + 1} 行目のセルは ${names.length} 個でなければなりませんが、${cells.length} 個です`,
      });
    }
    const row: Partial<Row> = { ...before };
    for (let i = 0; i < names.length; i++) {
      if (i < former.length && former[i].cell === cells[i]) {
        row[names[i]] = former[i].value;
        continue;
      }
      const value = codecs[i].read(cells[i]);
      if (value === undefined) {
        const found = JSON.stringify(cells[i]);
        throw wrongTable(table, {
          en: `line ${line + 1}, ${names[i]} must be ${codecs[i].expects}, found ${found}`,
          ja: `${line + 1} 行目の ${names[i]} に書ける値ではありません（現在の値：${found}）`,
        });
      }
      row[names[i]] = value;
      former[i] = { cell: cells[i], value };
    }
    return row as Row;
  };
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
  cells(line: number): string[];
  /** Adds a line's first cells to `counts`, as many as are counts in a few plain digits, and says whether that is as many as `columns`. */
  pushCounts(line: number, columns: number, counts: number[]): boolean;
}

/** The first `columns` cells of each of these lines, line by line; NaN for what is no count. */
function leadingCounts(lines: Lines, wanted: readonly number[], columns: number): number[] {
  const counts: number[] = [];
  for (const line of wanted) {
    const { length } = counts;
    if (lines.pushCounts(line, columns, counts)) continue;
    counts.length = length;
    const cells = lines.cells(line);
    for (let i = 0; i < columns; i++) counts.push(countCodec.read(cells[i] ?? "") ?? NaN);
  }
  return counts;
}

/** @throws SyntaxError if there are more than `maxRows` below the header, or a quote is not closed */
function linesOf(table: { readonly name: string }, text: string, maxRows: number): Lines {
  const plain = text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
  /** Where each line begins, and one that would follow the last. */
  const starts = [plain.startsWith("\uFEFF") ? 1 : 0];
  let ends = 0;
  for (let end = plain.indexOf("\n"); end >= 0; end = plain.indexOf("\n", end + 1)) {
    // What is refused below need not be held.
    if (ends++ <= maxRows) starts.push(end + 1);
  }
  if (ends - 1 > maxRows) {
    const [most, found] = [maxRows, ends - 1].map(formatCount);
    throw wrongTable(table, {
      en: `it must have at most ${most} rows, found ${found}`,
      ja: `${most} 行までですが、${found} 行あります`,
    });
  }
  if (starts[starts.length - 1] < plain.length) starts.push(plain.length + 1);
  if (!text.includes('"')) return plainLines(plain, starts);
  try {
    const rows = splitCsv(text);
    return { count: rows.length, cells: (line) => rows[line], pushCounts: () => false };
  } catch (error) {
    const { message } = error as SyntaxError;
    throw wrongTable(table, { en: message, ja: `CSV の形式が正しくありません：${message}` });
  }
}

/** So many digits are a count, whatever they are. */
const COUNT_DIGITS = 15;
const [ZERO, COMMA] = [..."0,"].map((character) => character.charCodeAt(0));

/** Without a quote a line is its cells with commas between: ten times as fast, and a sweep's tables have none. */
function plainLines(text: string, starts: readonly number[]): Lines {
  return {
    count: starts.length - 1,
    cells: (line) => text.slice(starts[line], starts[line + 1] - 1).split(","),
    pushCounts(line, columns, counts) {
      const lineEnd = starts[line + 1] - 1;
      let place = starts[line];
      for (let i = 0; i < columns; i++) {
        const start = place;
        let count = 0;
        for (; place < lineEnd; place++) {
          const digit = text.charCodeAt(place) - ZERO;
          if (!(digit >= 0 && digit <= 9)) break;
          count = 10 * count + digit;
        }
        const isCell = place === lineEnd || text.charCodeAt(place) === COMMA;
        if (!isCell || place === start || place - start > COUNT_DIGITS) return false;
        counts.push(count);
        place++;
      }
      return true;
    },
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

/** What is said of two neighbours of the sorted rows that have the same key; null where there are none. */
function sameKey<Row>(table: Table<Row>, sorted: readonly Row[]): Texts | null {
  const at = sorted.findIndex((row, i) => i > 0 && compareKeys(table, sorted[i - 1], row) === 0);
  if (at < 0) return null;
  const names = table.key.join(", ");
  const found = table.key.map((name) => `${name} ${sorted[at][name]}`).join(", ");
  return {
    en: `each row must have its own ${names}, found ${found} twice`,
    ja: `どの行も ${names} が異なっていなければなりませんが、${found} の行が 2 つあります`,
  };
}

/** Of a table that cannot be read: `reason` is what is wrong, and where. */
export function wrongTable({ name }: { readonly name: string }, { en, ja }: Texts): ParseError {
  return new ParseError({ en: `Cannot parse ${name}: ${en}`, ja: `${name}：${ja}` });
}
