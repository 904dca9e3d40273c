import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataFile, FileKeys } from "../../../src/config/schemas/data_file_schema.ts";
import type { Experiment } from "../../../src/config/schema.ts";
import type { Texts } from "../../../src/text/language.ts";
import { type Messages, say } from "../../messages/messages.ts";
import type { DatasetFiles, DownloadedSource, PackedSource } from "../../../src/data/named_dataset.ts";

/** One place where a file may be had. `shown` is how messages call it, shared by the files of one mirror. */
export type Source =
  | { shown: string; url: string }
  /** The first of the paths that has the right content; if none is there, an array of the first of some .npz files that is. */
  | {
    shown: string;
    paths: readonly string[];
    npz?: { readonly paths: readonly string[]; readonly array: string };
  }
  /** A folder's pictures, packed as one. */
  | { shown: string; folder: string };

export interface WantedFile {
  /** How messages and progress call it. */
  name: string;
  /** SHA-256 of its content, uncompressed; null where `packed` says what is wanted. */
  sha256: string | null;
  /** The MD5 of the packed file; of an archive besides, the places in it of the files that are wanted, by their names. */
  packed?: { readonly md5: string; readonly members?: Readonly<Record<string, string>> };
  /** Its length, uncompressed; null where nobody says it before. */
  bytes: number | null;
  /** Of such a file the most bytes; left out, as of an IDX file. */
  most?: number;
  /** To be tried in turn. */
  sources: readonly Source[];
}

/** Where a data set's files come from; none of it matters to what they hold. */
export interface Origin {
  files: Readonly<Record<string, WantedFile>>;
  /** For the message when some could not be had: that they could not, all files (null) or those named, and what the user can do. */
  attempt(names: readonly string[] | null): Texts;
  advice: Texts;
}

/** Where to get the files that a config lists; its paths are relative to `configFolder`. */
export function locateFiles(
  dataset: OwnFiles,
  { configFolder }: { configFolder: string },
): Origin {
  return {
    files: ownFiles(dataset, configFolder),
    attempt: (names) => say((t) => t.data.cannotGetOwn(names)),
    advice: say((t) => (("idx" in dataset) ? t.data.pathsAndHash : t.data.paths)(resolve(configFolder))),
  };
}

/** A data set whose files a config lists. */
type OwnFiles = Exclude<Experiment["dataset"], string | { points: unknown }>;

/** More would not fit into the memory that trainings share. */
const MOST_BYTES = 2 ** 30;

function ownFiles(dataset: OwnFiles, configFolder: string): Origin["files"] {
  const wanted = (name: string, file: FileKeys) => ({
    name,
    sha256: pinnedHash(name, file),
    bytes: null,
    sources: [listed(file as DataFile, configFolder)],
  });
  if ("idx" in dataset) {
    return mapFiles(dataset.idx, (file, name) => wanted(name, file));
  }
  if ("folder" in dataset) {
    const { path } = dataset.folder;
    const folder = { shown: path, folder: resolve(configFolder, path) };
    return { folder: { ...wanted("folder", dataset.folder), most: MOST_BYTES, sources: [folder] } };
  }
  if ("npz" in dataset) return { arrays: { ...wanted("arrays", dataset.npz), most: MOST_BYTES } };
  const { test } = dataset.csv;
  return {
    train: { ...wanted("train", dataset.csv), most: MOST_BYTES },
    ...(typeof test === "number" ? {} : { test: { ...wanted("test", test), most: MOST_BYTES } }),
  };
}

/** Of a file on this machine readExperiment() has filled it in. */
function pinnedHash(name: string, { sha256 }: FileKeys): string {
  if (sha256 !== undefined) return sha256;
  throw new TypeError(`Cannot locate ${name}: its sha256 must be known, found none`);
}

/** Each file by its name, changed. */
export function mapFiles<Name extends string, From, To>(
  files: Readonly<Record<Name, From>>,
  change: (file: From, name: Name) => To,
): Record<Name, To> {
  const entries = Object.entries<From>(files) as [Name, From][];
  return Object.fromEntries(entries.map(([name, file]) => [name, change(file, name)])) as Record<Name, To>;
}

