import type { Consumer, JsMsg } from "@nats-io/jetstream";
import { say } from "../messages/messages.ts";
import type { StepContext } from "../steps/step.ts";
import { identify } from "../steps/perform_step.ts";
import { type TrainParameters, trainStep } from "../steps/train.ts";
import { fingerprint } from "../store/fingerprint.ts";
import type { Store } from "../store/store.ts";
import { DamagedArtifactError } from "../store/store_failure.ts";
import { abortable } from "../system/abortable.ts";
import { delay, settlesWithin } from "../system/delay.ts";
import { UserError } from "../system/errors.ts";
import { firstIssue } from "../system/first_issue.ts";
import { WorkerDiedError, WorkerError } from "../workers/pool.ts";
import { Benches } from "./benches.ts";
import { type Checkpoint, Checkpoints, prefixOf } from "./checkpoints.ts";
import type { Tell } from "./connect.ts";
import type { Exchange, Queue } from "./exchange.ts";
import { isTrained, seenMachines } from "./machine_watch.ts";
import { parseKey, type RunKey } from "./names.ts";
import { performJob } from "./perform_job.ts";
import { type Job, jobSchema, type Machine, type Progress, returnedSchema } from "./schemas.ts";
import {
  type FoundState,
  isWhole,
  packState,
  publishFailure,
  publishState,
  readState,
  type RunState,
} from "./states.ts";

/** The lease where nobody asks for one, in seconds. */
const LEASE = 20;
/** So often a job is given to workers in vain: those who took it and died are not to blame alone. */
const DELIVERIES = 3;
/** How long one waits for a job at a time. */
const WAIT_MS = 30_000;
/** When a job that one could not do is given to another, and how long that one then takes none. */
const RETRY_MS = 2000;
const REST_MS = 20_000;
/** A death costs no more than so much work in seconds, and an epoch. */
const PUBLISH_SECONDS = 15;
/** How long a machine that is to end waits for the epochs that are under way. */
const GRACE_MS = 2500;
/** And for the server to keep what it has come to. */
const KEEP_MS = 1500;
/** The words of a worker that was closed, as the jobs under way see it. */
const GIVEN_BACK = new WorkerError("given back");

/** A job that was given to this machine. */
interface Given {
  readonly message: JsMsg;
  /** Of the queue that it came from. */
  readonly lease: number;
}

interface Doing {
  readonly key: RunKey;
  readonly label: string;
  readonly epochs: number;
  epoch: number;
}

/** How a machine works, by what whoever starts it wants. */
export interface MachineWork {
  readonly workers: number;
  readonly name: string;
  /** In seconds, where no other machine is at work: see Exchange.queue(). Left out, as it is. */
  readonly lease?: number | undefined;
  /** How often a state on the way is kept in memory; left out, as a sweep does. */
  readonly checkpointSeconds?: number | undefined;
  /** How often one of these is published for whoever goes on when this machine dies. */
  readonly publishSeconds?: number | undefined;
  /** Another module than worker.ts to run in the workers. */
  readonly worker?: URL | undefined;
}

/** This machine's part: so many workers that take jobs from the queue, one each, until the signal is aborted. */
export class MachineAtWork {
  readonly #exchange: Exchange;
  readonly #store: Store;
  /** Aborted when the machine is to end, or cannot go on. */
  readonly #signal: AbortSignal;
  readonly #failed = new AbortController();
  readonly #tell: Tell;
  readonly #benches: Benches;
  readonly #id: string;
  readonly #name: string;
  /** As it was asked for, until it is known which one is in force. */
  #lease: number | undefined;
  readonly #checkpointSeconds: number | undefined;
  readonly #publishSeconds: number;
  /** What each worker does. */
  readonly doing: (Doing | null)[];
  /** Rows that were trained since the machine began. */
  rows = 0;
  #queue: Promise<Queue> | null = null;
  /** What is to be done as soon as a lost connection is there again. */
  readonly #onConnected = new Set<() => void>();

