import type { ActivationName } from "../../src/nn/activation.ts";
import type { TrainerOptions } from "../../src/nn/trainer.ts";

/** What a worker is given once: the compiled kernels, the memory that all share, and its own part of it. */
export interface OpenRequest {
  readonly type: "open";
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Where the encoded data set begins in the memory, in bytes. */
  readonly dataset: number;
  /** The bytes that are this worker's. */
  readonly arena: { readonly start: number; readonly end: number };
}

/** Trains a network. Answered by epoch replies, then a trained one. */
export interface TrainRequest {
  readonly type: "train";
  readonly options: TrainerOptions;
  readonly split: { readonly validation: number; readonly seed: number };
  readonly epochs: number;
}

/** Evaluates weights on the test part. Answered by an evaluated reply. */
export interface EvaluateRequest {
  readonly type: "evaluate";
  readonly activation: ActivationName;
  /** An .npz of W1, B1, W2, ... */
  readonly weights: Uint8Array<ArrayBuffer>;
}

export type WorkerRequest = OpenRequest | TrainRequest | EvaluateRequest;

/** An epoch's row of history.csv; seconds are those of the training loop alone. */
export interface EpochReply {
  readonly type: "epoch";
  readonly epoch: number;
  readonly train_loss: number;
  readonly val_loss: number | null;
  readonly val_accuracy: number | null;
  readonly seconds: number;
}

/** A training's end. A diverged one has no weights: the archive is empty. */
export interface TrainedReply {
  readonly type: "trained";
  readonly status: "ok" | "diverged";
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly weights_sha256: string | null;
}

export interface EvaluatedReply {
  readonly type: "evaluated";
  readonly test_loss: number;
  readonly test_accuracy: number;
  /** The text of predictions.csv. */
  readonly predictions: Uint8Array<ArrayBuffer>;
}

/** The request could not be done. */
export interface FailedReply {
  readonly type: "failed";
  readonly reason: string;
}

export type WorkerReply = EpochReply | TrainedReply | EvaluatedReply | FailedReply;
