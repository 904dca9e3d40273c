import type { DatasetName } from "../data/catalogue.ts";
import type { ActivationName } from "../nn/activation.ts";
import type { Tensors } from "./compare_tensors.ts";
import type { Reduction } from "./reference/method.ts";
import type { GradeTensor } from "./student_program.ts";

/** What grading needs of the engine that trains: the pipeline gives it. */
export interface GradeEngine {
  /** The whole data set, or its first `limit` training images. Not available without its files. */
  dataset(name: DatasetName, limit?: number): Promise<Available<GradeDataset>>;
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
  /** Pixels of an image. */
  readonly features: number;
  /** Labels are 0 to classes - 1. */
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
  /** A row a sample. */
  readonly X: GradeTensor;
  /** A label a row. */
  readonly y: GradeTensor;
}

/** W1, B1, ... whose shapes fit together, and what is between the layers. */
export interface TrainedNetwork {
  /** Weights (K, N) and biases (N). */
  readonly parameters: Tensors;
  /** Of the hidden layers. */
  readonly activation: ActivationName;
}

/** How a network does. */
export interface NetworkEvaluation {
  /** Mean cross-entropy; may be no finite number. */
  readonly loss: number;
  /** 0 to 1. */
  readonly accuracy: number;
  /** A class for each row. */
  readonly predictions: Uint8Array;
}

/** All that decides a training, seeds aside; first weights are normal times sigma, the update is SGD, shuffled once. */
export interface TrainingSettings {
  /** On which images. */
  readonly dataset: DatasetName;
  /** The first so many training images; null for all. */
  readonly limit: number | null;
  /** Part of the training images set aside, from 0 to below 1. */
  readonly validation: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** Of the hidden layers. */
  readonly activation: ActivationName;
  /** Standard deviation of the first weights and biases. */
  readonly sigma: number;
  /** Step size. */
  readonly learning_rate: number;
  /** Images per update. */
  readonly batch_size: number;
  /** How often training goes through all images. */
  readonly epochs: number;
  /** Mean or sum of the gradient over a batch. */
  readonly reduction: Reduction;
}

/** A seed for each use, as in the manifest. */
export interface TrainingSeeds {
  /** Which images are set aside. */
  readonly split: number;
  /** The first weights. */
  readonly init: number;
  /** The order of the images. */
  readonly shuffle: number;
}

/** A run's metrics at its end; null for one that diverged. */
export interface ReferenceRun {
  /** The run's seed, of which those of each use follow. */
  readonly seed: number;
  /** Fraction of the test images. */
  readonly test_accuracy: number | null;
  /** Mean cross-entropy on the test images. */
  readonly test_loss: number | null;
}

/** One epoch of a run. */
export interface ReferenceEpoch {
  /** Mean over the epoch's rows, each before its batch's step. */
  readonly train_loss: number;
  /** After the epoch; null where no images are set aside. */
  readonly val_loss: number | null;
  /** The loss of the epoch's last batch, before its step. */
  readonly last_batch_loss: number;
}