/** Where to get a data set that is known by name. `mirror`, a folder or an address, takes the place of its own mirrors. */
export function locateNamed(
  title: Texts,
  { mirrors, files }: DownloadedSource,
  mirror: string | undefined,
): Origin {
  const places = mirror === undefined ? mirrors : [mirror];
  const names = Object.values(files).map(({ name }) => name);
  return {
    files: mapFiles(files, ({ name, sha256, bytes }, part) => ({
      name,
      sha256,
      bytes,
      sources: places.map((place) => atMirror(place, name, part)),
    })),
    attempt: attemptOn(title, mirror),
    advice: withEmbedded((t) => (mirror === undefined ? t.passMirror : t.mirrorHolds)(names)),
  };
}

function attemptOn(title: Texts, mirror: string | undefined): Origin["attempt"] {
  return (names) => say((t) => t.data.cannotGetNamed({ title: title[t.language], names, mirror }));
}

function withEmbedded(advice: (t: Messages["data"]) => string): Texts {
  return say((t) => `${advice(t.data)}\n${t.data.noNetwork}`);
}

/** The same of one whose packed files' MD5 is known, or that of an archive. */
export function locatePacked(
  title: Texts,
  { mirrors, packed, md5 }: PackedSource,
  mirror: string | undefined,
): Origin {
  const places = mirror === undefined ? mirrors : [mirror];
  const from = (name: string, bytes: number, packed: NonNullable<WantedFile["packed"]>): WantedFile => ({
    name,
    sha256: null,
    packed,
    bytes: null,
    // gzip adds a little to what it cannot compress.
    most: bytes + 100_000,
    sources: places.map((place) => atMirror(place, name)),
  });
  const isArchive = "archive" in md5;
  const files = isArchive
    ? {
      archive: from(md5.archive, md5.bytes, { md5: md5.md5, members: mapFiles(packed, ({ name }) => name) }),
    }
    : mapFiles(packed, ({ name, bytes }, part) => from(name, bytes, { md5: md5[part] }));
  const names = isArchive ? [md5.archive] : Object.values(packed).map(({ name }) => name);
  return {
    files,
    attempt: attemptOn(title, mirror),
    advice: withEmbedded((t) => t.passPacked(names)),
  };
}

/** Where torchvision keeps MNIST's files, below the folder that it is given or below `MNIST`. */
const FOLDERS = ["", "MNIST/raw", "raw"];
/** The same of other data sets, whose files may have the same names. */
const OTHER_FOLDERS = ["", "FashionMNIST/raw", "KMNIST/raw", "EMNIST/raw", "raw"];
/** How Keras's mnist.npz calls the parts. */
const ARRAYS: DatasetFiles<string> = {
  train_images: "x_train",
  train_labels: "y_train",
  test_images: "x_test",
  test_labels: "y_test",
};

/** In a folder MNIST's files, of which `part` is one, may also have the names of the first archive, as `train-images.idx3-ubyte`. */
function atMirror(mirror: string, name: string, part?: keyof DatasetFiles<unknown>): Source {
  if (/^https?:\/\//.test(mirror)) return { shown: mirror, url: `${mirror.replace(/\/*$/, "/")}${name}` };
  const folder = mirror.startsWith("file://") ? fileURLToPath(mirror) : mirror;
  const dotted = name.replace(/-(?=idx\d)/, ".");
  if (part === undefined) {
    return { shown: mirror, paths: OTHER_FOLDERS.map((inner) => join(folder, inner, name)) };
  }
  const names = [name, dotted].flatMap((packed) => [packed, packed.replace(/\.gz$/, "")]);
  return {
    shown: mirror,
    paths: FOLDERS.flatMap((inner) => names.map((file) => join(folder, inner, file))),
    npz: { paths: [/\.npz$/i.test(folder) ? folder : join(folder, "mnist.npz")], array: ARRAYS[part] },
  };
}

function listed(file: DataFile, configFolder: string): Source {
  if ("url" in file) return { shown: file.url, url: file.url };
  return { shown: file.path, paths: [resolve(configFolder, file.path)] };
}
