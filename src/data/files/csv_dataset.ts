import { parse } from "csv-parse/sync";
import type { ImageSize } from "../image_size.ts";
import type { Texts } from "../../text/language.ts";
import { DataFileError } from "../data_file_error.ts";
import { isLikeANumber, NUMBER } from "./cell_numbers.ts";
import {
  checkSize,
  compareCodePoints,
  type FileDataset,
  MAX_INPUTS,
  namedDataset,
  type NamedRows,
  splitRows,
  type TestSplit,
} from "./labelled_rows.ts";

/** How a table is read. */
export interface CsvOptions {
  /** The column of the labels: its name, or its place from 0, -1 for the last. Left out: `label`, or without a header the first. */
  readonly label?: string | number | undefined;
  /** Whether the first line has the columns' names. Left out: where none of its cells is a number. */
  readonly header?: boolean | undefined;
  /** Columns, by name or place, that are categories whatever their cells look like. */
  readonly categories?: readonly (string | number)[] | undefined;
  /** Columns, by name or place, that are left out. */
  readonly ignore?: readonly (string | number)[] | undefined;
  /** Where the other columns are the pixels of images. */
  readonly image?: ImageSize | undefined;
  /** How a table without a test part of its own is split. */
  readonly split: TestSplit;
}

/** The most columns of a table, and the most categories of one. */
const MAX_COLUMNS = MAX_INPUTS + 100;
const MAX_CATEGORIES = 100;

const MISSING = /^(?:|na|n\/a|nan|null|none|\?|-)$/i;

/** A column of a table: numbers, or texts by their places in `texts`. */
interface Column {
  readonly name: string;
  /** Whether others have a name and it has none. */
  readonly isNameless: boolean;
  readonly kind: "number" | "category" | "label" | "ignored" | "open";
  readonly texts: Map<string, number>;
  /** The lines of the first number and of the first text; 0 where there is none. */
  numberLine: number;
  textLine: number;
}

interface Table {
  readonly columns: readonly Column[];
  /** rows x columns: a number, or the place of a text. */
  readonly cells: Float64Array;
  /** The line of each row. */
  readonly lines: Uint32Array;
}

/**
 * The data set of a CSV table, or of two, the second the test part: one column has the labels, the others are inputs. A column whose cells
 * are all numbers is one input; a column of texts is as many as it has different ones in both parts, in the order of their characters'
 * codes, of which each row has 1 at its own and 0 at the others (one-hot). Text is UTF-8, UTF-16 with its mark, or Shift_JIS; cells are
 * separated by commas, semicolons or tabs, whichever the first line has most of.
 * Throws a DataFileError that says in which line and column what is wrong.
 */
export function csvDataset(
  { train, test }: { train: Uint8Array; test?: Uint8Array | undefined },
  options: CsvOptions,
): FileDataset {
  const table = readTable(train, options);
  if (test === undefined) {
    const layout = layOut([table]);
    const parts = splitRows(toRows(table, layout), { features: layout.features, ...options.split });
    return namedDataset(parts, { ...layout, image: options.image });
  }
  const testTable = ofPart("test", () => readTable(test, options, table));
  const layout = layOut([table, testTable]);
  const parts = {
    train: ofPart("training", () => toRows(table, layout)),
    test: ofPart("test", () => toRows(testTable, layout)),
  };
  return namedDataset(parts, { ...layout, image: options.image });
}

/** Says of which of two files an error is. */
function ofPart<Result>(part: "training" | "test", work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DataFileError && error.attempt === "csv")) throw error;
    throw new DataFileError(`csv_${part}`, error.reason, { cause: error });
  }
}

