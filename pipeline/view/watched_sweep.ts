import { ROW_KINDS } from "../../src/data/catalogue.ts";
import { rankTrials } from "../../src/analysis/ranking.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { deriveSeeds } from "../../src/random/seeds.ts";
import { isNoisy } from "../../src/nn/noise.ts";
import { settingCells } from "../../src/settings/settings.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";
import { type Rung, sweepRungs } from "../../src/sweep/sweep_rungs.ts";
import type { TrialSpace } from "../../src/sweep/trial.ts";
import { isCount } from "../../src/text/show_value.ts";
import type { EpochRow } from "../../src/tables/history_csv.ts";
import { type Metric, METRICS } from "../../src/tables/metrics.ts";
import { RUN_STATUSES, runName, type RunRow, type RunState } from "../../src/tables/results_csv.ts";
import type { Texts } from "../../src/text/language.ts";
import type { EpochEvent, PipelineEvent, RunEndEvent, RunStartEvent } from "../progress/events.ts";
import { type RunProgress, SweepProgress } from "../progress/sweep_progress.ts";
import type { JournalLine } from "../results/journal.ts";
import { survivors } from "../runs/perform_rungs.ts";
import { withEpochs } from "../runs/run.ts";

const NO_METRICS = Object.fromEntries(METRICS.map((metric) => [metric, null])) as Record<Metric, null>;

/** How many of a sweep's remarks are kept. */
const MAX_REMARKS = 20;

/** A sweep as its journal tells it, from the beginning to what was last read. What a journal says may be anything: what cannot be is passed over. */
export class WatchedSweep {
  readonly experiment: Experiment;
  readonly trials: TrialSpace;
  readonly rungs: readonly Rung[];
  /** When the last line was written that is known of it, in milliseconds since 1970. */
  latest: number;
  /** Null until it is known what there is to do: the data are downloaded, or read. */
  progress: SweepProgress | null = null;
  /** The step that is under way, as `report`; null while runs are. */
  step: string | null = null;
  /** From 0. */
  rung = 0;
  readonly remarks: Texts[] = [];
  readonly #rows = new Map<string, RunRow>();
  readonly #history = new Map<string, Map<number, EpochRow>>();
  readonly #underWay = new Set<string>();
  /** Undefined where it is to be worked out again. */
  #best: { trial: number; value: number } | null | undefined;

  private constructor(experiment: Experiment, at: number) {
    this.experiment = experiment;
    this.trials = expandSweep(experiment);
    this.rungs = sweepRungs(experiment, this.trials.count);
    this.latest = at;
  }

