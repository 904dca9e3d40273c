import { longestRow, type Rows } from "./rows.ts";

/** The rows there are. Lists of row numbers, not copies, say which of them a run trains on. */
export interface TrainingData {
  /** Pixels of a row. */
  readonly features: number;
  /** Labels are 0 to classes - 1. */
  readonly classes: number;
  /** What a pixel is divided by. */
  readonly scale: number;
  /** Rows to train on and validate with, stored as the test part's are. */
  readonly train: Rows;
  /** Rows to evaluate on. */
  readonly test: Rows;
  /** The most entries that a sparse row of either part has. */
  readonly longestRow: number;
}

/** Training data from a data set of the same form, such as a decoded one, and what a pixel is to be divided by. */
export function trainingData(
  dataset: Omit<TrainingData, "longestRow" | "scale">,
  scale: number,
): TrainingData {
  const { features, classes, train, test } = dataset;
  const longest = Math.max(longestRow(train), longestRow(test));
  return { features, classes, scale, train, test, longestRow: longest };
}
