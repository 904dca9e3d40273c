import type { CsvTable } from "../submission.ts";

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
export function readPredictions(table: CsvTable | null): Reading<number[]> {
  const rows = columns(table, "predictions.csv", ["index", "label"]);
  if (!rows.ok) return rows;
  const labels: number[] = [];
  for (const [line, [index, label]] of rows.value.entries()) {
    const [i, found] = [whole(index), whole(label)];
    if (i === null || found === null) {
      return fault(
        "predictions.csv",
        line,
        "must be two whole numbers, index and label",
        `${index},${label}`,
      );
    }
    // A gap of billions would be an array of them.
    if (i >= rows.value.length) {
      return fault(
        "predictions.csv",
        line,
        `must have an index below the number of rows, ${rows.value.length}`,
        index,
      );
    }
    if (i in labels) return fault("predictions.csv", line, "must have an index of its own", `${i} again`);
    labels[i] = found;
  }
  return { ok: true, value: labels };
}

export function readMisclassified(table: CsvTable | null): Reading<MisclassifiedRow[]> {
  const rows = columns(table, "misclassified.csv", ["index", "predicted", "label"]);
  if (!rows.ok) return rows;
  const found: MisclassifiedRow[] = [];
  for (const [line, cells] of rows.value.entries()) {
    const [index, predicted, label] = cells.map(whole);
    if (index === null || predicted === null || label === null) {
      return fault(
        "misclassified.csv",
        line,
        "must be three whole numbers, index, predicted and label",
        cells.join(),
      );
    }
    found.push({ index, predicted, label });
  }
  return { ok: true, value: found };
}

/** The rows of history.csv, in the order of the file. */
export function readHistory(table: CsvTable | null): Reading<HistoryRow[]> {
  const rows = columns(table, "history.csv", ["epoch", "train_loss", "val_loss"]);
  if (!rows.ok) return rows;
  return {
    ok: true,
    value: rows.value.map(([epoch, train, val]) => ({
      epoch: whole(epoch) ?? NaN,
      train_loss: decimal(train),
      val_loss: decimal(val),
    })),
  };
}

/** The cells of these columns, row by row. */
function columns(table: CsvTable | null, file: string, names: readonly string[]): Reading<string[][]> {
  if (table === null) {
    return { ok: false, reason: `the submission must have ${file}, found none that can be read` };
  }
  const places = names.map((name) => table.header.indexOf(name));
  const absent = names.find((_, i) => places[i] < 0);
  if (absent !== undefined) {
    return {
      ok: false,
      reason: `${file} must have the columns ${names.join(", ")}, found ${
        table.header.join(", ").slice(0, 100)
      }`,
    };
  }
  return { ok: true, value: table.rows.map((row) => places.map((place) => row[place])) };
}

function whole(cell: string): number | null {
  return /^\d{1,15}$/.test(cell.trim()) ? Number(cell) : null;
}

function decimal(cell: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell.trim()) ? Number(cell) : NaN;
}

function fault(file: string, row: number, must: string, found: string): Reading<never> {
  return { ok: false, reason: `${file}, line ${row + 2}, ${must}, found ${found.slice(0, 60)}` };
}
