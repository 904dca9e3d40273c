import { type DatasetName, DATASETS } from "../data/catalogue.ts";
import type { CourseActivations } from "../nn/activation.ts";
import type { Fault } from "./fault.ts";
import { COURSE_SETTINGS } from "./manifest.ts";
import type { Tensors } from "./tensors.ts";
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
  readonly fault: Fault;
};

/** Images with labels, and a network to run on them. */
export interface GradeDataset {
  readonly features: number;
  /** Labels are 0 to classes - 1. */
  readonly classes: number;
  readonly testLabels: Uint8Array;
  /** Labelled training rows, scaled to 0..1, split as train_test_split(random_state=seed) does. */
  split(options: { validation: number; seed: number }): { train: LabelledRows; validation: LabelledRows };
  /** The test rows, scaled to 0..1. */
  testImages(): GradeTensor;
  /** The pixels of one test image, row by row, 0 to 255. */
  testImage(index: number): Uint8Array;
  /** Runs a network on the test images, in float32. */
  evaluate(network: TrainedNetwork): NetworkEvaluation;
  /** Runs a network on the training images that are set aside; null where none are. */
  validate(network: TrainedNetwork, aside: ImagesAside): ValidationEvaluation | null;
  /** The network's output before the softmax, for these training images or all test images: (count, classes), in float32. */
  logits(network: TrainedNetwork, images: ImagesAside | "test"): GradeTensor;
  /** Mean and standard deviation of each pixel over the training images but those that are set aside, of pixels from 0 to 1. */
  pixelStatistics(
    aside: ImagesAside | null,
  ): { readonly mean: Float64Array; readonly deviation: Float64Array };
}

/** Which training images are set aside: as train_test_split(random_state=seed) does, or these, by their numbers in the official order. */
export type ImagesAside = { readonly validation: number; readonly seed: number } | {
  readonly rows: readonly number[];
};

/** Rows (n, D) and their labels (n). */
export interface LabelledRows {
  readonly X: GradeTensor;
  readonly y: GradeTensor;
}

/** W1, B1, ... whose shapes fit together, and what is between the layers. */
export interface TrainedNetwork {
  /** Weights (K, N) and biases (N). */
  readonly parameters: Tensors;
  readonly activation: CourseActivations;
}

export interface NetworkEvaluation {
  /** Mean cross-entropy; may be no finite number. */
  readonly loss: number;
  /** 0 to 1. */
  readonly accuracy: number;
  /** A class for each row. */
  readonly predictions: Uint8Array;
}

/** A network on images that were set aside. */
export interface ValidationEvaluation extends NetworkEvaluation {
  /** The training images that they are, in the order of the predictions. */
  readonly rows: Uint32Array;
  /** Of the same images. */
  readonly labels: Uint8Array;
}

/** All that decides a training, seeds aside; first weights are normal times sigma, the update is SGD, shuffled once. */
export interface TrainingSettings {
  readonly dataset: DatasetName;
  /** The first so many training images; null for all. */
  readonly limit: number | null;
  /** Part of the training images set aside, from 0 to below 1. */
  readonly validation: number;
  readonly hidden: readonly number[];
  readonly activation: CourseActivations;
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
  /** The run's seed, of which those of each use follow. */
  readonly seed: number;
  readonly test_accuracy: number | null;
  readonly test_loss: number | null;
}

export interface ReferenceEpoch {
  /** Mean over the epoch's rows, each before its batch's step. */
  readonly train_loss: number;
  /** After the epoch; null where no images are set aside. */
  readonly val_loss: number | null;
  /** Of the same rows, all of them after the epoch. */
  readonly train_loss_after: number;
  /** The loss of the epoch's last batch, before its step. */
  readonly last_batch_loss: number;
}

/** Pixels and classes of every data set. */
const [FEATURES, CLASSES] = [784, 10];

/** Units of a network for these images, layer by layer: features, hidden, classes. */
export function layerSizes(hidden: readonly number[]): number[] {
  return [FEATURES, ...hidden, CLASSES];
}

/** The course's own training. */
const COURSE: TrainingSettings = {
  dataset: "mnist",
  limit: null,
  validation: 0.2,
  ...COURSE_SETTINGS,
};

/** What a training costs, as a multiple of the course's own: images times epochs times weights. */
export function trainingCost(settings: TrainingSettings): number {
  return products(settings) / products(COURSE);
}

/** How many training images there are. */
export function trainingImages(
  { dataset, limit }: Pick<TrainingSettings, "dataset" | "limit">,
): number {
  return Math.min(DATASETS[dataset].counts.train, limit ?? Infinity);
}

function products({ dataset, limit, validation, hidden, epochs }: TrainingSettings): number {
  const images = trainingImages({ dataset, limit }) * (1 - validation);
  const sizes = layerSizes(hidden);
  const weights = sizes.slice(1).reduce((sum, units, l) => sum + sizes[l] * units, 0);
  return images * epochs * weights;
}