/**
 * The text of a file: UTF-8 or UTF-16 by its mark, otherwise UTF-8, or, where it is not that, Shift_JIS, as Excel writes it in Japan. Its lines
 * end as Unix's do: in a quoted cell csv-parse counts two where Windows ends one.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const marked = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : null;
  for (const encoding of marked === null ? ["utf-8", "shift_jis"] : [marked]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes("\0")) return text.replaceAll("\r\n", "\n");
    } catch {
      // The next one.
    }
  }
  throw new DataFileError("csv", {
    en: "it must be text in UTF-8, in UTF-16 with its byte order mark, or in Shift_JIS, found other bytes",
    ja: "文字コードは UTF-8、BOM の付いた UTF-16、Shift_JIS のどれかでなければなりません",
  });
}

/** The line on which a row begins, of which csv-parse says on which it ends: what is quoted may have line ends. */
export function firstLine(cells: readonly string[], last: number): number {
  return cells.reduce((line, cell) => line - (cell.match(/[\r\n]/g)?.length ?? 0), last);
}

function readTable(bytes: Uint8Array, options: CsvOptions, like?: Table): Table {
  const text = decodeText(bytes);
  const delimiter = separatorOf(text);
  // Tables may have many millions of cells.
  const isQuoted = text.includes('"');
  let columns: Column[] | null = null;
  // Where a column of the file belongs in the table; a test part may have them in another order.
  let places: readonly number[] = [];
  let cells = new Float64Array(1024);
  let lines = new Uint32Array(256);
  let count = 0;
  const take = (record: readonly string[], line: number) => {
    if (columns === null) {
      if (record.length > MAX_COLUMNS) {
        throw new DataFileError("csv", {
          en: `it must have at most ${MAX_COLUMNS} columns, found ${record.length}`,
          ja: `列は ${MAX_COLUMNS} 個までですが、${record.length} 個あります`,
        });
      }
      const named = options.header ?? !record.some((cell) => NUMBER.test(cell.trim()));
      columns = planColumns(record.map((cell) => cell.trim()), { named, options });
      if (like !== undefined) {
        places = placesAs(columns, like, named);
        columns = like.columns.map((column) => ({ ...column, numberLine: 0, textLine: 0 }));
      } else places = columns.map((_, i) => i);
      if (named) return;
    }
    if (record.length !== places.length) {
      throw new DataFileError("csv", {
        en: `line ${line} must have ${places.length} cells as the first line has, found ${record.length}`,
        ja:
          `${line} 行目のセルは、1 行目と同じ ${places.length} 個でなければなりませんが、${record.length} 個あります`,
      });
    }
    const start = count * columns.length;
    if (start + columns.length > cells.length) cells = grown(cells, start + columns.length);
    if (count === lines.length) {
      const more = new Uint32Array(2 * count);
      more.set(lines);
      lines = more;
    }
    lines[count++] = line;
    for (let i = 0; i < record.length; i++) {
      const column = columns[places[i]];
      cells[start + places[i]] = readCell(record[i], column, line);
    }
  };
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record(record, { lines }) {
        const cells = record as unknown as string[];
        take(cells, isQuoted ? firstLine(cells, lines) : lines);
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const { message } = error;
    throw new DataFileError("csv", { en: message, ja: `CSV の書き方が正しくありません（${message}）` }, {
      cause: error,
    });
  }
  if (columns === null || count === 0) {
    throw new DataFileError("csv", {
      en: "it must have rows below the columns' names, found none",
      ja: "列の名前の下に行が必要ですが、ひとつもありません",
    });
  }
  const table = columns as Column[];
  cells = cells.subarray(0, count * table.length);
  refuseIndex(table, cells);
  return { columns: table, cells, lines: lines.subarray(0, count) };
}

/** What pandas writes before all columns tells rows apart and nothing of them: an input would give away their order. */
function refuseIndex(columns: readonly Column[], cells: Float64Array): void {
  const [{ isNameless, kind, textLine }] = columns;
  if (!isNameless || kind !== "open" || textLine > 0) return;
  const numbers = cells.filter((_, i) => i % columns.length === 0);
  if (!numbers.every(Number.isSafeInteger) || new Set(numbers).size < numbers.length) return;
  throw new DataFileError("csv", {
    en:
      "column 0 must have a name, found none above numbers that count the rows, as pandas writes its index; " +
      "leave it out with ignore: [0], or give it a name",
    ja: "列 0 には名前がなく、行の番号が並んでいます（pandas が書き出すインデックスのようです）。" +
      "ignore: [0] で除くか、入力として使うなら名前を付けてください",
  });
}

