import {
  AckPolicy,
  type Consumer,
  DeliverPolicy,
  DiscardPolicy,
  jetstream,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from "@nats-io/jetstream";
import { InvalidArgumentError, type NatsConnection, PermissionViolationError } from "@nats-io/transport-node";
import { type ObjectInfo, type ObjectResult, type ObjectStore, Objm, setSha256Backend } from "@nats-io/obj";
import { say } from "../messages/messages.ts";
import { Limiter } from "../system/limiter.ts";
import { delay, settlesWithin } from "../system/delay.ts";
import { UserError } from "../system/errors.ts";
import { type Access, connectTo, type Tell } from "./connect.ts";
import { keyText, Names, parseKey, type RunKey } from "./names.ts";
import { agreement } from "./agreement.ts";
import type { Job, Part } from "./schemas.ts";
import { checkPart } from "./parcel.ts";

const SECOND = 1e9;
const DAY = 24 * 3600 * SECOND;
const MIB = 2 ** 20;

/** Nothing of a project stays longer on the server: who collects later computes again. */
const MAX_AGE = 7 * DAY;
/** Of each stream and the bucket, as far as the server has so much. */
const MAX_BYTES = { jobs: 256 * MIB, states: 4096 * MIB, machines: 16 * MIB, objects: 16_384 * MIB };
const ROOM_FOR_ALL = MAX_BYTES.objects + MAX_BYTES.states + MAX_BYTES.jobs;
/** What a server may have room for, of that: halves of halves, so that each share of it and of its parts is known by its bytes, which are whole. */
const SHARES = Array.from({ length: 10 }, (_, halvings) => 2 ** -halvings);
const LEAST_SHARE = SHARES[SHARES.length - 1];

/** A queue of jobs, and after how many seconds a worker that is silent has died: its job goes to another. */
export interface Queue {
  readonly consumer: Consumer;
  readonly lease: number;
}

/** The description of an object that is a data set. */
export const DATASET = "data set";

/** Of an object that travels: each is a message of its own, for whose answer the next one waits. */
const CHUNK_BYTES = 512 * 1024;
// Objects are hashed on their way, four times as fast as in JavaScript.
setSha256Backend("native");

/** How many messages are on their way to the server at once. */
const AT_ONCE = 256;
const TIMEOUT_MS = 10_000;
const CLOSE_MS = 2000;
const RETRY_MS = 2000;
/** When of an object nothing more has come for so long, it is looked whether there is more. */
const SILENCE_MS = 1000;
/** After so many that went wrong it is told that it is tried again. */
const TOLD_TRIES = 3;

/** No machine: what is published in its name tells the time. */
const CLOCK = "clock";

/** Numbers of errors: of the server's room, of an account's, and of a stream's, which is that of a subject's too. */
const NO_ROOM = [10023, 10028, 10047, 10077];
const NAME_IN_USE = 10058;
const SUBJECTS_OVERLAP = 10065;
/** How often a stream is asked for whose subjects are another's, and the time between. */
const OVERLAP_TRIES = 5;
const OVERLAP_MS = 100;
const OTHER_REVISION = 10071;
const NO_STREAM = 10059;
const NO_CONSUMER = 10014;
const CONSUMER_EXISTS = 10148;

/**
 * What sweeps and workers have in common on the server: a queue of jobs, the states that come of them, and large bytes by their hash. What is
 * there is what counts; messages that were missed are looked up.
 */
export class Exchange implements AsyncDisposable {
  readonly connection: NatsConnection;
  readonly names: Names;
  readonly core: string;
  readonly #jsm: JetStreamManager;
  readonly #js: JetStreamClient;
  readonly #objects: ObjectStore;
  readonly #signal: AbortSignal;
  readonly #tell: Tell;
  /** The address, as it may be shown. */
  readonly #shown: string;
  readonly #ahead = new Limiter(AT_ONCE);
  /** Of large bytes there are fewer under way. */
  readonly #transfers = new Limiter(8);
  /** What is taken back waits for nothing that is still to be published. */
  readonly #removals = new Limiter(AT_ONCE);
  readonly #putting = new Map<string, Promise<void>>();
  /** What waits for room on the server, and why it found none. */
  readonly #noRoom = new Map<() => Promise<unknown>, string>();
  /** What is not answered, as was told. */
  readonly #unanswered = new Set<() => Promise<unknown>>();

  private constructor(
    { connection, names, js, jsm, objects, signal, tell, shown }: {
      connection: NatsConnection;
      names: Names;
      js: JetStreamClient;
      jsm: JetStreamManager;
      objects: ObjectStore;
      signal: AbortSignal;
      tell: Tell;
      shown: string;
    },
  ) {
    this.connection = connection;
    this.names = names;
    this.core = agreement();
    this.#js = js;
    this.#jsm = jsm;
    this.#objects = objects;
    this.#signal = signal;
    this.#tell = tell;
    this.#shown = shown;
  }

  /** Makes the project's streams and bucket where they are not there. See connectTo(). */
  static async open(
    access: Access,
    options: { wait?: boolean; signal: AbortSignal; tell: Tell; onReconnect?: () => void },
  ): Promise<Exchange> {
    const { signal, tell } = options;
    const { shown } = access.address;
    const connection = await connectTo(access, options);
    try {
      const names = new Names(access.project);
      const js = jetstream(connection, { timeout: TIMEOUT_MS });
      const jsm = await jetstreamManager(connection, { timeout: TIMEOUT_MS });
      const objects = await makeStreams(names, { js, jsm });
      return new Exchange({ connection, names, js, jsm, objects, signal, tell, shown });
    } catch (error) {
      await connection.close();
      if (error instanceof UserError) throw error;
      throw new UserError(say((t) => t.machines.noJetStream(shown, messageOf(error))), { cause: error });
    }
  }

  /** Why the server has no room for what is to be stored, as long as it is waited for; else null. */
  get full(): string | null {
    return this.#noRoom.values().next().value ?? null;
  }

  /** Puts a job into the queue, unless it is in it already. Waits as publish() does. */
  async submit(job: Job, patience?: AbortSignal): Promise<void> {
    await this.publish(this.names.job(this.core, job), JSON.stringify(job), patience);
  }

  /**
   * Stores a message as the last of its subject. Where there is no room or no server, it waits, which is told; `patience` is the signal that
   * ends the waiting.
   */
  async publish(subject: string, payload: Uint8Array | string, patience?: AbortSignal): Promise<void> {
    await this.persist(async () => {
      try {
        await this.#js.publish(subject, payload, { timeout: TIMEOUT_MS });
      } catch (error) {
        if (!(error instanceof JetStreamApiError && /per subject/.test(error.message))) throw error;
      }
    }, { patience, limiter: this.#ahead });
  }

  /**
   * Tries again until it goes well or the signal is aborted; only what mends itself is tried again, and what goes on is told. What waits to be
   * tried again takes no place of the limiter's from what may go well all the while.
   */
  async persist<Result>(
    task: () => Promise<Result>,
    { patience = this.#signal, limiter }: {
      patience?: AbortSignal | undefined;
      limiter?: Limiter;
    } = {},
  ): Promise<Result> {
    const attempt = () => {
      patience.throwIfAborted();
      return task();
    };
    try {
      for (let tries = 1;; tries++) {
        patience.throwIfAborted();
        try {
          const result = await (limiter?.run(attempt) ?? attempt());
          if (this.#noRoom.delete(task) && this.#noRoom.size === 0) {
            this.#tell(say((t) => t.machines.roomAgain));
          }
          return result;
        } catch (error) {
          patience.throwIfAborted();
          if (this.connection.isClosed()) throw error;
          if (isFull(error)) {
            if (this.#noRoom.size === 0) this.#tell(say((t) => t.machines.full(messageOf(error))));
            this.#noRoom.set(task, messageOf(error));
          } else if (!mendsItself(error)) throw this.#refusal(error) ?? error;
          else if (tries === TOLD_TRIES) {
            if (this.#unanswered.size === 0) this.#tell(say((t) => t.machines.retrying(messageOf(error))));
            this.#unanswered.add(task);
          }
        }
        await delay(RETRY_MS, patience);
      }
    } finally {
      this.#noRoom.delete(task);
      this.#unanswered.delete(task);
    }
  }

  /** What the server understood and will not do, as whoever has to do with it is told; null for another error. */
  #refusal(error: unknown): UserError | null {
    if (!isPermission(error) && !(error instanceof JetStreamApiError)) return null;
    return new UserError(say((t) => t.machines.refused(this.#shown, messageOf(error))), { cause: error });
  }

  /** The last message of a subject of the states; null where there is none. */
  async find(subject: string, patience?: AbortSignal): Promise<Uint8Array | null> {
    return await this.persist(async () => {
      const message = await this.#jsm.direct.getMessage(this.names.states, { last_by_subj: subject });
      return message?.data ?? null;
    }, { patience, limiter: this.#ahead });
  }

  /** Removes the message of a subject of a stream, if it is there; with `once`, throws where the server does not answer. */
  async remove(stream: string, subject: string, { once = false } = {}): Promise<void> {
    const purge = () => this.#jsm.streams.purge(stream, { filter: subject });
    const limiter = this.#removals;
    await (once ? limiter.run(purge) : this.persist(purge, { limiter }));
  }

  /** The runs of which there is a job in the queue, or under way. */
  queued(): Promise<Set<string>> {
    return this.#keys(this.names.jobs, this.names.job(this.core, ">"));
  }

  /** Jobs that are in the queue or under way, of machines of any kind. */
  async countJobs(): Promise<number> {
    return (await this.#jsm.streams.info(this.names.jobs)).state.messages;
  }

  /** What the project has on the server. */
  async measure(): Promise<{ results: number; bytes: number }> {
    const infos = await Promise.all(this.names.streams.map((stream) => this.#jsm.streams.info(stream)));
    return {
      results: (await this.results()).size,
      bytes: infos.reduce((sum, { state: { bytes } }) => sum + bytes, 0),
    };
  }

  /** Removes all that the project has on the server; whoever works or waits there goes on with what is empty. */
  async clear(): Promise<void> {
    await Promise.all(this.names.streams.map((stream) => this.#jsm.streams.purge(stream)));
  }

  /** Removes all results and checkpoints, and leaves what the runs in the queue need: themselves and the data sets. */
  async makeRoom(): Promise<void> {
    const { names } = this;
    for (const filter of [names.result(">"), names.checkpoint(">")]) {
      await this.#jsm.streams.purge(names.states, { filter });
    }
    const found = await this.#objects.list();
    await Promise.all(
      found.filter(({ description, deleted }) => description !== DATASET && !deleted).map(({ name, nuid }) =>
        this.#transfers.run(async () => {
          // To say that an object is gone takes room, too.
          await this.#jsm.streams.purge(names.bucket, { filter: this.#chunks(nuid) });
          await this.#objects.delete(name);
        })
      ),
    );
  }

  /** The runs of which there is a result. */
  results(): Promise<Set<string>> {
    return this.#keys(this.names.states, this.names.result(">"));
  }

  async #keys(stream: string, filter: string): Promise<Set<string>> {
    const { state: { subjects = {} } } = await this.persist(() =>
      this.#jsm.streams.info(stream, { subjects_filter: filter })
    );
    const keys = Object.keys(subjects).flatMap((subject) => parseKey(subject) ?? []);
    return new Set(keys.map(keyText));
  }

  /** Tells of each result that is published from now on, until the result is called. What is published while the connection is lost is not told. */
  async followResults(onResult: (key: RunKey) => void): Promise<() => void> {
    const consumer = await this.#js.consumers.get(this.names.states, {
      filter_subjects: this.names.result(">"),
      deliver_policy: DeliverPolicy.New,
      headers_only: true,
    });
    const messages = await consumer.consume({
      max_messages: 1000,
      callback: ({ subject }) => {
        const key = parseKey(subject);
        if (key) onResult(key);
      },
    });
    return () => void messages.close();
  }

  /**
   * The queue of jobs that this machine can do, and its lease: after so many seconds without an extension a job goes to another. It is one for
   * all machines; `lease` is that of a queue which is not there yet.
   */
  async queue(lease: number): Promise<Queue> {
    const { jobs } = this.names;
    const name = this.#queueName;
    try {
      await this.#jsm.consumers.info(jobs, name);
    } catch (error) {
      if (!(error instanceof JetStreamApiError && error.code === NO_CONSUMER)) throw error;
      await this.#makeQueue(lease);
    }
    const consumer = await this.#js.consumers.get(jobs, name);
    const { config } = await consumer.info(true);
    return { consumer, lease: (config.ack_wait ?? 0) / SECOND };
  }

  async #makeQueue(lease: number): Promise<void> {
    try {
      await this.#jsm.consumers.add(this.names.jobs, {
        durable_name: this.#queueName,
        filter_subject: this.names.job(this.core, ">"),
        ack_policy: AckPolicy.Explicit,
        ack_wait: lease * SECOND,
        // A worker counts itself: what was given back is no failure.
        max_deliver: -1,
        max_ack_pending: -1,
      });
    } catch (error) {
      // Somebody else was first, with another lease.
      if (!(error instanceof JetStreamApiError && error.code === CONSUMER_EXISTS)) throw error;
    }
  }

  /** Changes the lease of a queue from which nobody else takes jobs: whoever does extends them by the lease that he has found. */
  async changeLease(lease: number): Promise<void> {
    await this.#jsm.consumers.update(this.names.jobs, this.#queueName, { ack_wait: lease * SECOND });
  }

  get #queueName(): string {
    return `core-${this.core}`;
  }

  /** Puts bytes by their name, once: `read` is asked for them where they are not there. Waits as publish() does. */
  putObject(
    name: string,
    read: () => Promise<Uint8Array>,
    { description = "", patience }: {
      /** DATASET for a data set. */
      description?: string;
      patience?: AbortSignal | undefined;
    } = {},
  ): Promise<void> {
    const putting = this.#putting.get(name);
    if (putting) return putting;
    const put = this.persist(async () => {
      for (;;) {
        const known = await this.#objects.info(name);
        if (known !== null && !known.deleted) return;
        const meta = { name, description, options: { max_chunk_size: CHUNK_BYTES } };
        try {
          // Of two that put the same at once one is refused: to replace an object takes its bytes from whoever reads them.
          await this.#objects.putBlob(meta, await read(), { previousRevision: known?.revision ?? 0 });
          return;
        } catch (error) {
          if (!(error instanceof JetStreamApiError && error.code === OTHER_REVISION)) throw error;
        }
      }
    }, { patience, limiter: this.#transfers });
    // Only while it is under way: what is there may be cleaned away.
    this.#putting.set(name, put);
    put.catch(() => {}).finally(() => this.#putting.delete(name));
    return put;
  }

  /** The bytes of an object, verified; null where it is not there, or not whole. One that is not whole is removed, so that it is put anew. */
  async getObject(name: string, part: Part): Promise<Uint8Array<ArrayBuffer> | null> {
    return await this.persist(async () => {
      for (;;) {
        const object = await this.#objects.get(name);
        if (object === null) return null;
        const bytes = await this.#receive(object);
        try {
          if (bytes !== null) return checkPart(bytes, { name, part });
        } catch {
          // As one whose bytes are gone.
        }
        const now = await this.#objects.info(name);
        if (now === null || now.deleted) return null;
        if (now.nuid === object.info.nuid) {
          await this.#objects.delete(name);
          return null;
        }
      }
    }, { limiter: this.#transfers });
  }

  /** The bytes of an object; null where they are not all there, of which the server says nothing. */
  async #receive({ info, data, error }: ObjectResult): Promise<Uint8Array<ArrayBuffer> | null> {
    // The bytes' reader is told the same.
    error.catch(() => {});
    const reader = data.getReader();
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    try {
      for (;;) {
        const reading = reader.read();
        while (!await settlesWithin(SILENCE_MS, reading)) {
          if (await this.#hasChunks(info)) continue;
          await reader.cancel();
          return null;
        }
        const { done, value } = await reading;
        if (done) return await new Blob(chunks).bytes();
        chunks.push(value as Uint8Array<ArrayBuffer>);
      }
    } catch (error) {
      if (error instanceof Error && /corrupt object/.test(error.message)) return null;
      throw error;
    }
  }

  /** The subject of an object's bytes. */
  #chunks(nuid: string): string {
    return `$O.${this.names.objects}.C.${nuid}`;
  }

  async #hasChunks({ nuid, chunks }: ObjectInfo): Promise<boolean> {
    const subject = this.#chunks(nuid);
    const { state } = await this.#jsm.streams.info(this.names.bucket, { subjects_filter: subject });
    return (state.subjects?.[subject] ?? 0) === chunks;
  }

  /** What machines last said of themselves, and when, and what time it is: all by the server's clock, in milliseconds since 1970. */
  async machines(): Promise<{ now: number; messages: { data: Uint8Array; time: number }[] }> {
    const { machines } = this.names;
    return await this.persist(async () => {
      const clock = this.names.machine(CLOCK);
      const { seq } = await this.#js.publish(clock, "", { timeout: TIMEOUT_MS });
      const { state: { subjects = {} } } = await this.#jsm.streams.info(machines, {
        subjects_filter: this.names.machine(">"),
      });
      const find = (query: { seq: number } | { last_by_subj: string }) =>
        this.#jsm.direct.getMessage(machines, query);
      const others = Object.keys(subjects).filter((subject) => subject !== clock);
      const [now, ...found] = await Promise.all([
        find({ seq }),
        ...others.map((subject) => find({ last_by_subj: subject })),
      ]);
      const messages = found.flatMap((message) =>
        message === null || message.data.length === 0
          ? []
          : [{ data: message.data, time: message.time.getTime() }]
      );
      return { now: now?.time.getTime() ?? 0, messages };
    });
  }

  /** Tells of what machines say from now on, and of each that says that it ends, until the result is called. */
  followMachines(onBeat: (data: Uint8Array) => void, onEnd: (id: string) => void): () => void {
    const subscription = this.connection.subscribe(this.names.machine(">"), {
      callback: (error, { subject, data }) => {
        const id = subject.slice(this.names.machine("").length);
        if (error || id === CLOCK) return;
        if (data.length > 0) onBeat(data);
        else onEnd(id);
      },
    });
    return () => subscription.unsubscribe();
  }

  /** Says something of this machine, which nobody need hear; nothing at all is that it ends. */
  beat(id: string, text: string): void {
    try {
      this.connection.publish(this.names.machine(id), text);
    } catch {
      // The next one may be heard.
    }
  }

  async removeObject(name: string): Promise<void> {
    await this.#objects.delete(name);
  }

  /** Closes the connection; where the server is away that waits for what nobody will answer any more, so no longer than a moment. */
  async [Symbol.asyncDispose](): Promise<void> {
    await settlesWithin(CLOSE_MS, this.connection.close());
  }
}

/** Whatever of this somebody else has done already, or has begun and not ended, ends in the same sizes. */
async function makeStreams(
  names: Names,
  { js, jsm }: { js: JetStreamClient; jsm: JetStreamManager },
): Promise<ObjectStore> {
  const present = new Set<string>();
  for await (const name of jsm.streams.names()) present.add(name);
  if (!present.has(names.bucket)) await makeBucket(names, js);
  // The others have as much less of what was wanted as the bucket has.
  const { config: { max_bytes } } = await jsm.streams.info(names.bucket);
  const share = SHARES.find((share) => share * MAX_BYTES.objects <= max_bytes) ?? LEAST_SHARE;
  // Whoever made it with room for all has yet to give back the rest, or has died.
  if (max_bytes === share * ROOM_FOR_ALL) {
    await jsm.streams.update(names.bucket, { max_bytes: share * MAX_BYTES.objects });
  }
  const add = async (config: Partial<StreamConfig> & { name: string }, most: number) => {
    if (present.has(config.name)) return;
    const common = {
      max_age: MAX_AGE,
      storage: StorageType.File,
      allow_direct: true,
      max_msgs_per_subject: 1,
    };
    await unlessMade(() => jsm.streams.add({ ...common, ...config, max_bytes: share * most }));
  };
  await Promise.all([
    add({
      name: names.jobs,
      subjects: [`${names.project}.jobs.>`],
      retention: RetentionPolicy.Workqueue,
      // A run that is in the queue does not come into it again.
      discard: DiscardPolicy.New,
      discard_new_per_subject: true,
    }, MAX_BYTES.jobs),
    add({
      name: names.states,
      subjects: [names.result(">"), names.checkpoint(">"), names.returned(">")],
      discard: DiscardPolicy.New,
    }, MAX_BYTES.states),
    add({
      name: names.machines,
      subjects: [names.machine(">")],
      storage: StorageType.Memory,
      discard: DiscardPolicy.Old,
      max_age: 3600 * SECOND,
    }, MAX_BYTES.machines),
  ]);
  return await new Objm(js).open(names.objects);
}

/**
 * The bucket, with room on the server for the streams beside it. What a stream may take is set aside, so a server that has less is asked for
 * half as much, and so on, for all that there is to be; when the bucket is there, it gives back what is not its own. Of two who make it at once
 * the second finds that of the first, whatever he asked for.
 */
async function makeBucket(names: Names, js: JetStreamClient): Promise<void> {
  for (const share of SHARES) {
    try {
      const limits = { max_bytes: share * ROOM_FOR_ALL, ttl: MAX_AGE };
      return await unlessMade(() => new Objm(js).create(names.objects, limits));
    } catch (error) {
      if (!isFull(error) || share === LEAST_SHARE) throw error;
    }
  }
}

/**
 * Makes a stream, unless somebody else was first. Of two who are at it at once the server may tell one that its subjects are another stream's,
 * before it knows that stream by its name.
 */
async function unlessMade(make: () => Promise<unknown>): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      await make();
      return;
    } catch (error) {
      const code = error instanceof JetStreamApiError ? error.code : undefined;
      if (code === NAME_IN_USE) return;
      if (code !== SUBJECTS_OVERLAP || tries === OVERLAP_TRIES) throw error;
    }
    await delay(OVERLAP_MS);
  }
}

/** A connection that was lost, a server that starts, a stream that somebody will make anew: not what the server understood and refused. */
function mendsItself(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.status === 503 || error.code === NO_STREAM;
  // A SyntaxError is of what somebody else has put there.
  const lasting = [InvalidArgumentError, TypeError, RangeError, SyntaxError];
  return !isPermission(error) && !lasting.some((kind) => error instanceof kind);
}

/** That of a request is the cause of its error. */
function isPermission(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return [error, cause].some((each) => each instanceof PermissionViolationError);
}

function isFull(error: unknown): boolean {
  return error instanceof JetStreamApiError && NO_ROOM.includes(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