  constructor(
    { workers, name, lease, checkpointSeconds, publishSeconds = PUBLISH_SECONDS, worker }: MachineWork,
    { exchange, store, id, signal, tell }: {
      exchange: Exchange;
      /** Where data sets are kept. */
      store: Store;
      id: string;
      signal: AbortSignal;
      tell: Tell;
    },
  ) {
    this.#exchange = exchange;
    this.#store = store;
    this.#signal = AbortSignal.any([signal, this.#failed.signal]);
    this.#tell = tell;
    this.#id = id;
    this.#name = name;
    this.#lease = lease;
    this.#checkpointSeconds = checkpointSeconds;
    this.#publishSeconds = publishSeconds;
    this.#benches = new Benches({
      workers,
      read: (sha256) => this.#readDataset(sha256),
      onNote: (note) => this.#tell(note),
      worker,
    });
    this.doing = new Array(workers).fill(null);
  }

  /**
   * Resolves when all that was under way has been given back; some seconds after the signal was aborted, where the server does not answer.
   * Rejects, when that is done, with what keeps one from getting jobs and does not mend itself.
   */
  async work(): Promise<void> {
    const slots = this.doing.map((_, slot) =>
      this.#takeJobs(slot).catch((error) => this.#failed.abort(error))
    );
    const given = Promise.all(slots);
    const stopped = new Promise((resolve) => {
      if (this.#signal.aborted) resolve(undefined);
      this.#signal.addEventListener("abort", resolve, { once: true });
    });
    try {
      const inTime = stopped.then(() => settlesWithin(GRACE_MS + 3 * KEEP_MS, given));
      if (!await Promise.race([given.then(() => true), inTime])) {
        for (const run of this.doing) if (run !== null) this.#tellNotGivenBack(run.key);
      }
    } finally {
      this.#benches.close();
    }
    this.#failed.signal.throwIfAborted();
  }

  async #takeJobs(slot: number): Promise<void> {
    while (!this.#signal.aborted) {
      let given: Given | null;
      try {
        given = await this.#exchange.persist(() => this.#next(), { patience: this.#signal });
      } catch (error) {
        if (this.#signal.aborted) return;
        throw error;
      }
      if (given === null || await this.#take(given, slot)) continue;
      // Whoever asked at once would be given the same job, before those who are busy with another.
      await delay(REST_MS, this.#signal);
    }
  }

  /**
   * The connection was lost and is there again: who waits for a job asks anew, as the server has forgotten that he does, and who has one says so
   * before it is another's.
   */
  connectedAgain(): void {
    for (const act of this.#onConnected) act();
  }

  /** The next job; null where none came in a while, and when the machine is to end or to ask anew. */
  async #next(): Promise<Given | null> {
    try {
      const { consumer, lease } = await (this.#queue ??= this.#openQueue());
      const message = await this.#ask(consumer);
      return message && { message, lease };
    } catch (error) {
      // It may not be there any more.
      this.#queue = null;
      throw error;
    }
  }

  /** One lease is all machines': the one that is asked for here is told, and not taken, while others are at work by another. */
  async #openQueue(): Promise<Queue> {
    const exchange = this.#exchange;
    const asked = this.#lease;
    const { consumer, lease } = await exchange.queue(asked ?? LEASE);
    if (asked !== undefined && asked !== lease) {
      const others = (await seenMachines(exchange)).flatMap(({ beat: { id, name, core }, silent }) =>
        !silent && core === exchange.core && id !== this.#id ? [name] : []
      );
      if (others.length === 0) {
        await exchange.changeLease(asked);
        return { consumer, lease: asked };
      }
      this.#tell(say((t) => t.machines.othersLease({ asked, lease, others })));
    }
    this.#lease = lease;
    return { consumer, lease };
  }

  async #ask(queue: Consumer): Promise<JsMsg | null> {
    const asked = await queue.fetch({ max_messages: 1, expires: WAIT_MS });
    // The server gives nothing to one that is closed: who left it open and asked again would get two jobs, and keep one.
    const stop = () => void asked.close();
    if (this.#signal.aborted) stop();
    this.#signal.addEventListener("abort", stop, { once: true });
    this.#onConnected.add(stop);
    try {
      for await (const message of asked) return message;
      return null;
    } finally {
      this.#signal.removeEventListener("abort", stop);
      this.#onConnected.delete(stop);
    }
  }

  /** Whether the job was done, is another's, or can be done by nobody; false where only this machine could not do it. */
  async #take({ message, lease }: Given, slot: number): Promise<boolean> {
    const exchange = this.#exchange;
    const machine: Machine = { id: this.#id, name: this.#name, slot };
    const key = parseKey(message.subject);
    if (key === null) {
      message.term();
      return true;
    }
    const extend = () => this.#extend(message);
    const extending = setInterval(extend, 1000 * lease / 4);
    this.#onConnected.add(extend);
    const checkpoints = new Checkpoints(exchange, {
      key,
      machine,
      seconds: this.#publishSeconds,
      tell: this.#tell,
    });
    try {
      this.#signal.throwIfAborted();
      const job = parseJob(message, key);
      if (await this.#tries(message, key) > DELIVERIES) {
        // Its lease ran out while the server was away, or somebody was: it comes again when whoever trains it has died.
        if (await isTrained(exchange, key, this.#signal)) {
          message.nak(1000 * lease);
          return true;
        }
        const present = await this.#look(exchange.names.result(key), { key });
        if (present === null || !isWhole(present.state)) {
          const reason = say((t) => t.machines.givenUp(DELIVERIES)).en;
          await publishFailure(exchange, { key, machine, reason });
        }
        message.ack();
        return true;
      }
      const again = message.info.deliveryCount > 1;
      const state = await this.#perform(job, { machine, checkpoints, again });
      // A result takes the room for which they may wait.
      const stopped = checkpoints.stop();
      if (state !== null) {
        await publishState(exchange, packState(state, { key, machine }), {
          subject: exchange.names.result(key),
        });
      }
      message.ack();
      await stopped;
      await this.#forget(key, { checkpoints, again });
      return true;
    } catch (error) {
      if (this.#signal.aborted) {
        await this.#giveBack(message, { key, checkpoints });
        return true;
      }
      if (exchange.connection.isClosed()) throw error;
      await checkpoints.stop();
      const reason = error instanceof Error ? error.message : String(error);
      this.#tell(say((t) => t.machines.cannotDo(key.fingerprint.slice(0, 12), reason)));
      // What went wrong here, as a full disk, need not go wrong elsewhere.
      if (!isOfTheJob(error) && await this.#tries(message, key) < DELIVERIES) {
        message.nak(RETRY_MS);
        return false;
      }
      await publishFailure(exchange, { key, machine, reason });
      message.term();
      return true;
    } finally {
      clearInterval(extending);
      this.#onConnected.delete(extend);
      this.doing[slot] = null;
    }
  }

  #extend(message: JsMsg): void {
    try {
      message.working();
    } catch {
      // The connection has ended, which whoever needs it is told.
    }
  }

  /** Null where the result is there already. */
  async #perform(
    job: Job,
    { machine, checkpoints, again }: { machine: Machine; checkpoints: Checkpoints; again: boolean },
  ): Promise<RunState | null> {
    const exchange = this.#exchange;
    const { names } = exchange;
    const present = await this.#look(names.result(job), { key: job });
    if (present !== null && isWhole(present.state)) return null;
    let from: Checkpoint | null = null;
    if (present !== null) from = { stage: job.stage, state: present.state };
    if (from === null && again) {
      const found = await this.#look(names.checkpoint(job), { key: job, prefix: prefixOf(job) });
      if (found !== null) {
        from = { stage: stageOf(found.state), state: found.state };
        checkpoints.begin(from, found.objects);
      }
    }
    if (from === null && job.from !== null) {
      const key = { fingerprint: job.fingerprint, stage: job.from };
      const found = await this.#look(names.result(key), { key });
      if (found !== null) {
        from = { stage: job.from, state: found.state };
        checkpoints.begin(from);
      }
    }
    const doing: Doing = { key: job, label: job.label, epochs: job.stage, epoch: from?.stage ?? 0 };
    this.doing[machine.slot] = doing;
    const parameters = job.parameters as TrainParameters;
    using bench = await this.#benches.lend(job.dataset, parameters);
    const context: StepContext = {
      store: this.#store,
      signal: this.#signal,
      emit: (event) => {
        if (event.type === "warning" || event.type === "note") {
          this.#tell({ en: event.message, ja: event.ja ?? event.message });
        }
      },
    };
    const performed = performJob({ ...job, parameters, from }, {
      pool: bench.pool,
      context,
      checkpointSeconds: this.#checkpointSeconds,
      onStart: () => this.#report(job, { type: "start", machine }),
      onEpoch: ({ epoch, train_loss, val_loss, val_accuracy, seconds }) => {
        doing.epoch = epoch;
        this.rows += bench.rows;
        this.#report(job, {
          type: "epoch",
          machine,
          epoch,
          train_loss,
          val_loss,
          val_accuracy,
          seconds,
        });
      },
      onCheckpoint: (stage, state) => checkpoints.add({ stage, state }),
    });
    return await this.#orGrace(performed, checkpoints);
  }

  /** What a job comes to; rejects some seconds after the machine is to end, when an epoch of it has ended if that is soon. */
  #orGrace<Value>(performed: Promise<Value>, checkpoints: Checkpoints): Promise<Value> {
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = () => {
        const giveBack = () => reject(GIVEN_BACK);
        timer = setTimeout(giveBack, GRACE_MS);
        checkpoints.onNewer = giveBack;
      };
      if (this.#signal.aborted) stop();
      this.#signal.addEventListener("abort", stop, { once: true });
      performed.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        this.#signal.removeEventListener("abort", stop);
      });
    });
  }

  /** The state of a subject; null where there is none that is whole and of this run. */
  async #look(
    subject: string,
    place: { key: RunKey; prefix?: string },
  ): Promise<FoundState | null> {
    const message = await this.#exchange.find(subject);
    if (message === null) return null;
    try {
      const found = await readState(this.#exchange, { message, ...place });
      return found?.kind === "state" ? found : null;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#tell(say((t) => t.machines.brokenResult(place.key.fingerprint.slice(0, 12), error.message)));
      return null;
    }
  }

  /** Removes what was kept of a run that has ended. */
  async #forget(
    key: RunKey,
    { checkpoints, again }: { checkpoints: Checkpoints; again: boolean },
  ): Promise<void> {
    const { names } = this.#exchange;
    try {
      await checkpoints.remove();
      if (again) await this.#exchange.remove(names.states, names.returned(key), { once: true });
    } catch {
      // What stays goes with its age.
    }
  }

  /** The machine is to end: what a job has come to is kept, and the job is another's. */
  async #giveBack(
    message: JsMsg,
    { key, checkpoints }: { key: RunKey; checkpoints: Checkpoints },
  ): Promise<void> {
    const { names } = this.#exchange;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(GIVEN_BACK), KEEP_MS);
    const store = async () => {
      const returned = await this.#returned(key, patience.signal);
      await Promise.all([
        checkpoints.publish(patience.signal),
        this.#exchange.publish(
          names.returned(key),
          JSON.stringify({ returned: returned + 1 }),
          patience.signal,
        ),
      ]);
    };
    try {
      // Not all that it does asks for patience: large parts are put as long as it takes.
      await abortable(store(), patience.signal);
    } catch {
      // The one before is there.
    } finally {
      clearTimeout(timer);
      // What is not there yet would come after that of whoever goes on.
      patience.abort(GIVEN_BACK);
      void checkpoints.stop();
    }
    message.nak();
    let heard = false;
    await settlesWithin(KEEP_MS, this.#exchange.connection.flush().then(() => heard = true));
    if (!heard) return this.#tellNotGivenBack(key);
    this.#tell(say((t) => t.machines.gaveBack(key.fingerprint.slice(0, 12), checkpoints.stored)));
  }

  #tellNotGivenBack({ fingerprint }: RunKey): void {
    this.#tell(say((t) => t.machines.notGivenBack(fingerprint.slice(0, 12))));
  }

  /** How often a job was given to a worker that did not give it back; this time too. */
  async #tries({ info: { deliveryCount } }: JsMsg, key: RunKey): Promise<number> {
    return deliveryCount < DELIVERIES ? deliveryCount : deliveryCount - await this.#returned(key);
  }

  async #returned(key: RunKey, patience?: AbortSignal): Promise<number> {
    const bytes = await this.#exchange.find(this.#exchange.names.returned(key), patience);
    if (bytes === null) return 0;
    const { success, data } = returnedSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    return success ? data.returned : 0;
  }

  #report(key: RunKey, progress: Progress): void {
    try {
      this.#exchange.connection.publish(this.#exchange.names.progress(key), JSON.stringify(progress));
    } catch {
      // Nobody hears of it while the connection is away.
    }
  }

  /** From this machine's folder, else from the server. */
  async #readDataset(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#store.readArtifact(sha256);
    } catch (error) {
      if (!(error instanceof DamagedArtifactError)) throw error;
    }
    const bytes = await this.#exchange.getObject(sha256, { sha256, bytes: 0, inline: false });
    if (bytes === null) {
      throw new UserError(say((t) => t.machines.noDataset(sha256.slice(0, 12))));
    }
    await this.#store.putArtifact(bytes, sha256);
    return bytes;
  }
}