function grown(cells: Float64Array<ArrayBuffer>, least: number): Float64Array<ArrayBuffer> {
  const more = new Float64Array(Math.max(2 * cells.length, least));
  more.set(cells);
  return more;
}

/** Of comma, semicolon and tab the one that the first line has most of, outside quotes. */
export function separatorOf(text: string): string {
  const line = text.slice(0, 1 << 20).replaceAll(/"[^"]*"/g, "").split(/\r\n|\r|\n/, 1)[0];
  const counts = [",", ";", "\t"].map((separator) => ({ separator, count: line.split(separator).length }));
  return counts.reduce((most, each) => each.count > most.count ? each : most).separator;
}

function planColumns(
  first: readonly string[],
  { named, options }: { named: boolean; options: CsvOptions },
): Column[] {
  const names = first.map((name, i) => named && name !== "" ? name : `column ${i}`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DataFileError("csv", {
      en: `every column must have a name of its own, found ${JSON.stringify(twice)} twice`,
      ja: `列の名前はすべて異なっていなければなりませんが、${JSON.stringify(twice)} が重複しています`,
    });
  }
  const place = (wanted: string | number, key: string): number => {
    const found = typeof wanted === "string"
      ? names.indexOf(wanted)
      : wanted < 0
      ? names.length + wanted
      : wanted;
    if (found >= 0 && found < names.length) return found;
    const shown = names.slice(0, 12).join(", ") + (names.length > 12 ? ", ..." : "");
    const last = names.length - 1;
    const given = JSON.stringify(wanted);
    throw new DataFileError("csv", {
      en: `${key} must be one of its columns (${shown}), or a place from 0 to ${last}, found ${given}`,
      ja: `${key} は、列の名前（${shown}）か 0〜${last} の位置でなければなりません（現在の値：${given}）`,
    });
  };
  const label = place(options.label ?? (named ? "label" : 0), "label");
  const ignored = new Set((options.ignore ?? []).map((column) => place(column, "ignore")));
  const categories = new Set((options.categories ?? []).map((column) => place(column, "categories")));
  if (ignored.has(label)) {
    throw new DataFileError("csv", {
      en: `ignore must not have the column of the labels, found ${names[label]}`,
      ja: `ignore にラベルの${called(names[label]).ja} を含めることはできません`,
    });
  }
  return names.map((name, i) => ({
    name,
    isNameless: named && first[i] === "",
    kind: i === label
      ? "label"
      : ignored.has(i)
      ? "ignored"
      : categories.has(i)
      ? "category"
      : options.image !== undefined
      ? "number"
      : "open",
    texts: new Map(),
    numberLine: 0,
    textLine: 0,
  }));
}

/** The place of each column in a table with the same columns. */
function placesAs(columns: readonly Column[], like: Table, named: boolean): number[] {
  const expected = like.columns.map(({ name }) => name);
  const places = named ? columns.map(({ name }) => expected.indexOf(name)) : columns.map((_, i) => i);
  const missing = expected.find((_, i) => !places.includes(i));
  if (missing !== undefined || places.length !== expected.length) {
    const unknown = columns.find((_, i) => places[i] < 0)?.name;
    const [en, ja] = missing !== undefined
      ? [`none that is called ${JSON.stringify(missing)}`, `${JSON.stringify(missing)} がありません`]
      : unknown !== undefined
      ? [`${JSON.stringify(unknown)} besides`, `${JSON.stringify(unknown)} が余分にあります`]
      : [`${places.length}`, `${places.length} 個あります`];
    throw new DataFileError("csv", {
      en: `it must have the training part's ${expected.length} columns, found ${en}`,
      ja: `訓練データと同じ ${expected.length} 個の列が必要ですが、${ja}`,
    });
  }
  return places;
}

/** What a message calls a column: one without a name has its place, counted from 0, as `column 3`. */
function called(name: string): Texts {
  const place = /^column (\d+)$/.exec(name)?.[1] ?? name;
  return { en: `column ${place}`, ja: `列 ${place}` };
}