  /**
   * Of a `begin` line. What a sweep before it, that did not end, trained of the same experiment the new one has: its epochs are kept.
   * Throws a ConfigError where the experiment is none that this version knows.
   */
  static begin(line: JournalLine & { type: "begin" }, before: WatchedSweep | null): WatchedSweep {
    const text = JSON.stringify(line.experiment ?? null);
    const sweep = new WatchedSweep(parseExperiment(text, { file: "the journal", recorded: true }), line.at);
    if (before !== null && JSON.stringify(before.experiment) === JSON.stringify(sweep.experiment)) {
      for (const [run, epochs] of before.#history) sweep.#history.set(run, epochs);
    }
    return sweep;
  }

  /** Every run that has started. */
  get rows(): RunRow[] {
    return [...this.#rows.values()];
  }

  get hasRun(): boolean {
    return this.#rows.size > 0;
  }

  /** By run and epoch. */
  get history(): EpochRow[] {
    return [...this.#history.values()].flatMap((epochs) => [...epochs.values()]);
  }

  /** By runName(): those that are `running`, and those that halving lets go on and that have not started again. */
  get underWay(): ReadonlySet<string> {
    return this.#underWay;
  }

  /** What each worker does; null is idle. */
  get workers(): readonly (RunProgress | null)[] {
    return this.progress?.workers ?? [];
  }

  handle(event: PipelineEvent & { at: number }): void {
    this.latest = event.at;
    if (event.type === "step") this.step = event.status === "started" ? event.step : null;
    else if (event.type === "machines" && !isMachines(event)) return;
    else if (event.type === "note" || event.type === "warning") this.#remark(event);
    else if (event.type === "plan") {
      this.progress = isPlan(event) ? new SweepProgress(event, event.at / 1000) : null;
    } else if (event.type === "run_start" && this.#isRun(event) && this.#isWorker(event)) this.#start(event);
    else if (event.type === "epoch" && this.#isRun(event) && isCount(event.epoch)) this.#epoch(event);
    else if (event.type === "run_end" && this.#isRun(event)) this.#end(event);
    else if (event.type !== "machines") return;
    this.progress?.handle(event, event.at / 1000);
  }

  #remark({ message, ja = message }: { message: string; ja?: string | undefined }): void {
    if (typeof message !== "string" || typeof ja !== "string") return;
    if (this.remarks.push({ en: message, ja }) > MAX_REMARKS) this.remarks.shift();
  }

  #isRun({ trial, seed }: { trial: number; seed: number }): boolean {
    return isCount(trial) && trial < this.trials.count && this.experiment.seeds.includes(seed);
  }

  #isWorker({ worker }: { worker: number | null }): boolean {
    return worker === null || isCount(worker) && worker < this.workers.length;
  }

  #start(event: RunStartEvent): void {
    this.step = null;
    if (!isCount(event.epochs)) return;
    while (this.rung + 1 < this.rungs.length && event.epochs > this.rungs[this.rung].epochs) this.#climb();
    const name = runName(event);
    this.#underWay.add(name);
    // What it came to in the rung before stays until this one ends: see ReportInput.underWay.
    if (!this.#rows.has(name)) this.#rows.set(name, this.#row(event, "running", NO_METRICS));
  }

  /** All trials of a rung have ended: which of them go on is what the sweep itself worked out. */
  #climb(): void {
    this.rung++;
    const { trials } = this.rungs[this.rung];
    const going = new Set(survivors(this.#rungRows(), trials, this.experiment));
    for (const { trial, seed } of this.#rows.values()) {
      if (going.has(trial)) this.#underWay.add(runName({ trial, seed }));
    }
  }

  /** Of those that got to the rung before. */
  #rungRows(): RunRow[] {
    const { epochs } = this.rungs[this.rung - 1];
    return this.rows.filter((row) => row.epochs === epochs);
  }

  #epoch({ trial, seed, epoch, train_loss, val_loss, val_accuracy }: EpochEvent): void {
    const name = runName({ trial, seed });
    const epochs = this.#history.get(name) ?? new Map<number, EpochRow>();
    epochs.set(epoch, {
      trial,
      seed,
      epoch,
      train_loss: finite(train_loss),
      val_loss: finite(val_loss),
      val_accuracy: finite(val_accuracy),
      learning_rate: null,
    });
    this.#history.set(name, epochs);
  }

  #end(event: RunEndEvent): void {
    if (!RUN_STATUSES.includes(event.status)) return;
    const name = runName(event);
    const measured = Object.fromEntries(METRICS.map((metric) => [metric, finite(event[metric] ?? null)]));
    this.#rows.set(name, this.#row(event, event.status, measured as Record<Metric, number | null>));
    this.#underWay.delete(name);
    this.#best = undefined;
  }

  #row(
    { trial: index, seed }: RunStartEvent | RunEndEvent,
    status: RunState,
    metrics: Readonly<Record<Metric, number | null>>,
  ): RunRow {
    const trial = this.trials.at(index);
    const { epochs } = this.rungs[this.rung];
    const trained = epochs === this.experiment.train.epochs ? trial : withEpochs(trial, epochs);
    const { split, init, shuffle, noise } = deriveSeeds(seed, this.experiment.rng);
    return {
      trial: index,
      seed,
      status,
      ...settingCells(trained),
      split_seed: split,
      init_seed: init,
      shuffle_seed: shuffle,
      noise_seed: isNoisy(trained.train) ? noise : null,
      stopped_epoch: null,
      kept_epoch: null,
      ...metrics,
      weights_sha256: null,
    };
  }

  /** The best trial so far; null where no run has ended with the metric. */
  get best(): { trial: number; value: number } | null {
    if (this.#best === undefined) {
      const objective = objectiveOf(this.experiment);
      const [first] = rankTrials(this.rows, objective);
      const value = first?.means[objective.metric] ?? null;
      this.#best = value === null ? null : { trial: first.trial, value };
    }
    return this.#best;
  }
}

function isPlan(
  { legs, cached, workers, images, images_stored, rows = "images" }: Extract<PipelineEvent, { type: "plan" }>,
): boolean {
  return ROW_KINDS.includes(rows) &&
    [legs, cached, workers, images, images_stored].every(isCount) && workers <= 1024;
}

/** Of as many as a page can show. */
function isMachines({ machines }: Extract<PipelineEvent, { type: "machines" }>): boolean {
  return Array.isArray(machines) && machines.length <= 1024 &&
    machines.every((machine) =>
      typeof machine?.name === "string" && isCount(machine.images_per_second) &&
      Array.isArray(machine.workers) &&
      machine.workers.every((index) => isCount(index) && index < 4096)
    );
}

/** JSON has null for what is not finite. */
function finite(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