/** Whether the training failed, or the job was none: not what this machine lacks, as the memory for want of which a worker dies. */
function isOfTheJob(error: unknown): boolean {
  if (error instanceof WorkerDiedError) return false;
  return error instanceof WorkerError || error instanceof NoJobError;
}

function stageOf({ train: { facts } }: RunState): number {
  return facts.history.at(-1)?.epoch ?? 0;
}

/** A message that is no job. */
class NoJobError extends Error {
  override readonly name = "NoJobError";
}

function jsonOf(message: JsMsg): unknown {
  try {
    return message.json();
  } catch (error) {
    throw new NoJobError(error instanceof Error ? error.message : String(error));
  }
}

/** Throws a NoJobError unless the message is a job, and that of its subject. */
function parseJob(message: JsMsg, key: RunKey): Job {
  const { success, error, data: job } = jobSchema.safeParse(jsonOf(message));
  if (!success) throw new NoJobError(firstIssue(error));
  if (job.stage !== key.stage || job.fingerprint !== key.fingerprint) {
    throw new NoJobError("the job must be that of its subject");
  }
  const { parameters, dataset } = job;
  const found = fingerprint(identify(trainStep, { parameters, inputs: { dataset: { sha256: dataset } } }));
  if (found !== key.fingerprint) {
    throw new NoJobError(`the job's fingerprint must be that of its parameters, ${found}`);
  }
  return job;
}
