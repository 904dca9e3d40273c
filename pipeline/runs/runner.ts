import type { Experiment } from "../../src/config/schema.ts";
import { isNoisy } from "../../src/nn/noise.ts";
import { formatCalibration } from "../../src/tables/calibration_csv.ts";
import { ASKED_METRICS } from "../../src/tables/metrics.ts";
import { settingCells } from "../../src/settings/settings.ts";
import { trialLabel } from "../../src/sweep/trial_label.ts";
import type { EpochRow } from "../../src/tables/history_csv.ts";
import type { EndedRow, RunStatus } from "../../src/tables/results_csv.ts";
import type { TimingRow } from "../../src/tables/timings_csv.ts";
import { say } from "../messages/messages.ts";
import { type EvaluateContext, type EvaluateFacts, evaluateParameters } from "../steps/evaluate.ts";
import { findEarlierStage, findStepResult, performStep } from "../steps/perform_step.ts";
import type { ArtifactListing } from "../store/inventory.ts";
import { type Artifact, memoryArtifact, type StepContext } from "../steps/step.ts";
import { rowCounts, type TrainContext, trainParameters, trainStep } from "../steps/train.ts";
import type { TrainFacts, TrainOutput } from "../steps/training_files.ts";
import { WorkerError, type WorkerPool } from "../workers/pool.ts";
import type { Run } from "./run.ts";
import type { Workplace } from "./workplace.ts";

export interface RunResult {
  readonly row: EndedRow;
  readonly history: EpochRow[];
  /** weights.npz, predictions.csv, diagnostics.csv and, where it was asked for, calibration.csv; none where the run did not get as far. */
  readonly files: {
    readonly weights?: Artifact | undefined;
    readonly predictions?: Artifact | undefined;
    readonly diagnostics?: Artifact | undefined;
    readonly calibration?: Artifact | undefined;
  };
  /** What the store has of it, the state included from which more epochs would go on. */
  readonly stored: readonly Artifact[];
  /** Of what was done now; empty for a run that the store had. */
  readonly timings: TimingRow[];
}

interface RunnerOptions {
  readonly context: StepContext;
  readonly dataset: Artifact;
  /** Images of the training part, before validation is set aside. */
  readonly trainCount: number;
  readonly testCount: number;
  /** What is measured of each run, as the experiment has it. */
  readonly evaluate?: Experiment["evaluate"];
  readonly workplace: Pick<Workplace, "train" | "evaluate">;
  /** The workers, made when the first run needs them. */
  pool(): Promise<WorkerPool>;
}

/** Trains and evaluates runs, or takes from the store what it has of them. */
export class Runner {
  readonly #options: RunnerOptions;
  /** Images that were left to train when the runs were looked for and planned. */
  readonly #left = new Map<Run, number>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Null unless the store has all of it. Who looks for many runs gives a listing of the artifacts. */
  find(run: Run, artifacts?: ArtifactListing): RunResult | null {
    const found = this.#find(run, artifacts);
    if (found) this.#left.set(run, 0);
    return found;
  }

  #find(run: Run, artifacts: ArtifactListing | undefined): RunResult | null {
    const training = findStepResult(this.#options.workplace.train, this.#trainCall(run), artifacts);
    if (!training) return null;
    if (training.facts.status === "diverged") return result(run, training.facts, training.outputs);
    const evaluation = findStepResult(
      this.#options.workplace.evaluate,
      this.#evaluateCall(run, training.outputs.weights),
      artifacts,
    );
    if (!evaluation) return null;
    const outputs = { ...training.outputs, ...evaluation.outputs };
    return result(run, { ...training.facts, ...evaluation.facts }, outputs);
  }

