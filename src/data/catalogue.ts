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

/** A data set known by name: where its files are and what they must be. */
export interface NamedDataset {
  /** Addresses to try in turn; a file's name is put behind. */
  mirrors: readonly string[];
  /** What the files are called and must hold. */
  files: Readonly<DatasetFiles<DownloadableFile>>;
}

/** The data sets that a config may name and the program downloads. */
export const CATALOGUE = {
  mnist: {
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    files: {
      train_images: {
        name: "train-images-idx3-ubyte.gz",
        bytes: 47_040_016,
        sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        count: 60_000,
      },
      train_labels: {
        name: "train-labels-idx1-ubyte.gz",
        bytes: 60_008,
        sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        count: 60_000,
      },
      test_images: {
        name: "t10k-images-idx3-ubyte.gz",
        bytes: 7_840_016,
        sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        count: 10_000,
      },
      test_labels: {
        name: "t10k-labels-idx1-ubyte.gz",
        bytes: 10_008,
        sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        count: 10_000,
      },
    },
  },
} as const satisfies Record<string, NamedDataset>;

// TODO merge: the data sets' descriptors take the place of this list of their names.
export const DATASETS = {
  strokes: {
    description: {
      en: "6,000 + 1,000 digits drawn by the program, no download.",
      ja: "プログラムが描く数字6,000枚（訓練）と1,000枚（テスト）。ダウンロードは要りません。",
    },
  },
  mnist: {
    description: {
      en: "60,000 + 10,000 handwritten digits, downloaded once.",
      ja: "手書き数字 60,000 枚（訓練）と 10,000 枚（テスト）です。最初に 1 度だけダウンロードします。",
    },
  },
} as const;
export type DatasetName = keyof typeof DATASETS;
