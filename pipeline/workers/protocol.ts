import type { Standardise } from "../../src/data/standardise.ts";
import type { Activations } from "../../src/nn/activation.ts";
import type { LayerProbe } from "../../src/nn/layer_probe.ts";
import type { Room } from "../../src/nn/bench.ts";
import type { TrainingOptions } from "../../src/nn/open_training.ts";
import type { TrainerOptions } from "../../src/nn/trainer.ts";
import type { Measure } from "../../src/tables/metrics.ts";
import type { Measured } from "./measure_run.ts";
import type { RandomSnapshot } from "../../src/random/random_state.ts";

/** What a worker is given once: the compiled kernels, the memory that all share, and its own part of it. */
export interface OpenRequest {
  readonly type: "open";
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly room: Room;
}

/** A training between two epochs, as files: all that it needs to go on. See TrainerState. */
export interface TrainingState {
  readonly epoch: number;
  /** An .npz of W1, B1, W2, ...: the weights to keep. */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** The same of the optimizer's state, and of the last weights as last_W1, ... where others are kept; it may be empty. */
  readonly optimizer: Uint8Array<ArrayBuffer>;
  readonly shuffle: RandomSnapshot | null;
  /** Of the weights to keep. */
  readonly weights_sha256: string;
  /** Where there is noise. */
  readonly noise?: RandomSnapshot | undefined;
  /** The validation loss after each epoch, where something goes by them. */
  readonly losses?: readonly number[] | undefined;
  /** Where early stopping is set: the epoch after which it ended the training, and the one whose weights are kept. */
  readonly early?: { readonly stopped: number | null; readonly kept: number } | undefined;
}

/** What is trained: sections of a config, and a seed for each use. */
export interface Training {
  readonly model: Pick<TrainerOptions, "hidden" | "activation" | "init">;
  readonly train: Omit<TrainerOptions, "hidden" | "activation" | "init" | "scale" | "seeds" | "counts">;
  readonly preprocess: {
    readonly scale: number;
    readonly standardise?: Standardise | undefined;
    readonly validation: number;
    readonly limit?: number | undefined;
  };
  /** Null for a use that is not drawn from. */
  readonly seeds: {
    readonly split: number;
    readonly init: number;
    readonly shuffle: number | null;
    readonly noise?: number;
  };
}

/** Trains a network. Answered by epoch replies, checkpoint replies now and then, and a trained one. */
export interface TrainRequest {
  readonly type: "train";
  readonly training: Training;
  readonly epochs: number;
  /** Where to go on; null for a new training. */
  readonly from: TrainingState | null;
  /** A checkpoint is sent after the epoch in which so many seconds have passed since the last one. */
  readonly checkpointSeconds: number;
}

/** What is done to inputs, and what says which rows it was fitted to: a training's own. */
export interface FittedRows {
  readonly mode: Standardise;
  readonly validation: number;
  readonly limit?: number | undefined;
  /** The split's. */
  readonly seed: number;
}

/** A trained network. */
interface NetworkRequest {
  readonly activation: Activations;
  readonly scale: number;
  /** How its inputs were standardised, where they were. */
  readonly standardise?: FittedRows | undefined;
  /** An .npz of W1, B1, W2, ... */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** Evaluates a network on the test part. Answered by an evaluated reply. */
export interface EvaluateRequest extends NetworkRequest {
  readonly type: "evaluate";
  readonly measures: readonly Measure[];
}

/** Looks closely at a network, on the test part. Answered by an inspected reply. */
export interface InspectRequest extends NetworkRequest {
  readonly type: "inspect";
  /** Only so many points of the training part were used; left out, all of them. */
  readonly limit?: number;
}

export type WorkerRequest = OpenRequest | TrainRequest | EvaluateRequest | InspectRequest;

/** An epoch's row of history.csv; seconds are those of the training loop alone. */
export interface EpochReply {
  readonly type: "epoch";
  readonly epoch: number;
  readonly train_loss: number;
  readonly val_loss: number | null;
  readonly val_accuracy: number | null;
  readonly seconds: number;
  /** What the epoch's last step was scaled by, where a schedule is set. */
  readonly learning_rate?: number;
  /** What flowed through the layers after the epoch; with the first epoch's, also before it, at epoch 0. */
  readonly probes: readonly EpochProbe[];
}

export interface EpochProbe {
  readonly epoch: number;
  readonly layers: readonly LayerProbe[];
}

export interface CheckpointReply {
  readonly type: "checkpoint";
  readonly state: TrainingState;
}

/** A training's end: its state, or null for one that diverged in the epoch after the last that was told. */
export interface TrainedReply {
  readonly type: "trained";
  readonly state: TrainingState | null;
}

export interface EvaluatedReply {
  readonly type: "evaluated";
  readonly test_loss: number;
  readonly test_accuracy: number;
  /** What was asked for; nothing where the loss is not finite. */
  readonly measured: Measured;
  /** The text of predictions.csv. */
  readonly predictions: Uint8Array<ArrayBuffer>;
  readonly seconds: number;
}

export interface InspectedReply {
  readonly type: "inspected";
  /** An inspection.npz. */
  readonly inspection: Uint8Array<ArrayBuffer>;
}

export type WorkerReply =
  | EpochReply
  | CheckpointReply
  | TrainedReply
  | EvaluatedReply
  | InspectedReply
  | { readonly type: "failed"; readonly reason: string };

/** The same as openTraining() takes it. */
export function trainingOptions({ model, train, preprocess, seeds }: Training): TrainingOptions {
  return { ...model, ...train, ...preprocess, seeds };
}