function readCell(written: string, column: Column, line: number): number {
  if (column.kind === "ignored") return 0;
  const cell = written.trim();
  const isText = column.kind === "label" || column.kind === "category";
  if (cell === "" || !isText && MISSING.test(cell)) {
    const found = JSON.stringify(cell);
    const isLabel = column.kind === "label";
    throw new DataFileError("csv", {
      en:
        `every cell must have a value, found ${cell === "" ? "none" : found} in line ${line}, ${
          called(column.name).en
        }` +
        (isLabel ? "" : "; remove the line, or leave the column out with ignore"),
      ja: `すべてのセルに値が必要ですが、${line} 行目の${called(column.name).ja} ${
        cell === "" ? "は空です" : `には ${found} とあります`
      }${isLabel ? "" : "。その行を消すか、ignore で列を除いてください"}`,
    });
  }
  if (!isText && NUMBER.test(cell)) {
    column.numberLine ||= line;
    if (column.textLine > 0) throw mixed(column, { line, cell, number: true });
    return Number(cell);
  }
  if (column.kind === "number") {
    const found = JSON.stringify(cell);
    throw new DataFileError("csv", {
      en: `pixels must be numbers, found ${found} in line ${line}, ${called(column.name).en}`,
      ja: `画素は数でなければなりませんが、${line} 行目の${called(column.name).ja} に ${found} があります`,
    });
  }
  if (!isText) {
    if (column.numberLine > 0) throw mixed(column, { line, cell, number: false });
    if (column.textLine === 0 && isLikeANumber(cell)) {
      const found = JSON.stringify(cell);
      throw new DataFileError("csv", {
        en: `${WRITE_NUMBERS.en}, found ${found} in line ${line}, ${called(column.name).en}; ` +
          "if it is a category, list it under categories",
        ja: `${WRITE_NUMBERS.ja}（${line} 行目の${called(column.name).ja}：${found}）。` +
          "種類を表す列なら、categories に加えてください",
      });
    }
    column.textLine ||= line;
  }
  const known = column.texts.get(cell);
  if (known !== undefined) return known;
  const place = column.texts.size;
  if (place === MAX_CATEGORIES && column.kind !== "label") {
    throw new DataFileError("csv", {
      en: `a column of texts must have at most ${MAX_CATEGORIES} different ones, ` +
        `found more in ${called(column.name).en}; leave it out with ignore`,
      ja: `文字列の列の値は ${MAX_CATEGORIES} 種類までですが、${
        called(column.name).ja
      } はそれを超えています。ignore で除いてください`,
    });
  }
  column.texts.set(cell, place);
  return place;
}

const WRITE_NUMBERS: Texts = {
  en: "numbers must be written in plain digits with a decimal point, such as 1234.5",
  ja: "数は、1234.5 のように、半角の数字と小数点のピリオドだけで書いてください",
};

function mixed(
  { name, numberLine, textLine }: Column,
  { line, cell, number }: { line: number; cell: string; number: boolean },
): DataFileError {
  const isMeant = !number && isLikeANumber(cell);
  const [found, earlier] = number
    ? [`the number ${cell}`, `texts from line ${textLine}`]
    : [`the text ${JSON.stringify(cell)}`, `numbers from line ${numberLine}`];
  const [foundJa, earlierJa] = number
    ? [`数 ${cell}`, `${textLine} 行目からは文字列`]
    : [`文字列 ${JSON.stringify(cell)}`, `${numberLine} 行目からは数`];
  return new DataFileError("csv", {
    en:
      `a column must be all numbers or all texts, found ${found} in line ${line}, ${
        called(name).en
      }, with ${earlier}; ` +
      (isMeant ? WRITE_NUMBERS.en : "if it is a category, list it under categories"),
    ja:
      `列の値は、すべて数か、すべて文字列でなければなりません。${
        called(name).ja
      } は ${earlierJa}ですが、${line} 行目に${foundJa} があります。` +
      (isMeant ? WRITE_NUMBERS.ja : "種類を表す列なら、categories に加えてください"),
  });
}

