import { layOut } from "../../src/nn/bench.ts";
import { type Crew, hireWorker } from "./crew.ts";
import type {
  CheckpointReply,
  EpochReply,
  EvaluatedReply,
  EvaluateRequest,
  InspectedReply,
  InspectRequest,
  OpenRequest,
  TrainedReply,
  TrainRequest,
  WorkerReply,
} from "./protocol.ts";

interface JobListener {
  onStart?(worker: number): void;
  onEpoch?(epoch: EpochReply, worker: number): void;
  onCheckpoint?(checkpoint: CheckpointReply): void;
}

/** A job that a worker could not do. */
export class WorkerError extends Error {
  override readonly name: string = "WorkerError";
}

/** A job during which the worker died: another worker may fare better. */
export class WorkerDiedError extends WorkerError {
  override readonly name = "WorkerDiedError";
}

/** What ends a job. */
type JobReply = TrainedReply | EvaluatedReply | InspectedReply;

interface Job {
  readonly request: TrainRequest | EvaluateRequest | InspectRequest;
  readonly listener: JobListener;
  resolve(reply: JobReply): void;
  reject(error: unknown): void;
}

interface Seat {
  readonly index: number;
  readonly open: OpenRequest;
  /** Null where nobody was needed yet, or the last one died without a job: another is hired when there is one. */
  worker: Worker | null;
  job: Job | null;
}

/**
 * Workers that train, evaluate and inspect, without any permission, over one shared memory: the data set at its beginning, then a room for
 * each worker there may be. They are hired as jobs come that none of those there are is free for. A worker that dies takes only its job
 * along and is replaced.
 */
export class WorkerPool {
  readonly #module: URL | undefined;
  readonly #crew: Crew | undefined;
  readonly #seats: Seat[];
  readonly #waiting: Job[] = [];
  /** Why it was closed; null while it is open. */
  #closed: { readonly reason: unknown } | null = null;

  /** Throws RangeError where all that does not fit into the 4 GiB that WebAssembly can address. */
  constructor(
    { workers, jobs = workers, module, dataset, roomBytes, worker, crew }: {
      /** How many there may be. */
      workers: number;
      /** How many jobs come at once: for these workers are hired already, so that they load their modules meanwhile. */
      jobs?: number | undefined;
      module: WebAssembly.Module;
      /** Encoded; it is copied. */
      dataset: Uint8Array;
      /** What the largest job needs. */
      roomBytes: number;
      /** Another module than worker.ts to run in the workers. */
      worker?: URL | undefined;
      /** Who may have been hired already. */
      crew?: Crew | undefined;
    },
  ) {
    this.#module = worker;
    this.#crew = crew;
    const { memory, rooms } = layOut(dataset, { rooms: workers, bytes: roomBytes });
    this.#seats = rooms.map((room, index) => {
      const open: OpenRequest = { type: "open", module, memory, room };
      const seat: Seat = { index, open, worker: null, job: null };
      if (index < jobs) seat.worker = this.#hire(seat);
      return seat;
    });
  }

  /** Rejects with a WorkerError where that is not possible. */
  train(request: TrainRequest, listener: JobListener = {}): Promise<TrainedReply> {
    return this.#enqueue(request, listener) as Promise<TrainedReply>;
  }

  /** Evaluates weights, before any training that still waits. Rejects with a WorkerError where that is not possible. */
  evaluate(request: EvaluateRequest): Promise<EvaluatedReply> {
    return this.#enqueue(request, {}) as Promise<EvaluatedReply>;
  }

  /** Looks closely at weights. Rejects with a WorkerError where that is not possible. */
  inspect(request: InspectRequest): Promise<InspectedReply> {
    return this.#enqueue(request, {}) as Promise<InspectedReply>;
  }

  /** Ends the workers at once; jobs that are not done reject with `reason`, and so do later ones: what ends a sweep is no fault of theirs. */
  close(reason: unknown = new WorkerError("the worker pool was closed")): void {
    if (this.#closed) return;
    this.#closed = { reason };
    for (const { worker } of this.#seats) worker?.terminate();
    for (const { job } of this.#seats) job?.reject(reason);
    for (const job of this.#waiting) job.reject(reason);
    this.#waiting.length = 0;
  }

  #enqueue(request: Job["request"], listener: JobListener): Promise<JobReply> {
    if (this.#closed) return Promise.reject(this.#closed.reason);
    return new Promise((resolve, reject) => {
      const job: Job = { request, listener, resolve, reject };
      if (request.type === "evaluate") this.#waiting.unshift(job);
      else this.#waiting.push(job);
      this.#assign();
    });
  }

  #assign(): void {
    for (const seat of this.#seats) {
      if (seat.job) continue;
      const job = this.#waiting.shift();
      if (!job) return;
      seat.job = job;
      job.listener.onStart?.(seat.index);
      seat.worker ??= this.#hire(seat);
      seat.worker.postMessage(job.request);
    }
  }

  #hire(seat: Seat): Worker {
    const worker = this.#crew?.take() ?? hireWorker(this.#module);
    // What a worker sends and its death need not arrive in this order: from one that was replaced, nothing counts.
    worker.addEventListener("message", ({ data }: MessageEvent<WorkerReply>) => {
      if (seat.worker === worker) this.#receive(seat, data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (seat.worker === worker) this.#replace(seat, event.message);
    });
    worker.postMessage(seat.open);
    return worker;
  }

  #receive(seat: Seat, reply: WorkerReply): void {
    const { job } = seat;
    if (!job) {
      if (reply.type === "failed") this.#replace(seat, reply.reason);
      return;
    }
    switch (reply.type) {
      case "epoch":
        job.listener.onEpoch?.(reply, seat.index);
        return;
      case "checkpoint":
        job.listener.onCheckpoint?.(reply);
        return;
      case "trained":
      case "evaluated":
      case "inspected":
        job.resolve(reply);
        break;
      case "failed":
        job.reject(new WorkerError(reply.reason));
        break;
    }
    seat.job = null;
    this.#assign();
  }

  /** Ends the worker of a seat, which died; another is hired for the next job. */
  #replace(seat: Seat, reason: string): void {
    if (this.#closed) return;
    const { job } = seat;
    seat.worker?.terminate();
    seat.worker = null;
    seat.job = null;
    job?.reject(new WorkerDiedError(`the worker died: ${reason}`));
    this.#assign();
  }
}
