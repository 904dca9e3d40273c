import type { Experiment } from "../../src/config/schema.ts";
import type { Run } from "../runs/run.ts";
import { evaluateStep } from "../steps/evaluate.ts";
import { trainStep } from "../steps/train.ts";
import type { Store } from "../store/store.ts";
import { ArtifactListing } from "../store/inventory.ts";
import { evaluateIdentity, trainIdentity } from "./identities.ts";
import type { FormerExperiment } from "./former_experiment.ts";
import { isDiverged, type Look, StepLooks } from "./step_looks.ts";
import { type StepState, toDo } from "./step_state.ts";

export interface RunLook {
  readonly run: Run;
  readonly train: StepState;
  /** Null where there is nothing to evaluate: the training diverged. */
  readonly evaluate: StepState | null;
  /** Epochs that need not be trained again. */
  readonly epochsDone: number;
}

export class RunLooks {
  readonly #trains: StepLooks;
  readonly #evaluates: StepLooks;
  readonly #dataset: string | null;
  readonly #evaluate: Experiment["evaluate"];
  /** By name; of a run that is looked at again, at a later rung, the last. */
  readonly #found = new Map<string, { run: Run; train: Look; evaluate: Look | null }>();

  /** `dataset` is the hash of the preprocessed data set, null where it is not known yet: then the store has no run. */
  constructor(
    store: Store,
    { dataset, evaluate, former }: {
      dataset: string | null;
      evaluate: Experiment["evaluate"];
      former: FormerExperiment;
    },
  ) {
    const artifacts = new ArtifactListing(store);
    this.#trains = new StepLooks(store, { step: trainStep.name, artifacts, former });
    this.#evaluates = new StepLooks(store, { step: evaluateStep.name, artifacts, former });
    this.#dataset = dataset;
    this.#evaluate = evaluate;
  }

  /** Says whether the store has all of all of them. */
  look(runs: readonly Run[]): boolean {
    let whole = true;
    for (const run of runs) {
      const train = this.#trains.look(trainIdentity(run, this.#dataset ?? ""), run.trial.train.epochs);
      const evaluate = train.record && !isDiverged(train.record)
        ? this.#evaluates.look(evaluateIdentity(run, {
          dataset: this.#dataset ?? "",
          weights: train.record.outputs.weights,
          evaluate: this.#evaluate,
        }))
        : null;
      this.#found.set(run.name, { run, train, evaluate });
      whole &&= evaluate ? evaluate.record !== null : isDiverged(train.record);
    }
    return whole;
  }

  /** By trial, then seed. */
  explain(): RunLook[] {
    const looks = Array.from(this.#found.values(), ({ run, train, evaluate }): RunLook => {
      const state = this.#trains.explain(train);
      const { epochs } = run.trial.train;
      if (train.record) {
        const evaluated = evaluate && this.#evaluates.explain(evaluate, ["weights", "dataset"]);
        return { run, train: state, evaluate: evaluated, epochsDone: epochs };
      }
      const waits = toDo(state.state === "stale" ? "stale" : "missing", (t) => t.waitsForTrain);
      const earlier = this.#trains.earlier(train);
      const diverged = isDiverged(earlier);
      const epochsDone = diverged ? epochs : earlier?.stage ?? 0;
      return { run, train: state, evaluate: diverged ? null : waits, epochsDone };
    });
    return looks.sort((a, b) => a.run.trial.index - b.run.trial.index || a.run.seed - b.run.seed);
  }
}
