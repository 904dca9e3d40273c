import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataFile } from "../../../src/config/schemas/dataset_schema.ts";
import type { Experiment } from "../../../src/config/schema.ts";
import type { DatasetFiles, DownloadedSource } from "../../../src/data/named_dataset.ts";

/** One place where a file may be had. `shown` is how messages call it, shared by the files of one mirror. */
export type Source =
  | { shown: string; url: string }
  /** The first of the paths that is there. */
  | { shown: string; paths: readonly string[] };

export interface WantedFile {
  /** How messages and progress call it. */
  name: string;
  /** SHA-256 of its content, uncompressed. */
  sha256: string;
  /** To be tried in turn. */
  sources: readonly Source[];
}

/** Where a data set's files come from; none of it matters to what they hold. */
export interface Origin {
  files: DatasetFiles<WantedFile>;
  /** For the message when some could not be had: what was tried, of all files or of those named, and what the user can do. */
  attempt(names: readonly string[] | "all"): string;
  advice: string;
}

/** Where to get the files that a config lists; its paths are relative to `configFolder`. */
export function locateFiles(
  dataset: Exclude<Experiment["dataset"], string>,
  { configFolder }: { configFolder: string },
): Origin {
  return {
    files: mapFiles(dataset.idx, (file, name) => ({
      name,
      sha256: file.sha256,
      sources: [listed(file, configFolder)],
    })),
    attempt: (names) => `get ${names === "all" ? "the data set" : `${enumerate(names)} of the data set`}`,
    advice: "A file that you have can be listed as {path: ..., sha256: ...}; " +
      `paths are relative to the config's folder, ${resolve(configFolder)}.`,
  };
}

export function mapFiles<From, To>(
  files: DatasetFiles<From>,
  change: (file: From, name: keyof DatasetFiles<From>) => To,
): DatasetFiles<To> {
  const { train_images, train_labels, test_images, test_labels } = files;
  return {
    train_images: change(train_images, "train_images"),
    train_labels: change(train_labels, "train_labels"),
    test_images: change(test_images, "test_images"),
    test_labels: change(test_labels, "test_labels"),
  };
}

/** Where to get a data set that is known by name. `mirror`, a folder or an address, takes the place of its own mirrors. */
export function locateNamed(
  title: string,
  { mirrors, files }: DownloadedSource,
  mirror: string | undefined,
): Origin {
  const places = mirror === undefined ? mirrors : [mirror];
  const names = enumerate(Object.values(files).map(({ name }) => name));
  return {
    files: mapFiles(files, ({ name, sha256 }) => ({
      name,
      sha256,
      sources: places.map((place) => atMirror(place, name)),
    })),
    attempt: (missing) =>
      (mirror === undefined ? "download " : "get ") + title +
      (missing === "all" ? "" : `'s ${enumerate(missing)}`) +
      (mirror === undefined ? "" : ` from --mirror ${mirror}`),
    advice:
      (mirror === undefined
        ? `If you have the files, pass their folder with --mirror DIR. It must hold ${names}, gzipped or not.`
        : `--mirror takes a folder or an address that holds ${names}; in a folder, gzipped or not.`) +
      "\nThe embedded data set needs no network and no files: --set dataset=strokes.",
  };
}

function atMirror(mirror: string, name: string): Source {
  if (/^https?:\/\//.test(mirror)) return { shown: mirror, url: `${mirror.replace(/\/*$/, "/")}${name}` };
  const folder = mirror.startsWith("file://") ? fileURLToPath(mirror) : mirror;
  return { shown: mirror, paths: [join(folder, name), join(folder, name.replace(/\.gz$/, ""))] };
}

function listed(file: DataFile, configFolder: string): Source {
  if ("url" in file) return { shown: file.url, url: file.url };
  return { shown: file.path, paths: [resolve(configFolder, file.path)] };
}

function enumerate(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join();
}
