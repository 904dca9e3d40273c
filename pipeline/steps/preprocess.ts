import type { DatasetFiles } from "../../src/data/named_dataset.ts";
import { buildDataset } from "../../src/data/dataset.ts";
import { encodeDataset } from "../../src/data/dataset_codec.ts";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { UserError } from "../system/errors.ts";
import type { Step } from "./step.ts";
import { STEP_VERSIONS } from "./step_versions.ts";

export interface PreprocessFacts {
  features: number;
  classes: number;
  /** Rows of each part. */
  train: number;
  test: number;
}

/**
 * One artifact (see encodeDataset) for runs of all settings and seeds: those decide later which rows train and which validate, and what a
 * pixel is divided by. Throws a UserError where a file is not IDX or the files do not fit together.
 */
export const preprocessStep: Step<null, keyof DatasetFiles<unknown>, "dataset", PreprocessFacts> = {
  name: "preprocess",
  version: STEP_VERSIONS.preprocess,
  async run({ inputs }) {
    const { train_images, train_labels, test_images, test_labels } = inputs;
    const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
      train_images.read(),
      train_labels.read(),
      test_images.read(),
      test_labels.read(),
    ]);
    const train = {
      images: blame("train_images", () => parseIdxImages(trainImages)),
      labels: blame("train_labels", () => parseIdxLabels(trainLabels)),
    };
    const test = {
      images: blame("test_images", () => parseIdxImages(testImages)),
      labels: blame("test_labels", () => parseIdxLabels(testLabels)),
    };
    const dataset = blame("dataset", () => buildDataset({ train, test }));
    const { features, classes } = dataset;
    const facts = { features, classes, train: dataset.train.count, test: dataset.test.count };
    return { outputs: { dataset: encodeDataset(dataset) }, facts };
  },
};

/** The library's complaints about values are, here, about the user's files: `name` says which. */
function blame<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    // The library words its refusals like this; anything else is a bug and keeps its stack.
    if (!(error instanceof Error && error.message.startsWith("Cannot "))) throw error;
    throw new UserError(`${name}: ${error.message}`, { cause: error });
  }
}