  /** Performs the run. One that fails gives a row that says so; an interruption rejects. */
  async perform(run: Run): Promise<RunResult> {
    const { context } = this.#options;
    const clock = newClock();
    const end = (ended: RunResult, reason?: string) => {
      this.#tellEnd(run, ended, { clock, cached: false, reason });
      return ended;
    };
    try {
      const training = await performStep(this.#options.workplace.train, this.#trainCall(run, clock)).finally(
        () => {
          if (clock.start !== null) clock.work = (performance.now() - clock.start) / 1000;
        },
      );
      const timings: TimingRow[] = [];
      if (clock.epochs > 0) {
        timings.push(timing(run, "train", clock.seconds, clock.epochs * this.#imagesOfEpoch(run)));
      }
      if (training.facts.status === "diverged") {
        return end(result(run, training.facts, training.outputs, timings));
      }
      const evaluation = await performStep(
        this.#options.workplace.evaluate,
        this.#evaluateCall(run, training.outputs.weights, clock),
      );
      if (clock.evaluation > 0) {
        timings.push(timing(run, "evaluate", clock.evaluation, this.#options.testCount));
      }
      const facts = { ...training.facts, ...evaluation.facts };
      return end(result(run, facts, { ...training.outputs, ...evaluation.outputs }, timings));
    } catch (error) {
      if (!(error instanceof WorkerError) || context.signal.aborted) throw error;
      return end(result(run, { status: "failed", history: [], weights_sha256: null }, {}), error.message);
    }
  }

  /** Tells of a run that find() found. */
  tellStored(run: Run, found: RunResult): void {
    this.#tellEnd(run, found, { clock: newClock(), cached: true });
  }

  #tellStart(run: Run, worker: number | null): void {
    const { trial, seed } = run;
    this.#options.context.emit({
      type: "run_start",
      worker,
      trial: trial.index,
      seed,
      label: trialLabel(trial),
      epochs: trial.train.epochs,
      images: this.#left.get(run) ?? 0,
    });
  }

  #tellEnd(
    run: Run,
    { row, history }: RunResult,
    { clock, cached, reason }: { clock: RunClock; cached: boolean; reason?: string | undefined },
  ): void {
    const { status, train_loss, val_loss, val_accuracy, test_loss, test_accuracy } = row;
    const asked = ASKED_METRICS.filter((metric) => row[metric] !== null);
    if (clock.start === null) this.#tellStart(run, null);
    const { trial, seed } = run;
    this.#options.context.emit({
      type: "run_end",
      worker: clock.worker,
      trial: trial.index,
      seed,
      label: trialLabel(trial),
      status,
      cached,
      train_loss,
      val_loss,
      val_accuracy,
      test_loss,
      test_accuracy,
      ...Object.fromEntries(asked.map((metric) => [metric, row[metric]])),
      seconds: clock.work + clock.evaluation,
      ...(status === "diverged" ? divergence(history.length, trial.train.epochs) : { reason }),
    });
  }

  /** Images that runs train on over all their epochs: those of epochs that the store has, or that come to nothing, and what is left. */
  planImages(runs: readonly Run[]): { left: number; stored: number } {
    const sum = { left: 0, stored: 0 };
    for (const run of runs) {
      const images = this.#imagesOfEpoch(run), { epochs } = run.trial.train;
      const left = this.#left.get(run) ?? (epochs - this.#epochsDone(run)) * images;
      this.#left.set(run, left);
      sum.left += left;
      sum.stored += epochs * images - left;
    }
    return sum;
  }

  #epochsDone(run: Run): number {
    const call = this.#trainCall(run);
    if (findStepResult(trainStep, call)) return call.stage;
    const earlier = findEarlierStage(trainStep, call);
    const { status, early } = earlier?.facts ?? {};
    const ended = status === "diverged" || (early?.stopped ?? null) !== null;
    return ended ? call.stage : earlier?.stage ?? 0;
  }

  #imagesOfEpoch({ trial: { preprocess } }: Run): number {
    return rowCounts(preprocess, this.#options.trainCount).train;
  }

  #trainCall(run: Run, clock = newClock()) {
    const { trial, seed, seeds } = run;
    const { context, dataset, pool } = this.#options;
    const { epochs } = trial.train;
    const id = { trial: trial.index, seed, epochs };
    const images = this.#imagesOfEpoch(run);
    const trainContext: TrainContext = {
      ...context,
      pool,
      label: [run.name, trialLabel(trial)].filter(Boolean).join(" "),
      onStart: (worker) => {
        clock.worker = worker;
        clock.start ??= performance.now();
        this.#tellStart(run, worker);
      },
      onEpoch({ type, probes: _, learning_rate: __, ...epoch }, worker) {
        clock.epochs++;
        clock.seconds += epoch.seconds;
        context.emit({ type, worker, images, ...id, ...epoch });
      },
    };
    const parameters = trainParameters(trial, seeds);
    return { parameters, inputs: { dataset }, stage: epochs, context: trainContext };
  }

  #evaluateCall({ trial, seeds }: Run, weights: Artifact, clock = newClock()) {
    const { context, dataset, pool, evaluate } = this.#options;
    const onEvaluated = (seconds: number) => void (clock.evaluation = seconds);
    const evaluateContext: EvaluateContext = { ...context, pool, onEvaluated };
    const parameters = evaluateParameters(trial, { split: seeds.split, evaluate });
    return { parameters, inputs: { dataset, weights }, context: evaluateContext };
  }
}

