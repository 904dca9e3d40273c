import type { IdxImages } from "./idx.ts";
import { density, MAX_FEATURES, toSparseRows } from "./sparse.ts";

/** The rows of one part, with a label each; pixels are raw bytes, to be divided by the data set's `scale`. */
export type DatasetPart = SparsePart | DensePart;

/** Rows of which most pixels are 0, as SparseRows. */
export interface SparsePart {
  /** Tells the two kinds apart. */
  storage: "sparse";
  /** The number of rows. */
  count: number;
  /** The class of each row. */
  labels: Uint8Array;
  /** Where each row's values begin, and their end: count + 1 entries. */
  rowStarts: Uint32Array;
  /** The pixel that each value belongs to, ascending within a row. */
  columns: Uint16Array;
  /** The non-zero pixels. */
  values: Uint8Array;
}

/** Rows of which many pixels are not 0: count x features pixels. */
export interface DensePart {
  /** Tells the two kinds apart. */
  storage: "dense";
  /** The number of rows. */
  count: number;
  /** The class of each row. */
  labels: Uint8Array;
  /** All pixels, row by row. */
  pixels: Uint8Array;
}

/** Images ready for training, one a row. */
export interface Dataset {
  /** Pixels an image: rows x columns. */
  features: number;
  /** Labels are 0 to classes - 1. */
  classes: number;
  /** What a pixel is divided by before it enters the network. */
  scale: number;
  /** The height of an image in pixels. */
  rows: number;
  /** The width of an image in pixels. */
  columns: number;
  /** The rows to learn from, validation included. */
  train: DatasetPart;
  /** The rows that are seen only at the end. */
  test: DatasetPart;
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
 * The preprocessing: the first `limit` training rows (all of them where there are fewer or no limit is given), all test
 * rows, each part stored sparse where less than half of its pixels are non-zero. There are as many classes as the largest
 * training label says, before the limit, and at least 2.
 *
 * Throws TypeError where images and labels differ in number or the parts' images in size; RangeError unless `scale` is a
 * positive finite number and `limit` a positive integer, and for a test label that training does not know.
 */
export function buildDataset(
  { train, test, scale, limit }: {
    train: LabelledImages;
    test: LabelledImages;
    scale: number;
    limit?: number;
  },
): Dataset {
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`Cannot build the data set: scale must be a positive number, found ${scale}`);
  }
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
    throw new RangeError(`Cannot build the data set: limit must be a positive integer, found ${limit}`);
  }
  checkCounts(train, "training");
  checkCounts(test, "test");
  const { rows, columns } = train.images;
  if (test.images.rows !== rows || test.images.columns !== columns) {
    throw new TypeError(
      `Cannot build the data set: test images must be ${rows} x ${columns} as the training images are, ` +
        `found ${test.images.rows} x ${test.images.columns}`,
    );
  }
  const classes = Math.max(2, largest(train.labels) + 1);
  const unknown = test.labels.findIndex((label) => label >= classes);
  if (unknown >= 0) {
    throw new RangeError(
      `Cannot build the data set: test labels must be at most ${
        classes - 1
      }, the largest of the training labels, ` +
        `found ${test.labels[unknown]} at row ${unknown}`,
    );
  }
  const features = rows * columns;
  return {
    features,
    classes,
    scale,
    rows,
    columns,
    train: toPart(train, features, Math.min(limit ?? Infinity, train.images.count)),
    test: toPart(test, features, test.images.count),
  };
}

function checkCounts({ images, labels }: LabelledImages, part: string): void {
  if (images.count !== labels.length) {
    throw new TypeError(
      `Cannot build the data set: there must be a label for each of the ${images.count} ${part} images, ` +
        `found ${labels.length} labels`,
    );
  }
}

function largest(labels: Uint8Array): number {
  let largest = 0;
  for (let i = 0; i < labels.length; i++) largest = Math.max(largest, labels[i]);
  return largest;
}

function toPart(source: LabelledImages, features: number, count: number): DatasetPart {
  const labels = source.labels.subarray(0, count);
  const pixels = source.images.pixels.subarray(0, count * features);
  if (features > MAX_FEATURES || density(pixels) >= SPARSE_BELOW) {
    return { storage: "dense", count, labels, pixels };
  }
  const { rowStarts, columns, values } = toSparseRows(pixels, { count, features });
  return { storage: "sparse", count, labels, rowStarts, columns, values };
}
