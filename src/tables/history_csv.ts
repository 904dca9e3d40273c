import { count, finite, metric, whereSet } from "../text/codecs.ts";
import { columnNames, formatTable, neededColumns, openTable, parseTable, type Table } from "./table.ts";

/** One row of `history.csv`: an epoch of a run. */
export interface EpochRow {
  /** As in `results.csv`. */
  readonly trial: number;
  /** As in `results.csv`. */
  readonly seed: number;
  /** From 1. */
  readonly epoch: number;
  /** Mean over the epoch's batches, weighted by their sizes; null if not finite. */
  readonly train_loss: number | null;
  /** After the epoch. */
  readonly val_loss: number | null;
  /** Fraction, 0 to 1. */
  readonly val_accuracy: number | null;
  /** What the last step of the epoch was scaled by; null where no schedule is set: as in `results.csv`. */
  readonly learning_rate: number | null;
}

const TABLE: Table<EpochRow> = {
  name: "history.csv",
  columns: {
    trial: count,
    seed: count,
    epoch: count,
    train_loss: metric,
    val_loss: metric,
    val_accuracy: metric,
    learning_rate: whereSet(finite),
  },
  key: ["trial", "seed", "epoch"],
};

export type HistoryColumn = keyof EpochRow & string;
/** All that there may be. */
export const HISTORY_COLUMNS: readonly HistoryColumn[] = columnNames(TABLE);

/** Those of a file of these rows. */
export function historyColumns(rows: readonly EpochRow[]): readonly HistoryColumn[] {
  return neededColumns(TABLE, rows);
}

/** Writes one row an epoch, by trial, seed, epoch. @throws RangeError if a value does not fit its column or an epoch occurs twice */
export function formatHistory(
  rows: readonly EpochRow[],
  columns: readonly HistoryColumn[] = historyColumns(rows),
): string {
  return formatTable(TABLE, rows, columns);
}

/** Reads `history.csv`. @throws SyntaxError that names the line and column at fault */
export function parseHistory(text: string): EpochRow[] {
  return parseTable(TABLE, text);
}

/** As parseHistory(), but what was measured in an epoch is read when it is first asked for: see openTable(). A report draws few of a hundred thousand. */
export function openHistory(text: string): EpochRow[] {
  return openTable(TABLE, text);
}
