import { type RunSettings, SETTING_COLUMNS } from "../settings/settings.ts";
import { type Codec, count, finite, metric, oneOf, optional, SHA256, whereSet } from "../text/codecs.ts";
import type { AskedMetric } from "./metrics.ts";
import { columnNames, formatTable, neededColumns, parseTable, type Table } from "./table.ts";

/** How a run can end. */
export const RUN_STATUSES = ["ok", "diverged", "failed"] as const;
/** diverged: a loss or a weight was no longer finite; failed: the run could not be done. */
export type RunStatus = (typeof RUN_STATUSES)[number];
/** Where a run stands. `running` only while somebody looks on at a sweep: it has no metrics yet, and no file has such a row. */
export type RunState = RunStatus | "running";

/** One row of `results.csv`: a run, its resolved hyperparameters and what came out. */
export interface RunRow extends RunSettings, Readonly<Record<AskedMetric, number | null>> {
  /** Its place in the sweep, from 0. */
  readonly trial: number;
  /** One of the experiment's; those of split, init and shuffle come from it unless the config pins them. */
  readonly seed: number;
  /** How it ended, if it has. */
  readonly status: RunState;
  /** Of the choice of validation images. */
  readonly split_seed: number;
  /** Of the initial weights and biases. */
  readonly init_seed: number;
  /** Of the order of the training images. */
  readonly shuffle_seed: number;
  /** Of dropout and the noise of the inputs; null where there is none. */
  readonly noise_seed: number | null;
  /** The epoch after which early stopping ended the training; null where it did not. */
  readonly stopped_epoch: number | null;
  /** The epoch whose weights are kept, and whose losses the row has; null without early stopping: the last one. */
  readonly kept_epoch: number | null;
  /** Cross-entropy, natural logarithm. Metrics are null where they were not reached or are not finite. */
  readonly train_loss: number | null;
  /** After the last epoch, or the kept one; null also where no images validate. */
  readonly val_loss: number | null;
  /** Fraction, 0 to 1. */
  readonly val_accuracy: number | null;
  /** On the test images, with the final weights. */
  readonly test_loss: number | null;
  /** Fraction, 0 to 1. */
  readonly test_accuracy: number | null;
  /** SHA-256 of the final weights, 64 hexadecimal digits; null where the run did not end ok. */
  readonly weights_sha256: string | null;
}

/** The row of a run that has ended, as all of a file are. */
export interface EndedRow extends RunRow {
  readonly status: RunStatus;
}

/** So many runs a sweep may have: weights of the course's network alone are 200 GB, and a report of more takes minutes and gigabytes. */
export const MAX_RUNS = 100_000;

/** How a run is called everywhere: as its folder in `runs/`, in manifest.json and in messages. */
export function runName({ trial, seed }: { trial: number; seed: number }): string {
  return `${trial}-${seed}`;
}

const sha256: Codec<string> = {
  expects: "64 hexadecimal digits",
  write: (value) => SHA256.test(value) ? value : undefined,
  read: (cell) => SHA256.test(cell) ? cell : undefined,
};

const ended = oneOf(RUN_STATUSES);
const status: Codec<RunState> = {
  ...ended,
  write: (value) => value === "running" ? undefined : ended.write(value),
};

const TABLE: Table<RunRow> = {
  name: "results.csv",
  columns: {
    trial: count,
    seed: count,
    status,
    ...SETTING_COLUMNS,
    split_seed: count,
    init_seed: count,
    shuffle_seed: count,
    noise_seed: whereSet(count),
    stopped_epoch: whereSet(count),
    kept_epoch: whereSet(count),
    train_loss: metric,
    val_loss: metric,
    val_accuracy: metric,
    test_loss: metric,
    test_accuracy: metric,
    test_top2_accuracy: whereSet(finite),
    test_macro_f1: whereSet(finite),
    test_ece: whereSet(finite),
    weights_sha256: optional(sha256),
  },
  key: ["trial", "seed"],
};

export type ResultsColumn = keyof RunRow & string;
/** All that there may be. */
export const RESULTS_COLUMNS: readonly ResultsColumn[] = columnNames(TABLE);

/** Those of a file of these rows. */
export function resultsColumns(rows: readonly RunRow[]): readonly ResultsColumn[] {
  return neededColumns(TABLE, rows);
}

/** Writes `results.csv`: one row a run, by trial, then seed. @throws RangeError if a value does not fit its column or a run occurs twice */
export function formatResults(
  rows: readonly RunRow[],
  columns: readonly ResultsColumn[] = resultsColumns(rows),
): string {
  return formatTable(TABLE, rows, columns);
}

/** Reads exactly the rows that formatResults() was given, sorted. @throws SyntaxError that names the line and column at fault */
export function parseResults(text: string): RunRow[] {
  return parseTable(TABLE, text, MAX_RUNS);
}
