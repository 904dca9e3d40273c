import type { TopLevelSpec } from "vega-lite";
import type { EpochRow } from "../history_csv.ts";
import { type Objective, rankTrials } from "../rank_trials.ts";
import type { RunRow } from "../results_csv.ts";
import { describeParameters, sweptParameters, type TrialParameters } from "../trial_parameters.ts";
import { learningCurves } from "./learning_curves.ts";

/** What the learning-curve figure of an experiment is drawn from. */
export interface ExperimentCurves {
  readonly objective: Objective;
  /** The rows of `results.csv`. */
  readonly rows: readonly RunRow[];
  /** The rows of `history.csv`. */
  readonly history: readonly EpochRow[];
  /** What the sweep set in each trial. Default: the columns in which the rows differ. */
  readonly trials?: readonly TrialParameters[];
}

/** The learning-curve figure of an experiment's trials, ranked and named as in its report. */
export function experimentCurves({ objective, rows, history, trials }: ExperimentCurves): TopLevelSpec {
  const parameters = new Map(
    (trials ?? sweptParameters(rows)).map((trial) => [trial.trial, describeParameters(trial.parameters)]),
  );
  return learningCurves({
    history,
    trials: rankTrials(rows, objective).map(({ trial, runs }) => ({
      trial,
      label: `trial ${trial}${parameters.get(trial) ? `: ${parameters.get(trial)}` : ""}`,
      diverged: runs.some((run) => run.status === "diverged"),
    })),
  });
}
