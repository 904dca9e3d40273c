import type { Experiment } from "../../src/config/schema.ts";
import { DATASETS } from "../../src/data/catalogue.ts";
import type { DatasetFiles, FileForm, NamedDataset } from "../../src/data/named_dataset.ts";
import { labelsFromZero, uprightImages } from "../../src/data/file_form.ts";
import { buildDataset, type Dataset } from "../../src/data/dataset.ts";
import { encodeDataset } from "../../src/data/dataset_codec.ts";
import { DEFAULT_TEST_SHARE, type FileDataset } from "../../src/data/files/labelled_rows.ts";
import { parseImageSize } from "../../src/data/image_size.ts";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { say } from "../messages/messages.ts";
import { textsOf, UserError } from "../system/errors.ts";
import { decodePoints } from "./points_files.ts";
import type { Step } from "./step.ts";
import { STEP_VERSIONS } from "./step_versions.ts";

export interface PreprocessFacts {
  features: number;
  classes: number;
  /** Rows of each part. */
  train: number;
  test: number;
  /** What a table's, an .npz's or a folder's classes are called, and a table's inputs. */
  class_names?: readonly string[];
  input_names?: readonly string[];
}

type Choice<Kind extends string> = Extract<Experiment["dataset"], Readonly<Record<Kind, object>>>;
type Csv = Choice<"csv">["csv"];
type Npz = Choice<"npz">["npz"];
type Folder = Choice<"folder">["folder"];

/** How the files are read, where they do not say it themselves: what a config says of them, but where they come from and their hashes. */
export type PreprocessParameters =
  | null
  | { csv: Omit<Csv, "path" | "url" | "sha256" | "test"> & { test: number | null } }
  | { npz: Pick<Npz, "image" | "test" | "seed"> }
  | { folder: Omit<Folder, "path" | "sha256"> }
  | { form: FileForm };

export function preprocessParameters(dataset: Experiment["dataset"]): PreprocessParameters {
  if (typeof dataset === "string") {
    const { form }: NamedDataset = DATASETS[dataset];
    return form === undefined ? null : { form };
  }
  if ("idx" in dataset || "points" in dataset) return null;
  if ("csv" in dataset) {
    const { path: _path, url: _url, sha256: _sha256, test, ...csv } = dataset.csv;
    return { csv: { ...csv, test: typeof test === "number" ? test : null } };
  }
  if ("npz" in dataset) {
    const { path: _path, url: _url, sha256: _sha256, ...npz } = dataset.npz;
    return { npz };
  }
  const { path: _path, sha256: _sha256, ...folder } = dataset.folder;
  return { folder };
}

/**
 * One artifact (see encodeDataset) for runs of all settings and seeds: those decide later which rows train and which validate, and what a
 * pixel is divided by. Its inputs are the outputs of the download step. Throws a UserError where a file is not as it must be or the files
 * do not fit together.
 */
export const preprocessStep: Step<PreprocessParameters, string, "dataset", PreprocessFacts> = {
  name: "preprocess",
  version: STEP_VERSIONS.preprocess,
  async run({ parameters, inputs }) {
    const files = Object.fromEntries(
      await Promise.all(Object.entries(inputs).map(async ([name, file]) => [name, await file.read()])),
    );
    if (parameters !== null && "form" in parameters) {
      return outcome({ dataset: buildImages(files, parameters.form) });
    }
    if (parameters !== null) return outcome(await readOwn(parameters, files));
    return outcome({ dataset: "train_points" in files ? decodePoints(files) : buildImages(files) });
  },
};

function outcome({ dataset, classNames, inputNames }: Partial<FileDataset> & Pick<FileDataset, "dataset">) {
  const { features, classes } = dataset;
  const facts = {
    features,
    classes,
    train: dataset.train.count,
    test: dataset.test.count,
    ...(classNames === undefined || areNumbers(classNames) ? {} : { class_names: classNames }),
    ...(inputNames === undefined || inputNames.length > MAX_NAMED ? {} : { input_names: inputNames }),
  };
  return { outputs: { dataset: encodeDataset(dataset) }, facts };
}

/** Names of so many inputs are kept, with the results too. */
const MAX_NAMED = 200;

/** Whether classes are called 0, 1, 2 and so on, as they are without names. */
function areNumbers(names: readonly string[]): boolean {
  return names.every((name, i) => name === String(i));
}

/** What reads each kind is loaded where it is needed. */
async function readOwn(
  parameters: Exclude<PreprocessParameters, null | { form: unknown }>,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<FileDataset> {
  const sizeOf = (written: string | undefined) => written === undefined ? undefined : parseImageSize(written);
  const splitOf = ({ test, seed = 0 }: { test?: number | null | undefined; seed?: number | undefined }) => ({
    share: test ?? DEFAULT_TEST_SHARE,
    seed,
  });
  if ("csv" in parameters) {
    const { csvDataset } = await import("../../src/data/files/csv_dataset.ts");
    const { csv: { test, seed, image, ...options } } = parameters;
    const split = splitOf({ test, seed });
    return blame("dataset.csv", () =>
      csvDataset(
        { train: files.train, test: files.test },
        { ...options, image: sizeOf(image), split },
      ));
  }
  if ("npz" in parameters) {
    const { npzDataset } = await import("../../src/data/files/npz_dataset.ts");
    const { npz } = parameters;
    const options = { image: sizeOf(npz.image), split: splitOf(npz) };
    return blame("dataset.npz", () => npzDataset(files.arrays, options));
  }
  const [{ folderDataset }, { unpackFolder }] = await Promise.all([
    import("../../src/data/files/folder_dataset.ts"),
    import("../../src/data/files/packed_folder.ts"),
  ]);
  const { folder } = parameters;
  const options = { size: sizeOf(folder.size), invert: folder.invert, split: splitOf(folder) };
  return blame("dataset.folder", () => folderDataset(unpackFolder(files.folder), options));
}

function buildImages(
  { train_images, train_labels, test_images, test_labels }: DatasetFiles<Uint8Array>,
  form: FileForm = {},
): Dataset {
  const images = (name: string, bytes: Uint8Array) =>
    blame(name, () => uprightImages(parseIdxImages(bytes), form));
  const labels = (name: string, bytes: Uint8Array) =>
    blame(name, () => labelsFromZero(parseIdxLabels(bytes), form));
  const train = {
    images: images("train_images", train_images),
    labels: labels("train_labels", train_labels),
  };
  const test = { images: images("test_images", test_images), labels: labels("test_labels", test_labels) };
  return blame("dataset", () => buildDataset({ train, test }));
}

/** The library's complaints about values are, here, about the user's files: `name` says which. */
function blame<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    // The library words its refusals like this; anything else is a bug and keeps its stack.
    if (!(error instanceof Error && error.message.startsWith("Cannot "))) throw error;
    const said = textsOf(error);
    throw new UserError(say((t) => t.errors.ofFile(name, said[t.language])), { cause: error });
  }
}
