import type { DiagnosticsRow } from "../tables/diagnostics_csv.ts";
import type { EpochRow } from "../tables/history_csv.ts";
import type { Inspection } from "../numpy/inspection_npz.ts";
import type { Language } from "./messages/messages.ts";
import type { Predictions } from "../tables/predictions_csv.ts";
import type { Objective } from "../analysis/ranking.ts";
import type { RunRow } from "../tables/results_csv.ts";
import type { TrialParameters } from "../analysis/trial_parameters.ts";

/** What a report is made of; all of it lies in the results folder. What is left out has no section. */
export interface ReportInput {
  /** The experiment's name. */
  readonly name: string;
  /** What it is written in. */
  readonly language: Language;
  /** What its trials are ranked by. */
  readonly objective: Objective;
  /** The rows of `results.csv`, one or more. */
  readonly rows: readonly RunRow[];
  /** The rows of `history.csv`. */
  readonly history: readonly EpochRow[];
  /** What the sweep set in each trial. Default: the columns in which the rows differ. */
  readonly trials?: readonly TrialParameters[] | undefined;
  /** Of the best run: bestRun() of the first trial of rankTrials(). */
  readonly predictions?: TestPredictions | undefined;
  /** Of the same run. */
  readonly inspection?: Inspection | undefined;
  /** By runName(); of as many runs as diagnosedRuns() names, or fewer. */
  readonly diagnostics: ReadonlyMap<string, readonly DiagnosticsRow[]>;
  /** The data set's name where it is one that is known by name. */
  readonly dataset?: string | undefined;
  /** The command that gives these results again. */
  readonly command?: string | undefined;
  /** The resolved config, YAML. */
  readonly config?: string | undefined;
  /** SHA-256 of the data's files, by name. */
  readonly data: Readonly<Record<string, string>>;
  /** What else it takes to get the same results, by name: `{ Deno: "2.9.6" }`. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A run's predictions on the test set, and how many classes there are. */
export interface TestPredictions extends Predictions {
  /** Labels and predictions are 0 to classes - 1. */
  readonly classes: number;
}
