import type { Verdict } from "../../analysis/conclusions.ts";
import type { Metric } from "../../tables/metrics.ts";

/**
 * Every trial by rank, column by column, as little data as tell what the table shows: trial_data.ts works them out, and trial_cells.ts makes texts of them, for report.md
 * and in the browser alike. A row is a place in these lists.
 */
export interface TrialTable {
  readonly trials: readonly number[];
  /** The first so many have a rank. */
  readonly ranked: number;
  /** How many runs each trial has; one number where all have as many. */
  readonly runs: number | readonly number[];
  readonly parameters: readonly ParameterColumn[];
  readonly metrics: readonly MetricColumn[];
  /** Null where there is nothing to tell a difference by. */
  readonly difference: DifferenceColumn | null;
  /** By row, of the trials that did not just end well; the worst first. */
  readonly marks: Readonly<Record<string, readonly Mark[]>>;
}

export interface ParameterColumn {
  readonly title: string;
  /** What a cell can say, each once, from the least to the greatest. */
  readonly values: readonly (number | string)[];
  /** Each trial's place in the values; -1 where it has none. */
  readonly cells: readonly number[];
}

/** Means, and standard deviations over seeds, in no more digits than are shown; of accuracies in percent. */
export interface MetricColumn {
  readonly metric: Metric;
  readonly means: readonly (number | null)[];
  /** Null where no trial has more than one run. */
  readonly sds: readonly (number | null)[] | null;
  /** Left out of the table unless somebody asks for it. */
  readonly extra: boolean;
}

export interface DifferenceColumn {
  readonly metric: Metric;
  /** Mean and interval of each trial, in the digits that are shown; of accuracies in points. */
  readonly values: readonly (readonly [mean: number, low?: number, high?: number] | null)[];
  /** A letter a trial, by VERDICT_LETTERS. */
  readonly verdicts: string;
  /** The ends of the axis that intervals are drawn on; null where there is no interval. */
  readonly axis: readonly [low: number, high: number] | null;
}

/** What stands for a verdict in DifferenceColumn. */
export const VERDICT_LETTERS: Readonly<Record<Verdict, string>> = {
  best: "b",
  not_distinguishable: "n",
  uncertain: "c",
  worse: "w",
  better: "t",
  unknown: "u",
  eliminated: "e",
  no_result: "x",
};

/** How a trial can end otherwise than well, the worst first; `running`: some of its runs have not ended. */
export const MARKS = ["failed", "diverged", "idle", "stopped", "running"] as const;
export type MarkKind = (typeof MARKS)[number];
/** How many runs it is about; of `stopped`, after how many epochs. */
export type Mark = readonly [kind: MarkKind, count: number];
