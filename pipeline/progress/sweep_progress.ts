import { runName } from "../../src/tables/results_csv.ts";
import type {
  EpochEvent,
  MachinesEvent,
  PipelineEvent,
  PlanEvent,
  RunEndEvent,
  RunStartEvent,
} from "./events.ts";

/** How far a run has come; `epoch` is null until its first epoch has ended. */
export interface RunProgress {
  start: RunStartEvent;
  epoch: EpochEvent | null;
}

/** How long back throughput looks: long enough to be steady, short enough to follow a change to larger networks. */
const RATE_WINDOW_SECONDS = 30;

/** Where a sweep stands, from its events alone. Times come from the caller, in seconds of any steady clock. */
export class SweepProgress {
  readonly plan: PlanEvent;
  /** The run that each worker took last, by worker index; null is idle. */
  readonly workers: (RunProgress | null)[];
  /** Where they are; empty for a sweep of this machine alone. */
  machines: MachinesEvent["machines"] = [];
  /** Legs by how they ended, those that were stored already apart. */
  readonly ended = { ok: 0, diverged: 0, failed: 0, cached: { ok: 0, diverged: 0, failed: 0 } };
  trainedImages = 0;
  /** Of the planned images, those of runs that have ended: also the ones that a run which ended early will never train. */
  #endedImages = 0;
  /** Runs that have started and not ended, by name: a worker may take the next run before the end of the last is told. */
  readonly #underWay = new Map<string, RunProgress>();
  /** Images trained after each of the latest epochs; the first one is where the window begins. */
  readonly #samples: { time: number; images: number }[];

  constructor(plan: PlanEvent, now: number) {
    this.plan = plan;
    this.workers = new Array(plan.workers).fill(null);
    this.#samples = [{ time: now, images: 0 }];
  }

  handle(event: PipelineEvent, now: number): void {
    if (event.type === "machines") this.#handleMachines(event);
    else if (event.type === "run_start") this.#handleRunStart(event);
    else if (event.type === "epoch") this.#handleEpoch(event, now);
    else if (event.type === "run_end") this.#handleRunEnd(event);
  }

  /** Legs that need no more work, stored ones included. */
  get done(): number {
    const { ok, diverged, failed, cached } = this.ended;
    return Math.max(this.plan.cached, cached.ok + cached.diverged) + ok + diverged + failed;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  /** Between 0 and 1, by images, since runs differ in length, the stored ones included; 1 only when every leg is done. */
  get fraction(): number {
    const { legs, images, images_stored: stored } = this.plan;
    if (this.done >= legs) return 1;
    if (images + stored === 0) return this.done / legs;
    return Math.min(0.999, (stored + this.#settledImages) / (images + stored));
  }

  /** Images trained per second by all workers, over the latest epochs; null before the first epoch has ended. */
  get imagesPerSecond(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.time <= first.time) return null;
    return (last.images - first.images) / (last.time - first.time);
  }

  /** The name of the machine that a worker belongs to; empty for this machine's own. */
  machineOf(worker: number): string {
    return this.machines.find(({ workers }) => workers.includes(worker))?.name ?? "";
  }

  /** Seconds left at this rate, counted down between epochs; null while it cannot be known. */
  secondsLeft(now: number): number | null {
    if (this.done >= this.plan.legs) return 0;
    const rate = this.imagesPerSecond;
    const last = this.#samples.at(-1);
    if (rate === null || last === undefined) return null;
    return Math.max(0, (this.plan.images - this.#settledImages) / rate - (now - last.time));
  }

  /** Of the planned images, those that need no more work. */
  get #settledImages(): number {
    return [...this.#underWay.values()].reduce((sum, run) => sum + settledImages(run), this.#endedImages);
  }

  #handleMachines({ machines }: MachinesEvent): void {
    this.machines = machines;
    const most = machines.flatMap(({ workers }) => workers).reduce(
      (most, index) => Math.max(most, index),
      -1,
    );
    while (this.workers.length <= most) this.workers.push(null);
  }

  #handleRunStart(event: RunStartEvent): void {
    const run = { start: event, epoch: null };
    if (event.worker !== null) this.workers[event.worker] = run;
    this.#underWay.set(runName(event), run);
  }

  #handleEpoch(event: EpochEvent, now: number): void {
    const run = this.#underWay.get(runName(event));
    if (run) run.epoch = event;
    this.trainedImages += event.images;
    const samples = this.#samples;
    samples.push({ time: now, images: this.trainedImages });
    // An epoch may last longer than the window: never look back over fewer than two epochs a worker.
    const enough = 2 * this.workers.length + 1;
    while (samples.length > enough && now - (samples[1]?.time ?? now) >= RATE_WINDOW_SECONDS) samples.shift();
  }

  #handleRunEnd(event: RunEndEvent): void {
    (event.cached ? this.ended.cached : this.ended)[event.status]++;
    const run = this.#underWay.get(runName(event));
    if (run === undefined) return;
    this.#underWay.delete(runName(event));
    this.#endedImages += run.start.images;
    const { worker } = run.start;
    if (worker !== null && this.workers[worker] === run) this.workers[worker] = null;
  }
}

/** Of a run under way, by how many are left: what went on from a stored epoch, or was tried again, counts no epoch twice. */
function settledImages({ start, epoch }: RunProgress): number {
  return epoch === null ? 0 : Math.max(0, start.images - (start.epochs - epoch.epoch) * epoch.images);
}
