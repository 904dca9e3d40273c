import { resolve } from "node:path";
import type { Experiment } from "../../src/config/schema.ts";
import { MAX_RUNS, type RunRow } from "../../src/tables/results_csv.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import type { Trial } from "../../src/sweep/trial.ts";
import { say } from "../messages/messages.ts";
import { UserError } from "../system/errors.ts";
import { survivors } from "../runs/perform_rungs.ts";
import { planRung, type Rung } from "../runs/run.ts";
import { localWorkplace } from "../runs/workplace.ts";
import { Runner } from "../runs/runner.ts";
import type { PreprocessFacts } from "../steps/preprocess.ts";
import { ArtifactListing } from "../store/inventory.ts";
import { canonicalJson, type StepIdentity } from "../store/fingerprint.ts";
import type { Store } from "../store/store.ts";
import { FormerExperiment } from "./former_experiment.ts";
import { downloadIdentity, preprocessIdentity } from "./identities.ts";
import { resultsStatus } from "./results_status.ts";
import { SeenFiles } from "../results/seen_files.ts";
import { RunLooks } from "./run_looks.ts";
import { StepLooks } from "./step_looks.ts";
import { type StepState, toDo } from "./step_state.ts";

/** The preprocessed data set: its hash, and what is in it. */
interface DatasetFacts extends PreprocessFacts {
  readonly sha256: string;
}

export interface ExperimentStatus {
  readonly name: string;
  readonly out: string;
  readonly upToDate: boolean;
  /** The steps that all runs share, in order. */
  readonly steps: readonly (StepState & { step: "download" | "preprocess" })[];
  readonly runs: Omit<RunLooks, "look">;
  /** The rungs of which nobody can say yet which trials take part. */
  readonly laterRungs: readonly Rung[];
  readonly report: StepState;
  /** Null while the data set is not preprocessed. */
  readonly dataset: DatasetFacts | null;
}

/** Does nothing and writes nothing. */
export async function experimentStatus(
  experiment: Experiment,
  { store, out, command }: { store: Store; out: string; command: string },
): Promise<ExperimentStatus> {
  store.recallRecords(resolve(out));
  const former = await FormerExperiment.read(out, store);
  const { steps, dataset } = sharedStatus(experiment.dataset, { store, former });
  const { runs, laterRungs } = lookAtRuns(experiment, { store, dataset, former });
  const toDoCount = runs.openCount;
  const report = await resultsStatus(experiment, {
    out,
    toDoCount,
    command,
    seen: SeenFiles.read(store, out),
  });
  const upToDate = [...steps, report].every(({ state }) => state === "up to date") && toDoCount === 0 &&
    laterRungs.length === 0;
  return { name: experiment.name, out, upToDate, steps, runs, laterRungs, report, dataset };
}

function sharedStatus(
  dataset: Experiment["dataset"],
  { store, former }: { store: Store; former: FormerExperiment },
): Pick<ExperimentStatus, "steps" | "dataset"> {
  const artifacts = new ArtifactListing(store);
  const lookAt = (identity: StepIdentity) => {
    const isOlder = ({ parameters }: StepIdentity) =>
      canonicalJson(parameters) === canonicalJson(identity.parameters);
    const looks = new StepLooks(store, { step: identity.step, artifacts, former, isOlder });
    const look = looks.look(identity);
    return { record: look.record, state: looks.explain(look) };
  };
  const download = lookAt(downloadIdentity(dataset));
  const downloadState = { step: "download" as const, ...download.state };
  const identity = preprocessIdentity(dataset, download.record?.outputs ?? null);
  if (identity === null) {
    const state = downloadState.state === "stale" ? "stale" : "missing";
    const waits = toDo(state, (t) => t.waitsForDownload);
    return { steps: [downloadState, { step: "preprocess" as const, ...waits }], dataset: null };
  }
  const preprocess = lookAt(identity);
  const steps = [downloadState, { step: "preprocess" as const, ...preprocess.state }];
  // The record's own hash and the step's version vouch for the types of what it holds.
  const facts = preprocess.record?.facts as PreprocessFacts | undefined;
  return {
    steps,
    dataset: facts && preprocess.record ? { sha256: preprocess.record.outputs.dataset, ...facts } : null,
  };
}

/** Looks at every run whose part in the sweep is certain: those of the rungs up to the first that is not all done. */
function lookAtRuns(
  experiment: Experiment,
  { store, dataset, former }: { store: Store; dataset: DatasetFacts | null; former: FormerExperiment },
): { runs: RunLooks; laterRungs: ExperimentStatus["laterRungs"] } {
  const trials = expandSweep(experiment);
  const count = trials.count * experiment.seeds.length;
  if (count > MAX_RUNS) {
    const { name } = experiment;
    throw new UserError(say((t) => t.errors.tooManyToLook({ name, most: MAX_RUNS, found: count })));
  }
  const runs = new RunLooks(store, { experiment, trials, dataset: dataset?.sha256 ?? null, former });
  const rungs = sweepRungs(experiment, trials.count);
  let going: Iterable<Trial> = trials;
  for (const [i, rung] of rungs.entries()) {
    const whole = runs.look(rung, going);
    const next = rungs[i + 1];
    if (next === undefined) break;
    if (!whole || dataset === null) return { runs, laterRungs: rungs.slice(i + 1) };
    const rows = storedRows(rung, going, { experiment, store, dataset });
    going = survivors(rows, next.trials, experiment).map((index) => trials.at(index));
  }
  return { runs, laterRungs: [] };
}

function storedRows(
  rung: Rung,
  trials: Iterable<Trial>,
  { experiment, store, dataset: { sha256, train, test } }: {
    experiment: Experiment;
    store: Store;
    dataset: DatasetFacts;
  },
): RunRow[] {
  const never = () => Promise.reject(new TypeError("Cannot train: nothing may be done here"));
  const runner = new Runner({
    context: { store, signal: new AbortController().signal, emit() {} },
    dataset: { sha256, read: never },
    trainCount: train,
    testCount: test,
    evaluate: experiment.evaluate,
    workplace: localWorkplace(0),
    pool: never,
  });
  const artifacts = new ArtifactListing(store);
  return planRung(rung, trials, experiment).flatMap((run) => runner.find(run, artifacts)?.row ?? []);
}
