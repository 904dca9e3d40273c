import type { ImageSize } from "./image_size.ts";
import type { Texts } from "../text/language.ts";

/** One thing for each of a data set's four files. */
export interface DatasetFiles<T> {
  /** Images to learn from. */
  train_images: T;
  /** Their labels. */
  train_labels: T;
  /** Images that are seen only at the end. */
  test_images: T;
  /** Their labels. */
  test_labels: T;
}

/** A file that can be downloaded. Mirrors pack differently, so the length and hash are those of the unpacked IDX file. */
export interface DownloadableFile {
  /** The name on the mirrors, packed with gzip. */
  name: string;
  /** Length in bytes, unpacked. */
  bytes: number;
  /** SHA-256 in hexadecimal, unpacked. */
  sha256: string;
  /** How many images or labels it holds. */
  count: number;
}

/** A data set whose files are downloaded. */
export interface DownloadedSource {
  /** Addresses to try in turn; a file's name is put behind. */
  readonly mirrors: readonly string[];
  /** What the files are called and must hold. */
  readonly files: Readonly<DatasetFiles<Readonly<DownloadableFile>>>;
}

/** A file of which only the packed form's hash is published: what it unpacks to is recorded when it first comes. */
export type PackedFile = Omit<DownloadableFile, "sha256">;

/** A data set whose files are downloaded, known by the MD5 of what is downloaded. */
export interface PackedSource {
  /** Addresses to try in turn; a file's name is put behind. */
  readonly mirrors: readonly string[];
  /** What the files are called and hold, unpacked; in an archive, their places there. */
  readonly packed: Readonly<DatasetFiles<Readonly<PackedFile>>>;
  /** MD5 in hexadecimal of each packed file, or of the one archive that has them all. */
  readonly md5: Readonly<DatasetFiles<string>> | {
    readonly archive: string;
    readonly md5: string;
    readonly bytes: number;
  };
}

/** How files differ from MNIST's. */
export interface FileForm {
  /** Whether images lie on their side: their rows are columns. */
  readonly transposed?: boolean;
  /** The label of the first class, where that is not 0. */
  readonly first_label?: number;
}

/** A data set that the program makes by itself. */
export interface DrawnSource {
  /** Raised by whatever changes a byte of the files. */
  readonly version: number;
  /** The four unpacked IDX files. What draws them is loaded when it is called. */
  generate(): Promise<DatasetFiles<Uint8Array<ArrayBuffer>>>;
}

/** A network's error on a data set's test images, as it was published. */
export interface PublishedError {
  /** What the network is. */
  readonly network: Texts;
  /** Share of the images that it misclassifies, 0 to 1. */
  readonly error: number;
}

/** A data set that a config may name. Registered in catalogue.ts. */
export interface NamedDataset {
  /** What people call it. */
  readonly title: Texts;
  /** What a config's reader should know of it. */
  readonly description: Texts;
  /** Where its files come from. */
  readonly source: DownloadedSource | PackedSource | DrawnSource;
  /** How its files differ from MNIST's; left out, they do not. */
  readonly form?: FileForm;
  /** Images of each part. */
  readonly counts: { readonly train: number; readonly test: number };
  /** Labels are 0 to classes - 1. */
  readonly classes: number;
  /** What the classes are called where they are not just numbered, in the order of the labels. */
  readonly classNames?: { readonly en: readonly string[]; readonly ja: readonly string[] };
  /** Pixels of an image. */
  readonly features: ImageSize;
  /** What others reached on it, and where that is told. */
  readonly published?: { readonly source: Texts; readonly results: readonly PublishedError[] };
}
