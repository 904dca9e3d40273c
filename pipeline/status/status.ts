import type { Experiment } from "../../src/config/schema.ts";
import type { RunRow } from "../../src/tables/results_csv.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import { planRuns, type Run, Runner } from "../runs/runner.ts";
import { resultsStatus } from "./results_status.ts";
import { type DatasetFacts, sharedStatus } from "./shared_status.ts";
import { type RunLook, RunLooks } from "./run_looks.ts";
import type { StepState } from "./step_state.ts";
import type { Store } from "../store/store.ts";
import { survivors } from "../runs/survivors.ts";

/** How a run stands: as its first step that is not up to date. */
export interface RunStatus extends RunLook, StepState {}

/** What a sweep would do, and why. */
export interface ExperimentStatus {
  readonly name: string;
  /** The results folder. */
  readonly out: string;
  readonly upToDate: boolean;
  /** The steps that all runs share, in order. */
  readonly steps: readonly (StepState & { step: string })[];
  /** By trial, then seed. */
  readonly runs: readonly RunStatus[];
  /** Halving: the rungs of which nobody can say yet which trials take part. */
  readonly laterRungs: readonly { trials: number; epochs: number }[];
  readonly report: StepState;
  /** Null while the data set is not preprocessed. */
  readonly dataset: DatasetFacts | null;
}

/** How an experiment stands in a store and a results folder. Does nothing and writes nothing. */
export async function experimentStatus(
  experiment: Experiment,
  { store, out, command }: { store: Store; out: string; command: string },
): Promise<ExperimentStatus> {
  const { steps, dataset } = sharedStatus(experiment.dataset, store);
  const { looks, laterRungs } = lookAtRuns(experiment, { store, dataset });
  const runs = looks.explain().map((look): RunStatus => {
    const { train, evaluate } = look;
    return { ...look, ...(train.state === "up to date" && evaluate ? evaluate : train) };
  });
  const toDoCount = runs.filter(({ state }) => state !== "up to date").length;
  const report = await resultsStatus(experiment, { out, toDoCount, command });
  const upToDate = [...steps, report].every(({ state }) => state === "up to date") && toDoCount === 0 &&
    laterRungs.length === 0;
  return { name: experiment.name, out, upToDate, steps, runs, laterRungs, report, dataset };
}

/** Looks at every run whose part in the sweep is certain: of halving, those of the rungs up to the first that is not all done. */
function lookAtRuns(
  experiment: Experiment,
  { store, dataset }: { store: Store; dataset: DatasetFacts | null },
): { looks: RunLooks; laterRungs: ExperimentStatus["laterRungs"] } {
  const trials = expandSweep(experiment);
  const looks = new RunLooks(store, dataset?.sha256 ?? null);
  if (experiment.sweep?.method !== "halving") {
    looks.look(planRuns(trials, experiment));
    return { looks, laterRungs: [] };
  }
  const rungs = sweepRungs(experiment, trials.count);
  let going = Array.from(trials);
  for (const [i, { epochs }] of rungs.entries()) {
    const runs = planRuns(
      going.map((trial) => ({ ...trial, train: { ...trial.train, epochs } })),
      experiment,
    );
    const whole = looks.look(runs);
    const next = rungs[i + 1];
    if (next === undefined) break;
    if (!whole || dataset === null) return { looks, laterRungs: rungs.slice(i + 1) };
    going = survivors(storedRows(runs, { store, dataset }), next.trials, experiment).map((index) =>
      trials.at(index)
    );
  }
  return { looks, laterRungs: [] };
}

/** The rows of runs that the store has. */
function storedRows(
  runs: readonly Run[],
  { store, dataset: { sha256, train, test } }: { store: Store; dataset: DatasetFacts },
): RunRow[] {
  const never = () => Promise.reject(new TypeError("Cannot train: nothing may be done here"));
  const runner = new Runner({
    context: { store, signal: new AbortController().signal, emit() {} },
    dataset: { sha256, read: never },
    trainCount: train,
    testCount: test,
    pool: never,
  });
  return runs.flatMap((run) => runner.find(run)?.row ?? []);
}
