import type { Measure } from "../../src/tables/metrics.ts";
import { say } from "../messages/messages.ts";
import { type PipelineEvent, remark } from "../progress/events.ts";
import type { Workplace } from "../runs/workplace.ts";
import { evaluateParameters, evaluateStep } from "../steps/evaluate.ts";
import { identify } from "../steps/perform_step.ts";
import type { Artifact, EarlierStage } from "../steps/step.ts";
import { type TrainContext, type TrainParameters, trainStep } from "../steps/train.ts";
import type { TrainFacts, TrainOutput } from "../steps/training_files.ts";
import { fingerprint } from "../store/fingerprint.ts";
import { hashBytes } from "../store/hash.ts";
import { abortable } from "../system/abortable.ts";
import { WorkerError } from "../workers/pool.ts";
import { FORMAT } from "./agreement.ts";
import type { Access } from "./connect.ts";
import { DATASET, Exchange } from "./exchange.ts";
import { MachineWatch } from "./machine_watch.ts";
import { keyText, parseKey, type RunKey } from "./names.ts";
import { type Job, type Machine, MAX_LABEL, progressSchema } from "./schemas.ts";
import { isWhole, packState, publishState, readState, type RunState, stateOf } from "./states.ts";

/** Ends a sweep that does not wait for what it has put into the queue. */
export class Detached extends Error {
  override readonly name = "Detached";
  /** How many runs are in the queue, or under way. */
  readonly queued: number;

  constructor(queued: number) {
    super(`${queued} runs are in the queue`);
    this.queued = queued;
  }
}

/** How often the queue is looked through for what was missed. */
const LOOK_MS = 30_000;

/** How often a run is computed again whose result cannot be read. */
const MOST_BROKEN = 2;

/** How often it is told how fast machines are. */
const RATES_MS = 30_000;

interface Waiting {
  readonly job: Job;
  readonly dataset: Artifact;
  readonly context: TrainContext;
  /** The last epoch that was told. */
  told: number;
  readonly resolve: (state: RunState) => void;
  readonly reject: (reason: unknown) => void;
  /** Whether it was told that it has begun. */
  started: boolean;
  /** How many of its results could not be read. */
  broken: number;
  /** Whether its result is being fetched. */
  fetching: boolean;
}

/**
 * Many machines as one workplace: a run that is to be trained is looked for among the results on the server, else put into the queue, and its
 * result comes when some machine has done it. Trained and evaluated is a run in one go: the evaluation is there when it is asked for.
 */
export class RemoteWorkplace implements Workplace, AsyncDisposable {
  readonly train: typeof trainStep;
  readonly evaluate: typeof evaluateStep;
  readonly ahead = Infinity;
  workers = 0;
  readonly #exchange: Exchange;
  readonly #emit: (event: PipelineEvent) => void;
  readonly #waiting = new Map<string, Waiting>();
  /** Of evaluations that came with a training: by the fingerprint of their step, whatever else they measure. */
  readonly #evaluations = new Map<string, NonNullable<RunState["evaluate"]>>();
  /** What is in the queue for this sweep. */
  readonly #jobs = new Set<string>();
  /** What is, or may be: whether the server has taken a job is known only when it says so. */
  readonly #offered = new Map<string, Promise<void>>();
  readonly #closed = new AbortController();
  readonly #datasets = new Map<string, Promise<void>>();
  readonly #detach: boolean;
  readonly #measures: Measure[];
  readonly #ended: AbortController;
  /** Runs of the rung that have not ended. */
  #toCome = 0;
  /** Runs of which there was a result when somebody last looked. */
  #results = new Set<string>();
  /** The number that events have of a machine's worker. */
  readonly #seats = new Map<string, number>();
  #watch: MachineWatch | null = null;
  /** When machines were last told of. */
  #toldAt = -Infinity;
  /** By name: they are told of once. */
  readonly #silent = new Set<string>();
  /** By their ids, machines that wait for room on the server. */
  #full = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #unfollow: () => void = () => {};
  #looking: Promise<void> | null = null;

