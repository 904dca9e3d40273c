import type { ActivationName } from "../nn/activation.ts";
import type { Tensors } from "./compare_tensors.ts";
import type { Reduction } from "./reference/method.ts";
import type { GradeTensor } from "./student_program.ts";

/** What grading needs of the engine that trains: the pipeline gives it. */
export interface GradeEngine {
  /** The whole data set, or its first `limit` training images. Not available without its files. */
  dataset(name: "mnist" | "strokes", limit?: number): Promise<Available<GradeDataset>>;
  /** Our own runs of these settings, one a seed; from the store, or from what is shipped, where they are there. */
  runs(settings: TrainingSettings, seeds: readonly number[]): Promise<Available<readonly ReferenceRun[]>>;
  /** Our own run with exactly these seeds, epoch by epoch. */
  trace(settings: TrainingSettings, seeds: TrainingSeeds): Promise<Available<readonly ReferenceEpoch[]>>;
}

/** Something that may not be had here. */
export type Available<T> = { readonly ok: true; readonly value: T } | {
  readonly ok: false;
  readonly reason: string;
};

/** Images with labels, and a network to run on them. */
export interface GradeDataset {
  readonly features: number;
  readonly classes: number;
  /** Of the test images in order. */
  readonly testLabels: Uint8Array;
  /** Labelled training rows, scaled to 0..1, split as train_test_split(random_state=seed) does. */
  split(options: { validation: number; seed: number }): { train: LabelledRows; validation: LabelledRows };
  /** The test rows, scaled to 0..1. */
  testImages(): GradeTensor;
  /** Runs a network on the test images, in float32. */
  evaluate(network: TrainedNetwork): NetworkEvaluation;
  /** Runs a network on the images that this split sets aside; null where it sets none aside. */
  validate(
    network: TrainedNetwork,
    split: { validation: number; seed: number },
  ): Omit<NetworkEvaluation, "predictions"> | null;
}

/** Rows (n, D) and their labels (n). */
export interface LabelledRows {
  readonly X: GradeTensor;
  readonly y: GradeTensor;
}

/** W1, B1, ... whose shapes fit together, and what is between the layers. */
export interface TrainedNetwork {
  readonly parameters: Tensors;
  readonly activation: ActivationName;
}

/** How a network does. */
export interface NetworkEvaluation {
  /** Mean cross-entropy; may be no finite number. */
  readonly loss: number;
  /** 0 to 1. */
  readonly accuracy: number;
  readonly predictions: Uint8Array;
}

/** All that decides a training, seeds aside; first weights are normal times sigma, the update is SGD, shuffled once. */
export interface TrainingSettings {
  readonly dataset: "mnist" | "strokes";
  /** The first so many training images; null for all. */
  readonly limit: number | null;
  readonly validation: number;
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly sigma: number;
  readonly learning_rate: number;
  readonly batch_size: number;
  readonly epochs: number;
  readonly reduction: Reduction;
}

/** A seed for each use, as in the manifest. */
export interface TrainingSeeds {
  readonly split: number;
  readonly init: number;
  readonly shuffle: number;
}

/** A run's metrics at its end; null for one that diverged. */
export interface ReferenceRun {
  readonly seed: number;
  readonly test_accuracy: number | null;
  readonly test_loss: number | null;
}

/** One epoch of a run. */
export interface ReferenceEpoch {
  readonly train_loss: number;
  readonly val_loss: number | null;
  /** The loss of the epoch's last batch, before its step. */
  readonly last_batch_loss: number;
}
