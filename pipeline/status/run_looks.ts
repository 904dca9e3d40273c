import type { Experiment } from "../../src/config/schema.ts";
import type { Trial, TrialSpace } from "../../src/sweep/trial.ts";
import { planRung, type Run, type Rung } from "../runs/run.ts";
import { evaluateParameters, evaluateStep } from "../steps/evaluate.ts";
import { trainParameters, trainStep } from "../steps/train.ts";
import { canonicalJson } from "../store/fingerprint.ts";
import type { Store } from "../store/store.ts";
import { ArtifactListing } from "../store/inventory.ts";
import { evaluateIdentity, trainIdentity } from "./identities.ts";
import type { FormerExperiment } from "./former_experiment.ts";
import { isDiverged, isStopped, type Look, StepLooks } from "./step_looks.ts";
import { type StepState, toDo, UP_TO_DATE } from "./step_state.ts";

/** How a run stands: as its first step that is not up to date. */
export interface RunState extends StepState {
  readonly run: Run;
  readonly train: StepState;
  /** Null where there is nothing to evaluate: the training diverged. */
  readonly evaluate: StepState | null;
  /** Epochs that need not be trained again. */
  readonly epochsDone: number;
}

/** What the store has of a run, as far as it is kept of each: a byte. What else there is to say is looked up again. */
const HAS = {
  nothing: 0,
  /** Something, but not all of the training. */
  part: 1,
  /** All of the training, and not of the evaluation. */
  training: 2,
  all: 3,
  /** All that there is of a training that diverged. */
  diverged: 4,
} as const;

/**
 * How the store stands to the runs of an experiment. All are looked at before any is explained; a sweep may have so many of them that none
 * is held: they are made again where somebody wants to hear of them.
 */