/** `after` epochs of finite losses. */
function divergence(after: number, epochs: number): { reason: string; ja: string } {
  const { en, ja } = say((t) => t.progress.diverged(after < epochs ? after + 1 : null));
  return { reason: en, ja };
}

interface RunClock {
  worker: number | null;
  start: number | null;
  /** How many epochs were trained, and the seconds of their training loops alone. */
  epochs: number;
  seconds: number;
  /** Seconds from a worker's start on the training until it was stored, and of the evaluation. */
  work: number;
  evaluation: number;
}

function newClock(): RunClock {
  return { worker: null, start: null, epochs: 0, seconds: 0, work: 0, evaluation: 0 };
}

interface RunFacts extends Omit<TrainFacts, "status" | "shuffle" | "noise">, Partial<EvaluateFacts> {
  status: RunStatus;
}

type RunOutputs = Partial<Record<TrainOutput | "predictions", Artifact>>;

function result(run: Run, facts: RunFacts, outputs: RunOutputs, timings: TimingRow[] = []): RunResult {
  const { trial: { index: trial }, seed, seeds } = run;
  const { early } = facts;
  const { weights, predictions, diagnostics } = outputs;
  const last = facts.history.findLast(({ epoch }) => early === undefined || epoch === early.kept);
  const ended = facts.status === "ok";
  // Weights may be finite, and a test row's logits not.
  const status = ended && facts.test_loss === null ? "diverged" : facts.status;
  return {
    row: {
      trial,
      seed,
      status,
      ...settingCells(run.trial),
      split_seed: seeds.split,
      init_seed: seeds.init,
      shuffle_seed: seeds.shuffle,
      noise_seed: isNoisy(run.trial.train) ? seeds.noise : null,
      stopped_epoch: ended ? early?.stopped ?? null : null,
      kept_epoch: ended ? early?.kept ?? null : null,
      train_loss: ended ? last?.train_loss ?? null : null,
      val_loss: ended ? last?.val_loss ?? null : null,
      val_accuracy: ended ? last?.val_accuracy ?? null : null,
      test_loss: facts.test_loss ?? null,
      test_accuracy: facts.test_accuracy ?? null,
      test_top2_accuracy: facts.test_top2_accuracy ?? null,
      test_macro_f1: facts.test_macro_f1 ?? null,
      test_ece: facts.test_ece ?? null,
      weights_sha256: status === "ok" ? facts.weights_sha256 : null,
    },
    history: facts.history.map((epoch) => ({ trial, seed, learning_rate: null, ...epoch })),
    files: status === "ok"
      ? { weights, predictions, diagnostics, ...calibrationFile(facts) }
      : { diagnostics },
    stored: Object.values(outputs),
    timings,
  };
}

function calibrationFile({ calibration }: RunFacts): Pick<RunResult["files"], "calibration"> {
  return calibration === undefined ? {} : { calibration: memoryArtifact(formatCalibration(calibration)) };
}

function timing({ trial, seed }: Run, step: string, seconds: number, images: number): TimingRow {
  return { step, trial: trial.index, seed, seconds, images_per_second: images / seconds };
}
