import type { DatasetFiles } from "../../src/data/named_dataset.ts";
import { buildDataset, type Dataset } from "../../src/data/dataset.ts";
import { encodeDataset } from "../../src/data/dataset_codec.ts";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { UserError } from "../system/errors.ts";
import { decodePoints } from "./points_files.ts";
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
 * pixel is divided by. Its inputs are the outputs of the download step. Throws a UserError where a file is not IDX or the files do not fit
 * together.
 */
export const preprocessStep: Step<null, string, "dataset", PreprocessFacts> = {
  name: "preprocess",
  version: STEP_VERSIONS.preprocess,
  async run({ inputs }) {
    const files = Object.fromEntries(
      await Promise.all(Object.entries(inputs).map(async ([name, file]) => [name, await file.read()])),
    );
    const dataset = "train_points" in files ? decodePoints(files) : buildImages(files);
    const { features, classes } = dataset;
    const facts = { features, classes, train: dataset.train.count, test: dataset.test.count };
    return { outputs: { dataset: encodeDataset(dataset) }, facts };
  },
};

function buildImages(
  { train_images, train_labels, test_images, test_labels }: DatasetFiles<Uint8Array>,
): Dataset {
  const train = {
    images: blame("train_images", () => parseIdxImages(train_images)),
    labels: blame("train_labels", () => parseIdxLabels(train_labels)),
  };
  const test = {
    images: blame("test_images", () => parseIdxImages(test_images)),
    labels: blame("test_labels", () => parseIdxLabels(test_labels)),
  };
  return blame("dataset", () => buildDataset({ train, test }));
}

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
