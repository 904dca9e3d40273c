import { type Codec, count, finite, metric, oneOf, optional, text } from "../text/codecs.ts";
import { formatTable, parseTable, type Table } from "./table.ts";

/** How a run can end. */
export const RUN_STATUSES = ["ok", "diverged", "failed"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** One row of `results.csv`: a run, its resolved hyperparameters and what came out. */
export interface RunRow {
  /** Its place in the sweep, from 0. */
  readonly trial: number;
  /** One of the experiment's; those of split, init and shuffle come from it unless the config pins them. */
  readonly seed: number;
  /** How it ended. */
  readonly status: RunStatus;
  /** Units of each hidden layer, first to last; empty for logistic regression. */
  readonly hidden: readonly number[];
  /** Of the hidden layers: tanh, sigmoid, relu or identity. */
  readonly activation: string;
  /** How the initial weights are drawn: gaussian, xavier or he. */
  readonly init: string;
  /** Standard deviation of the initial weights; null where `init` derives it from the layer's size. */
  readonly sigma: number | null;
  /** How the biases start: zero or gaussian, drawn like their layer's weights. */
  readonly bias: string;
  /** How many it was to train for; it may have diverged or failed before. */
  readonly epochs: number;
  /** Images per update of the weights; full for all training images at once. */
  readonly batch_size: number | "full";
  /** Step size of each update. */
  readonly learning_rate: number;
  /** sgd, momentum or adagrad. */
  readonly optimizer: string;
  /** Whether a batch's gradient is the mean or the sum of its images'. */
  readonly reduction: string;
  /** When the training images are shuffled: once, each_epoch or none. */
  readonly shuffle: string;
  /** Of the choice of validation images. */
  readonly split_seed: number;
  /** Of the initial weights and biases. */
  readonly init_seed: number;
  /** Of the order of the training images. */
  readonly shuffle_seed: number;
  /** Cross-entropy, natural logarithm. Metrics are null where they were not reached or are not finite. */
  readonly train_loss: number | null;
  /** After the last epoch; null also where no images validate. */
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

/** How a run is called everywhere: as its folder in `runs/`, in manifest.json and in messages. */
export function runName({ trial, seed }: { trial: number; seed: number }): string {
  return `${trial}-${seed}`;
}

/** `400-200`; an empty cell for no hidden layer. */
const hidden: Codec<readonly number[]> = {
  expects: "sizes of 1 or more joined by -, as 400-200, or empty",
  write: (sizes) => sizes.every((n) => Number.isSafeInteger(n) && n > 0) ? sizes.join("-") : undefined,
  read(cell) {
    if (cell === "") return [];
    return /^[1-9]\d*(-[1-9]\d*)*$/.test(cell) ? cell.split("-").map(Number) : undefined;
  },
};

const batchSize: Codec<number | "full"> = {
  expects: "an integer of 1 or more, or full",
  write: (value) => value === "full" ? value : value > 0 ? count.write(value) : undefined,
  read: (cell) => cell === "full" ? cell : count.read(cell) || undefined,
};

const sha256: Codec<string> = {
  expects: "64 hexadecimal digits",
  write: (value) => /^[0-9a-f]{64}$/.test(value) ? value : undefined,
  read: (cell) => /^[0-9a-f]{64}$/.test(cell) ? cell : undefined,
};

/** The columns of a run's settings, as other tables have them too. */
export const SETTING_COLUMNS = {
  hidden,
  activation: text,
  init: text,
  sigma: optional(finite),
  bias: text,
  epochs: count,
  batch_size: batchSize,
  learning_rate: finite,
  optimizer: text,
  reduction: text,
  shuffle: text,
} as const;

/** The settings of a run, as `results.csv` has them. */
export type RunSettings = Pick<RunRow, keyof typeof SETTING_COLUMNS>;

const TABLE: Table<RunRow> = {
  name: "results.csv",
  columns: {
    trial: count,
    seed: count,
    status: oneOf(RUN_STATUSES),
    ...SETTING_COLUMNS,
    split_seed: count,
    init_seed: count,
    shuffle_seed: count,
    train_loss: metric,
    val_loss: metric,
    val_accuracy: metric,
    test_loss: metric,
    test_accuracy: metric,
    weights_sha256: optional(sha256),
  },
  key: ["trial", "seed"],
};

/** Writes `results.csv`: one row a run, by trial, then seed. @throws RangeError if a value does not fit its column or a run occurs twice */
export function formatResults(rows: readonly RunRow[]): string {
  return formatTable(TABLE, rows);
}

/**
 * Reads `results.csv`: exactly the rows that `formatResults` was given, sorted.
 * @throws SyntaxError that names the line and column at fault
 */
export function parseResults(text: string): RunRow[] {
  return parseTable(TABLE, text);
}