export class RunLooks implements Iterable<RunState> {
  readonly #experiment: Experiment;
  readonly #trials: TrialSpace;
  readonly #trains: StepLooks;
  readonly #evaluates: StepLooks;
  readonly #dataset: string | null;
  readonly #trainings = new WantedParameters(() =>
    this.#runs(() => true).map(({ run: { trial, seeds } }) => trainParameters(trial, seeds))
  );
  readonly #evaluations = new WantedParameters(() =>
    this.#runs(() => true).map(({ run: { trial, seeds: { split } } }) =>
      evaluateParameters(trial, { split, evaluate: this.#experiment.evaluate })
    )
  );
  /** By trial, then seed. */
  readonly #has: Uint8Array;
  readonly #rungs: Rung[] = [];
  /** The place among the rungs of the last at which each trial was looked at. */
  readonly #rungOf: Uint8Array;

  /** `dataset` is the hash of the preprocessed data set, null where it is not known yet: then the store has no run. */
  constructor(
    store: Store,
    { experiment, trials, dataset, former }: {
      experiment: Experiment;
      trials: TrialSpace;
      dataset: string | null;
      former: FormerExperiment;
    },
  ) {
    const artifacts = new ArtifactListing(store);
    this.#experiment = experiment;
    this.#trials = trials;
    this.#trains = new StepLooks(store, {
      step: trainStep.name,
      artifacts,
      former,
      // One of this version and data set with a run's parameters is a record of that run.
      isOlder: ({ version, inputs, parameters }) =>
        (version !== trainStep.version || inputs.dataset !== dataset) && this.#trainings.has(parameters),
    });
    this.#evaluates = new StepLooks(store, {
      step: evaluateStep.name,
      artifacts,
      former,
      isOlder: ({ parameters }) => this.#evaluations.has(parameters),
    });
    this.#dataset = dataset;
    this.#has = new Uint8Array(trials.count * experiment.seeds.length);
    this.#rungOf = new Uint8Array(trials.count);
  }

  /** How many runs there are. */
  get count(): number {
    return this.#has.length;
  }

  /** How many of them are not up to date. */
  get openCount(): number {
    return this.#has.reduce((sum, has) => sum + Number(isOpen(has)), 0);
  }

  /** Whether the training of any is not up to date. */
  get needTraining(): boolean {
    return this.#has.some((has) => has < HAS.training);
  }

  /** Looks at the runs of a rung. Says whether the store has all of all of them. */
  look(rung: Rung, trials: Iterable<Trial>): boolean {
    this.#rungs.push(rung);
    const { length } = this.#experiment.seeds;
    // Without any record of a training there is none of these.
    if (this.#trains.isEmpty()) return false;
    let whole = true;
    for (const trial of trials) {
      this.#rungOf[trial.index] = this.#rungs.length - 1;
      for (const [i, run] of planRung(rung, [trial], this.#experiment).entries()) {
        const has = this.#whatIsOf(this.#look(run));
        this.#has[trial.index * length + i] = has;
        whole &&= !isOpen(has);
      }
    }
    return whole;
  }

  /** By trial, then seed. */
  *[Symbol.iterator](): Generator<RunState> {
    for (const { run, has } of this.#runs(() => true)) yield this.#explain(run, has);
  }

  /** Those that are not up to date, by trial, then seed. */
  *open(): Generator<RunState> {
    for (const { run, has } of this.#runs(isOpen)) yield this.#explain(run, has);
  }

  /** Of each run its trial, and how many of its epochs need not be trained again; by trial, then seed. */
  *epochsDone(): Generator<{ trial: Trial; epochsDone: number }> {
    for (const { run, has } of this.#runs(() => true)) {
      const { trial } = run;
      yield { trial, epochsDone: has === HAS.part ? this.#explain(run, has).epochsDone : doneOf(trial, has) };
    }
  }

  *#runs(isWanted: (has: number) => boolean): Generator<{ run: Run; has: number }> {
    const { length } = this.#experiment.seeds;
    for (let index = 0; index < this.#trials.count; index++) {
      const has = this.#has.subarray(index * length, (index + 1) * length);
      if (!has.some(isWanted)) continue;
      const runs = planRung(this.#rungs[this.#rungOf[index]], [this.#trials.at(index)], this.#experiment);
      for (const [i, run] of runs.entries()) {
        if (isWanted(has[i])) yield { run, has: has[i] };
      }
    }
  }

  #look(run: Run): { train: Look; evaluate: Look | null } {
    const { trial: { train: { epochs } } } = run;
    const dataset = this.#dataset ?? "";
    const train = this.#trains.look(trainIdentity(run, dataset), epochs);
    if (!train.record || isDiverged(train.record)) return { train, evaluate: null };
    const { weights } = train.record.outputs;
    const { evaluate } = this.#experiment;
    return { train, evaluate: this.#evaluates.look(evaluateIdentity(run, { dataset, weights, evaluate })) };
  }

  #whatIsOf({ train, evaluate }: { train: Look; evaluate: Look | null }): number {
    if (!train.record) return train.known ? HAS.part : HAS.nothing;
    if (!evaluate) return HAS.diverged;
    return evaluate.record ? HAS.all : HAS.training;
  }

  #explain(run: Run, has: number): RunState {
    if (!isOpen(has)) {
      const evaluate = has === HAS.diverged ? null : UP_TO_DATE;
      return { run, train: UP_TO_DATE, evaluate, epochsDone: doneOf(run.trial, has), ...UP_TO_DATE };
    }
    const looks = this.#look(run);
    const train = this.#trains.explain(looks.train);
    if (looks.evaluate) {
      const evaluate = this.#evaluates.explain(looks.evaluate, ["weights", "dataset"]);
      return { run, train, evaluate, epochsDone: doneOf(run.trial, has), ...evaluate };
    }
    const waits = toDo(train.state === "stale" ? "stale" : "missing", (t) => t.waitsForTrain);
    const earlier = this.#trains.earlier(looks.train);
    const diverged = isDiverged(earlier);
    const epochsDone = diverged || isStopped(earlier) ? run.trial.train.epochs : earlier?.stage ?? 0;
    return { run, train, evaluate: diverged ? null : waits, epochsDone, ...train };
  }
}

/** The parameters that a step has in all runs, made when somebody asks for them. */
class WantedParameters {
  readonly #list: () => Iterable<unknown>;
  #texts: ReadonlySet<string> | null = null;

  constructor(list: () => Iterable<unknown>) {
    this.#list = list;
  }

  has(parameters: unknown): boolean {
    if (this.#texts === null) {
      const texts = new Set<string>();
      for (const wanted of this.#list()) texts.add(canonicalJson(wanted));
      this.#texts = texts;
    }
    return this.#texts.has(canonicalJson(parameters));
  }
}

function isOpen(has: number): boolean {
  return has < HAS.all;
}

/** Of a run that is whole in the store, or not at all. */
function doneOf({ train: { epochs } }: Trial, has: number): number {
  return has === HAS.nothing ? 0 : epochs;
}
