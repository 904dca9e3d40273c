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

/** A text in the report's languages. */
export interface Bilingual {
  /** English. */
  readonly en: string;
  /** Japanese. */
  readonly ja: string;
}

/** A data set whose files are downloaded. */
export interface DownloadedSource {
  /** Addresses to try in turn; a file's name is put behind. */
  readonly mirrors: readonly string[];
  /** What the files are called and must hold. */
  readonly files: Readonly<DatasetFiles<Readonly<DownloadableFile>>>;
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
  readonly network: Bilingual;
  /** Share of the images that it misclassifies, 0 to 1. */
  readonly error: number;
}

/** A data set that a config may name. Registered in catalogue.ts. */
export interface NamedDataset {
  /** What people call it. */
  readonly title: Bilingual;
  /** What a config's reader should know of it. */
  readonly description: Bilingual;
  /** Where its files come from. */
  readonly source: DownloadedSource | DrawnSource;
  /** Images of each part. */
  readonly counts: { readonly train: number; readonly test: number };
  /** Labels are 0 to classes - 1. */
  readonly classes: number;
  /** What the classes are called where they are not just numbered, in the order of the labels. */
  readonly classNames?: { readonly en: readonly string[]; readonly ja: readonly string[] };
  /** Pixels of an image. */
  readonly features: { readonly rows: number; readonly columns: number };
  /** What others reached on it, and where that is told. */
  readonly published?: { readonly source: Bilingual; readonly results: readonly PublishedError[] };
}
