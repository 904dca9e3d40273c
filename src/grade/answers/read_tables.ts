import type { GradeMessages } from "../messages/messages.ts";
import { type CsvTable, linesOf } from "../submission.ts";

type Texts = GradeMessages["files"];

/** Something read from a file of a submission, or what is wrong with it. */
export type Reading<T> = { readonly ok: true; readonly value: T } | {
  readonly ok: false;
  readonly reason: string;
};

export interface MisclassifiedRow {
  readonly index: number;
  readonly predicted: number;
  readonly label: number;
}

/** A row of history.csv; NaN where the cell is no number. */
export interface HistoryRow {
  readonly epoch: number;
  /** Mean over the epoch's rows. */
  readonly train_loss: number;
  /** After the epoch. */
  readonly val_loss: number;
}

/** The labels of predictions.csv by index: `index,label`, index from 0, each once, in any order. */
export function readPredictions(table: CsvTable | null, t: Texts): Reading<number[]> {
  const file = "predictions.csv";
  const rows = columns(table, { file, names: ["index", "label"], t });
  if (!rows.ok) return rows;
  const labels: number[] = [];
  const count = rows.value.length;
  for (const { line, cells: [index, label] } of rows.value) {
    const place = { file, line };
    const [i, found] = [wholeNumber(index), predictedClass(label)];
    if (i === null || found === null) return misread(t.twoWholeNumbers(place, cut(`${index},${label}`)));
    // A gap of billions would be an array of them.
    if (i >= count) return misread(t.indexBelow(place, count, cut(index)));
    if (i in labels) return misread(t.indexTwice(place, i));
    labels[i] = found;
  }
  return { ok: true, value: labels };
}

export function readMisclassified(table: CsvTable | null, t: Texts): Reading<MisclassifiedRow[]> {
  const file = "misclassified.csv";
  const rows = columns(table, { file, names: ["index", "predicted", "label"], t });
  if (!rows.ok) return rows;
  const found: MisclassifiedRow[] = [];
  for (const { line, cells } of rows.value) {
    const [index, predicted, label] = [
      wholeNumber(cells[0]),
      predictedClass(cells[1]),
      wholeNumber(cells[2]),
    ];
    if (index === null || predicted === null || label === null) {
      return misread(t.threeWholeNumbers({ file, line }, cut(cells.join())));
    }
    found.push({ index, predicted, label });
  }
  return { ok: true, value: found };
}

/** The rows of history.csv, in the order of the file; val_loss is NaN throughout where there is no such column. */
export function readHistory(table: CsvTable | null, t: Texts): Reading<HistoryRow[]> {
  const names = table !== null && !table.header.includes("val_loss")
    ? ["epoch", "train_loss"]
    : ["epoch", "train_loss", "val_loss"];
  const rows = columns(table, { file: "history.csv", names, t });
  if (!rows.ok) return rows;
  return {
    ok: true,
    value: rows.value.map(({ cells: [epoch, train, val = ""] }) => ({
      epoch: wholeNumber(epoch) ?? NaN,
      train_loss: decimal(train),
      val_loss: decimal(val),
    })),
  };
}

/** Whether history.csv says anything of the validation loss: one that was never measured is no wrong one. */
export function hasValidationLoss({ header, rows }: CsvTable): boolean {
  const column = header.indexOf("val_loss");
  return column >= 0 && rows.some((row) => (row[column] ?? "").trim() !== "");
}

/**
 * The training images that validation.csv lists, each once.
 *
 * @param count how many training images there are
 */
export function readValidation(table: CsvTable | null, count: number, t: Texts): Reading<number[]> {
  const file = "validation.csv";
  const rows = columns(table, { file, names: ["index"], t });
  if (!rows.ok) return rows;
  const found = new Set<number>();
  for (const { line, cells: [cell] } of rows.value) {
    const place = { file, line };
    const index = wholeNumber(cell);
    if (index === null || index >= count) return misread(t.trainingIndex(place, count, cut(cell)));
    if (found.has(index)) return misread(t.indexTwice(place, index));
    found.add(index);
  }
  if (found.size === 0 || found.size === count) return misread(t.validationCount(count, found.size));
  return { ok: true, value: [...found] };
}

/** The cells of these columns, row by row, each with its line. */
function columns(
  table: CsvTable | null,
  { file, names, t }: { file: string; names: readonly string[]; t: Texts },
): Reading<{ line: number; cells: string[] }[]> {
  if (table === null) return misread(t.noReadableFile(file));
  const places = names.map((name) => table.header.indexOf(name));
  if (places.some((place) => place < 0)) {
    return misread(t.columnsMust(file, names, table.header.join(", ").slice(0, 100)));
  }
  const lines = linesOf(table).slice(1);
  const value = table.rows.map((row, i) => ({ line: lines[i], cells: places.map((place) => row[place]) }));
  return { ok: true, value };
}

/** A class as it may have been predicted: also -1, by which a class that is one too small is known. */
function predictedClass(cell: string): number | null {
  const negative = /^\s*-/.test(cell);
  const number = wholeNumber(negative ? cell.replace("-", "") : cell);
  return !negative ? number : number === 1 ? -1 : null;
}

/** A whole number as it may be written: `7`, also `7.0` and `7.000000000000000000e+00`, as NumPy saves one by default. */
export function wholeNumber(cell: string): number | null {
  const text = cell.trim();
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const number = /^\d{1,15}\.\d+(e\+?\d{1,2})?$/i.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}

/** Whether a cell is a number in decimals. */
export function isDecimal(cell: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell.trim());
}

function decimal(cell: string): number {
  return isDecimal(cell) ? Number(cell) : NaN;
}

function cut(found: string): string {
  return found.slice(0, 60);
}

/** What could not be read, and why. */
export function misread(reason: string): Reading<never> {
  return { ok: false, reason };
}
