import type { Texts } from "../text/language.ts";
import { DataFileError } from "./data_file_error.ts";
import { type IdxImages, parseIdxImages, parseIdxLabels } from "./idx.ts";
import type { DatasetFiles } from "./named_dataset.ts";
import { countNonZero, MAX_FEATURES, toSparseRows } from "./sparse.ts";

/** Labelled rows: those of a data set's part. */
export type Rows = ImageRows | RealRows;

/** Labelled rows of uint8 pixels. */
export type ImageRows = SparseRows | DenseRows;

/** Rows of which most pixels are zero: the others of row i are at rowStarts[i] to rowStarts[i + 1] of `columns` and `values`. */
export interface SparseRows {
  /** Tells the kinds apart. */
  readonly storage: "sparse";
  /** The number of rows. */
  readonly count: number;
  /** The class of each row. */
  readonly labels: Uint8Array;
  /** count + 1 places in `columns` and `values`. */
  readonly rowStarts: Uint32Array;
  /** The pixel that each value belongs to, ascending within a row. */
  readonly columns: Uint16Array;
  /** The non-zero pixels. */
  readonly values: Uint8Array;
}

/** Rows of which many pixels are not zero. */
export interface DenseRows {
  /** Tells the kinds apart. */
  readonly storage: "dense";
  /** The number of rows. */
  readonly count: number;
  /** The class of each row. */
  readonly labels: Uint8Array;
  /** count x features pixels, row by row. */
  readonly pixels: Uint8Array;
}

/** Rows of real numbers, as points of a plane are, which the network takes as they are. */
export interface RealRows {
  /** Tells the kinds apart. */
  readonly storage: "real";
  /** The number of rows. */
  readonly count: number;
  /** The class of each row. */
  readonly labels: Uint8Array;
  /** count x features numbers, row by row. */
  readonly numbers: Float32Array;
}

const longest = new WeakMap<Rows, number>();

/** The most pixels that are not zero in a sparse row; 0 for others. Counted once: every training of a sweep asks for it. */
export function longestRow(rows: Rows): number {
  if (rows.storage !== "sparse") return 0;
  const known = longest.get(rows);
  if (known !== undefined) return known;
  let most = 0;
  for (let i = 0; i < rows.count; i++) most = Math.max(most, rows.rowStarts[i + 1] - rows.rowStarts[i]);
  longest.set(rows, most);
  return most;
}

/** Images, or rows of real numbers, ready for training. */
export interface Dataset {
  /** Inputs of the network: an image has rows x columns. */
  features: number;
  /** Labels are 0 to classes - 1. */
  classes: number;
  /** The height of an image in pixels; 1 where there are no images. */
  rows: number;
  /** The width of an image in pixels; where there are no images, the features. */
  columns: number;
  /** The rows to learn from, validation included. */
  train: Rows;
  /** The rows that are seen only at the end, stored as the others are. */
  test: Rows;
}

/** The pixels of a row, zeros too. Throws TypeError where rows are no images. */
export function rowPixels(part: Rows, row: number, features: number): Uint8Array {
  if (part.storage === "dense") return part.pixels.subarray(row * features, (row + 1) * features);
  if (part.storage === "real") {
    throw new TypeError("Cannot give a row's pixels: rows must be images, found real numbers");
  }
  const pixels = new Uint8Array(features);
  for (let k = part.rowStarts[row]; k < part.rowStarts[row + 1]; k++) {
    pixels[part.columns[k]] = part.values[k];
  }
  return pixels;
}

/** Images and their labels, as they come out of the IDX files. */
export interface LabelledImages {
  /** The images of one part. */
  images: IdxImages;
  /** One label an image. */
  labels: Uint8Array;
}

const SPARSE_BELOW = 0.5;

/**
 * The preprocessing: all rows of both parts, stored sparse where less than half of the training images' pixels are non-zero. There
 * are as many classes as the largest training label says, and at least 2.
 * Throws DataFileError where images and labels differ in number, or the parts' images in size, and for a test label that training does
 * not know.
 */
export function buildDataset({ train, test }: { train: LabelledImages; test: LabelledImages }): Dataset {
  checkCounts(train, { en: "training", ja: "訓練" });
  checkCounts(test, { en: "test", ja: "テスト" });
  const { rows, columns } = train.images;
  if (test.images.rows !== rows || test.images.columns !== columns) {
    const found = `${test.images.rows} x ${test.images.columns}`;
    throw new DataFileError("dataset", {
      en: `test images must be ${rows} x ${columns} as the training images are, found ${found}`,
      ja: `テスト画像は訓練画像と同じ ${rows} x ${columns} でなければなりませんが、${found} です`,
    });
  }
  const classes = Math.max(2, largest(train.labels) + 1);
  const unknown = test.labels.findIndex((label) => label >= classes);
  if (unknown >= 0) {
    const found = test.labels[unknown];
    throw new DataFileError("dataset", {
      en: `test labels must be at most ${
        classes - 1
      }, as the training labels are, found ${found} at row ${unknown}`,
      ja: `テストデータのラベルは訓練データと同じく ${classes - 1} 以下でなければなりませんが、` +
        `行 ${unknown} は ${found} です`,
    });
  }
  const features = rows * columns;
  const { pixels } = train.images;
  const nonZero = countNonZero(pixels);
  const isSparse = features <= MAX_FEATURES && nonZero / Math.max(1, pixels.length) < SPARSE_BELOW;
  const part = (images: LabelledImages, nonZero?: number) =>
    isSparse ? sparsePart(images, { features, nonZero }) : densePart(images);
  return { features, classes, rows, columns, train: part(train, nonZero), test: part(test) };
}

/** A data set from its four unpacked IDX files. Throws what parseIdxImages() and buildDataset() throw. */
export function parseDataset(files: DatasetFiles<Uint8Array>): Dataset {
  const { train_images, train_labels, test_images, test_labels } = files;
  return buildDataset({
    train: { images: parseIdxImages(train_images), labels: parseIdxLabels(train_labels) },
    test: { images: parseIdxImages(test_images), labels: parseIdxLabels(test_labels) },
  });
}

function checkCounts({ images: { count }, labels }: LabelledImages, part: Texts): void {
  if (count !== labels.length) {
    throw new DataFileError("dataset", {
      en: `there must be a label for each of the ${count} ${part.en} images, found ${labels.length} labels`,
      ja: `${part.ja}画像 ${count} 枚のそれぞれにラベルが必要ですが、ラベルは ${labels.length} 個です`,
    });
  }
}

function largest(labels: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < labels.length; i++) largest = Math.max(largest, labels[i]);
  return largest;
}

function densePart({ labels, images: { count, pixels } }: LabelledImages): DenseRows {
  return { storage: "dense", count, labels, pixels };
}

function sparsePart(
  { labels, images: { count, pixels } }: LabelledImages,
  { features, nonZero }: { features: number; nonZero: number | undefined },
): SparseRows {
  const { rowStarts, columns, values } = toSparseRows(pixels, { count, features, nonZero });
  return { storage: "sparse", count, labels, rowStarts, columns, values };
}