  private constructor(
    exchange: Exchange,
    { detach, measures, emit, ended }: {
      detach: boolean;
      measures: Measure[];
      emit: (event: PipelineEvent) => void;
      ended: AbortController;
    },
  ) {
    this.#exchange = exchange;
    this.#detach = detach;
    this.#measures = measures;
    this.#emit = emit;
    this.#ended = ended;
    this.train = {
      ...trainStep,
      run: async ({ parameters, stage, earlier, inputs, context, ...rest }) => {
        if (stage === undefined || earlier?.facts.status === "diverged") {
          return await trainStep.run({ parameters, stage, earlier, inputs, context, ...rest });
        }
        const { train } = await this.#perform({
          parameters,
          stage,
          earlier,
          dataset: inputs.dataset,
          context,
        });
        return train;
      },
    };
    this.evaluate = {
      ...evaluateStep,
      run: async (run) => {
        const { measures = [], ...parameters } = run.parameters;
        const key = fingerprint(identify(evaluateStep, { ...run, parameters }));
        const found = this.#evaluations.get(key);
        this.#evaluations.delete(key);
        // What the store has of a training that some machine did may lack its evaluation, and another sweep's may measure something else: it
        // takes no time here.
        if (found?.measures.join() !== measures.join()) return await evaluateStep.run(run);
        const { predictions, seconds, facts } = found;
        run.context.onEvaluated(seconds);
        return { outputs: { predictions }, facts };
      },
    };
  }

  /**
   * With `detach`, what is to be waited for rejects with Detached. `measures` are what is measured of each run beside loss and accuracy. Throws
   * a UserError where the server cannot be reached.
   */
  static async open(
    access: Access,
    { signal, detach = false, measures = [], emit }: {
      signal: AbortSignal;
      detach?: boolean | undefined;
      measures?: Measure[] | undefined;
      emit: (event: PipelineEvent) => void;
    },
  ): Promise<RemoteWorkplace> {
    let opened: RemoteWorkplace | undefined;
    // A sweep that is interrupted may still have something to say to the server.
    const ended = new AbortController();
    const exchange = await Exchange.open(access, {
      signal: ended.signal,
      tell: (text) => emit(remark("note", text)),
      onReconnect: () => opened?.listenAnew(),
    });
    const workplace = opened = new RemoteWorkplace(exchange, { detach, measures, emit, ended });
    workplace.#listen();
    await workplace.#follow();
    workplace.#results = await exchange.results();
    workplace.#watch = await MachineWatch.start(exchange, (change) => {
      const soon = performance.now() - workplace.#toldAt < RATES_MS;
      if (change === "machines" || !soon) workplace.#tellMachines();
      workplace.#tellRoom();
    });
    workplace.workers = workplace.#watch.machines
      .filter(({ beat, silent }) => beat.core === exchange.core && !silent)
      .reduce((sum, { beat }) => sum + beat.workers, 0);
    workplace.#timer = setInterval(() => workplace.look(), LOOK_MS);
    signal.addEventListener("abort", () => workplace.close(signal.reason), { once: true });
    return workplace;
  }

  async #follow(): Promise<void> {
    this.#unfollow = await this.#exchange.followResults((key) => this.#arrived(key));
  }

  /** The connection was lost and is there again: a server that was started anew knows nothing of who listens. */
  listenAnew(): void {
    this.#watch?.connectedAgain();
    this.#unfollow();
    // Where that fails, what is there is still looked through now and then.
    this.#follow().catch(() => {}).finally(() => this.look());
  }

  begin(runs: number): void {
    this.#toCome += runs;
    this.#tellMachines();
    if (runs > 0) this.#tellWhoFits();
  }

  end(): void {
    this.#toCome--;
    this.#leave();
  }

  /** Runs that are in the queue for this sweep, or under way. */
  get queued(): number {
    return this.#jobs.size;
  }

  close(reason: unknown): void {
    this.#closed.abort(reason);
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  /**
   * Takes what is not done out of the queue, when the workplace is closed; another sweep that waits for a run of these puts it in again. Throws
   * where the server does not answer.
   */
  async withdraw(): Promise<void> {
    const { names, core } = this.#exchange;
    // What is on its way to the server when that is closed comes into the queue yet.
    await Promise.allSettled(this.#offered.values());
    const jobs = [...this.#offered.keys()].flatMap((text) => parseKey(text) ?? []);
    await Promise.all(
      jobs.map((key) => this.#exchange.remove(names.jobs, names.job(core, key), { once: true })),
    );
  }

  /** Of a sweep that does not wait: ends it where all that is to come is in the queue. */
  #leave(): void {
    if (!this.#detach || this.#toCome === 0 || this.#jobs.size < this.#toCome) return;
    this.close(new Detached(this.#jobs.size));
  }

  async #submit(waiting: Waiting): Promise<void> {
    const text = keyText(waiting.job);
    const submission = this.#exchange.submit(waiting.job, this.#closed.signal);
    this.#offered.set(text, submission);
    await submission;
    if (this.#waiting.get(text) !== waiting) return;
    this.#jobs.add(text);
    this.#leave();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#unfollow();
    this.#watch?.[Symbol.dispose]();
    this.close(new WorkerError("the connection was closed"));
    this.#ended.abort(new WorkerError("the connection was closed"));
    await this.#exchange[Symbol.asyncDispose]();
  }

  async #perform(
    { parameters, stage, earlier, dataset, context }: {
      parameters: TrainParameters;
      stage: number;
      earlier: EarlierStage<TrainOutput, TrainFacts> | null;
      dataset: Artifact;
      context: TrainContext;
    },
  ): Promise<RunState> {
    const key = { fingerprint: fingerprint(identify(trainStep, { parameters, inputs: { dataset } })), stage };
    const { signal } = context;
    await abortable(this.#offerDataset(dataset), signal);
    const job: Job = {
      format: FORMAT,
      ...key,
      // Kept as they are: a fingerprint is made of them.
      parameters: parameters as Job["parameters"],
      dataset: dataset.sha256,
      from: earlier === null ? null : await abortable(this.#offer(key.fingerprint, earlier), signal),
      measures: this.#measures,
      label: (context.label ?? "").slice(0, MAX_LABEL),
    };
    const state = await new Promise<RunState>((resolve, reject) => {
      signal.throwIfAborted();
      const entry: Waiting = {
        job,
        dataset,
        context,
        told: earlier?.stage ?? 0,
        resolve,
        reject,
        started: false,
        broken: 0,
        fetching: false,
      };
      this.#waiting.set(keyText(key), entry);
      if (this.#results.has(keyText(key))) this.#arrived(key);
      else this.#submit(entry).catch(reject);
    });
    if (state.evaluate !== null) {
      const weights = { sha256: hashBytes(state.train.outputs.weights) };
      const identity = identify(evaluateStep, {
        parameters: evaluateParameters(parameters, { split: parameters.seeds.split }),
        inputs: { dataset, weights },
      });
      this.#evaluations.set(fingerprint(identity), state.evaluate);
    }
    return state;
  }

  /** Looked for once, and again where the queue has lost a job: the server may have been cleaned. */
  #offerDataset({ sha256, read }: Artifact): Promise<void> {
    const offered = this.#datasets.get(sha256) ??
      this.#exchange.putObject(sha256, read, { description: DATASET });
    this.#datasets.set(sha256, offered);
    return offered;
  }

  /** Whoever trains goes on from what the store has of a run: its epoch, when it is on the server. */
  async #offer(fingerprint: string, earlier: EarlierStage<TrainOutput, TrainFacts>): Promise<number> {
    const key = { fingerprint, stage: earlier.stage };
    if (!this.#results.has(keyText(key))) {
      const subject = this.#exchange.names.result(key);
      const packed = packState(await stateOf(earlier), { key, machine: null });
      await publishState(this.#exchange, packed, { subject });
      this.#results.add(keyText(key));
    }
    return earlier.stage;
  }

  /** A result is there, as far as somebody says. */
  #arrived(key: RunKey): void {
    this.#results.add(keyText(key));
    const waiting = this.#waiting.get(keyText(key));
    if (waiting === undefined || waiting.fetching) return;
    waiting.fetching = true;
    this.#fetch(key, waiting).catch(waiting.reject).finally(() => void (waiting.fetching = false));
  }

  async #fetch(key: RunKey, waiting: Waiting): Promise<void> {
    const text = keyText(key);
    const exchange = this.#exchange;
    const subject = exchange.names.result(key);
    const message = await exchange.find(subject);
    let found = null;
    try {
      found = message && await readState(exchange, { message, key });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (++waiting.broken > MOST_BROKEN) throw new WorkerError(error.message);
      this.#emit(remark("warning", say((t) => t.machines.brokenResult(text.slice(0, 12), error.message))));
    }
    if (found?.kind === "failed") {
      // Whoever sweeps again tries again.
      await exchange.remove(exchange.names.states, subject);
      this.#results.delete(text);
      this.#done(text);
      return waiting.reject(
        new WorkerError(say((t) => t.machines.failedOn(found.machine?.name ?? "?", found.reason)).en),
      );
    }
    if (found === null || !isWhole(found.state)) {
      // One that somebody offered to go on from, one that has lost an object, or none any more.
      this.#results.delete(text);
      if (message !== null && found === null) await exchange.remove(exchange.names.states, subject);
      return await this.#submit(waiting);
    }
    this.#done(text);
    this.#tellRest(waiting, found.state, found.machine);
    waiting.resolve(found.state);
  }

  #done(text: string): void {
    this.#waiting.delete(text);
    this.#jobs.delete(text);
    this.#offered.delete(text);
  }

  /** Looks through the queue and the results: what was missed is fetched, and what is in neither is put into the queue again. */
  look(): void {
    this.#looking ??= this.#lookThrough().catch((error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
    }).finally(() => this.#looking = null);
  }

  async #lookThrough(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const before = [...this.#waiting.keys()];
    // In this order: a job leaves the queue when its result is there.
    const queued = await this.#exchange.queued();
    this.#results = await this.#exchange.results();
    for (const text of before) {
      const waiting = this.#waiting.get(text);
      if (waiting === undefined) continue;
      if (this.#results.has(text)) this.#arrived(waiting.job);
      else if (!queued.has(text)) {
        this.#datasets.clear();
        await this.#offerDataset(waiting.dataset);
        await this.#submit(waiting);
      }
    }
  }

  #listen(): void {
    const { connection, names } = this.#exchange;
    connection.subscribe(names.progress(">"), {
      callback: (error, message) => {
        const key = error ? null : parseKey(message.subject);
        const waiting = key && this.#waiting.get(keyText(key));
        if (!waiting) return;
        const { success, data } = progressSchema.safeParse(safeJson(message.string()));
        if (!success) return;
        const worker = this.#seat(data.machine);
        if (data.type === "start") {
          waiting.started = true;
          return waiting.context.onStart(worker);
        }
        // Of a run that was begun again elsewhere, and of one that two machines train, each epoch is told once.
        if (data.epoch <= waiting.told) return;
        waiting.told = data.epoch;
        const { epoch, train_loss, val_loss, val_accuracy, seconds } = data;
        waiting.context.onEpoch(
          { type: "epoch", epoch, train_loss, val_loss, val_accuracy, seconds, probes: [] },
          worker,
        );
      },
    });
  }

  /** The machines, as events have them; those that could do nothing for this sweep are left out. */
  #tellMachines(): void {
    this.#toldAt = performance.now();
    const machines = this.#watch?.machines.filter(({ beat }) => beat.core === this.#exchange.core) ?? [];
    this.#emit({
      type: "machines",
      machines: machines.map(({ beat: { id, name, workers, images_per_second }, silent }) => ({
        name,
        workers: Array.from({ length: workers }, (_, slot) => this.#seat({ id, slot })),
        silent,
        images_per_second: Math.round(images_per_second),
      })),
    });
    for (const { beat: { name }, silent } of machines) {
      if (silent && !this.#silent.has(name)) {
        this.#emit(remark("warning", say((t) => t.machines.silent(name))));
      }
      if (silent) this.#silent.add(name);
      else this.#silent.delete(name);
    }
  }

  /** What finds no room on the server: its machine says so, and nothing else of it is seen here. */
  #tellRoom(): void {
    const machines = this.#watch?.machines.flatMap(({ beat, silent }) => silent ? [] : beat) ?? [];
    const full = machines.filter((beat) => beat.full !== null);
    if (full.length > 0 && this.#full.size === 0) {
      const names = full.map(({ name }) => name);
      this.#emit(remark("note", say((t) => t.machines.full(full[0].full ?? "", names))));
    }
    // One that has ended says nothing of room.
    const again = machines.some((beat) => beat.full === null && this.#full.has(beat.id));
    if (full.length === 0 && again) this.#emit(remark("note", say((t) => t.machines.roomAgain)));
    this.#full = new Set(full.map(({ id }) => id));
  }

  /** Where nobody can do what is asked for: who is there, and what they run. */
  #tellWhoFits(): void {
    const machines = this.#watch?.machines.filter(({ silent }) => !silent) ?? [];
    const { core } = this.#exchange;
    if (machines.some(({ beat }) => beat.core === core)) return;
    const others = machines.map(({ beat }) => `${beat.name} (${beat.core})`);
    const text = say((t) => others.length === 0 ? t.machines.nobody : t.machines.othersOnly(core, others));
    this.#emit(remark("note", text));
  }

  #seat({ id, slot }: Pick<Machine, "id" | "slot">): number {
    const name = `${id}/${slot}`;
    const seat = this.#seats.get(name) ?? this.#seats.size;
    this.#seats.set(name, seat);
    return seat;
  }

  /** Epochs of which no message came: those of a run that was done before, and what a network lost. */
  #tellRest(
    { told, started, context }: Waiting,
    { train, seconds }: RunState,
    machine: Machine | null,
  ): void {
    const worker = machine === null ? 0 : this.#seat(machine);
    if (!started && machine !== null) context.onStart(worker);
    train.facts.history.forEach((row, i) => {
      if (row.epoch <= told) return;
      context.onEpoch({ type: "epoch", ...row, seconds: seconds[i] ?? 0, probes: [] }, worker);
    });
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