/** Where each column's inputs begin; -1 for one that is none. */
interface Layout {
  readonly features: number;
  readonly inputNames: readonly string[];
  readonly starts: readonly number[];
  /** Of a column of texts, in the order of its inputs; null for numbers. */
  readonly categories: readonly (readonly string[] | null)[];
}

function layOut(tables: readonly Table[]): Layout {
  const inputNames: string[] = [];
  const starts: number[] = [];
  const categories: (readonly string[] | null)[] = [];
  tables[0].columns.forEach(({ name, kind }, i) => {
    const columns = tables.map((table) => table.columns[i]);
    const isInput = kind !== "label" && kind !== "ignored";
    starts.push(isInput ? inputNames.length : -1);
    const [texts, numbers] = [columns.find(isTexts), columns.find(({ numberLine }) => numberLine > 0)];
    if (isInput && texts !== undefined && numbers !== undefined) {
      throw new DataFileError("csv", {
        en: `a column must be all numbers or all texts in both parts, found both in ${called(name).en}; ` +
          "if it is a category, list it under categories",
        ja:
          `列の値は、訓練データとテストデータを通して、すべて数か、すべて文字列でなければなりませんが、${
            called(name).ja
          } には両方あります。` +
          "種類を表す列なら、categories に加えてください",
      });
    }
    if (!isInput || texts === undefined) {
      categories.push(null);
      if (isInput) inputNames.push(name);
      return;
    }
    const names = [...new Set(columns.flatMap(({ texts }) => [...texts.keys()]))].sort(compareCodePoints);
    categories.push(names);
    inputNames.push(...names.map((category) => `${name}=${category}`));
  });
  return { features: inputNames.length, inputNames, starts, categories };
}

function isTexts({ kind, textLine }: Column): boolean {
  return kind === "category" || textLine > 0;
}

function toRows({ columns, cells, lines }: Table, { features, starts, categories }: Layout): NamedRows {
  const { length: count } = lines;
  checkSize(Math.max(2, count), features);
  const numbers = new Float64Array(count * features);
  const labels = new Array<string>(count);
  columns.forEach(({ name, kind, texts }, i) => {
    const written = [...texts.keys()];
    if (kind === "label") {
      const fraction = written.find((text) => NUMBER.test(text) && !Number.isInteger(Number(text)));
      if (fraction !== undefined) {
        throw new DataFileError("csv", {
          en: `labels must be names or whole numbers, found ${fraction} in ${called(name).en}; ` +
            "say with label which column has them",
          ja: `ラベルは名前か整数でなければなりませんが、${called(name).ja} に ${fraction} があります。` +
            "ラベルの列を label で指定してください",
        });
      }
      const large = written.find((text) => NUMBER.test(text) && !Number.isSafeInteger(Number(text)));
      if (large !== undefined) {
        throw new DataFileError("csv", {
          en:
            `labels that are numbers must be less than 2^53, found ${large} in ${
              called(name).en
            }: two of them might be read as one; ` +
            "write a letter before each, and they are names",
          ja:
            `数のラベルは 2^53 未満でなければなりませんが、${
              called(name).ja
            } に ${large} があります。別のラベルと区別できなくなるおそれがあります。` +
            "先頭に文字を付ければ名前として扱います",
        });
      }
      // 3, 3.0 and 03 are one class.
      const names = written.map((text) => NUMBER.test(text) ? String(Number(text)) : text);
      for (let row = 0; row < count; row++) labels[row] = names[cells[row * columns.length + i]];
      return;
    }
    if (starts[i] < 0) return;
    const names = categories[i];
    const places = names === null ? [] : written.map((text) => names.indexOf(text));
    for (let row = 0; row < count; row++) {
      const cell = cells[row * columns.length + i];
      if (names === null) numbers[row * features + starts[i]] = cell;
      else numbers[row * features + starts[i] + places[cell]] = 1;
    }
  });
  return { numbers, labels, place: (row) => ({ en: `line ${lines[row]}`, ja: `${lines[row]} 行目` }) };
}
