import type { Dataset } from "../../src/data/dataset.ts";
import {
  generatePoints,
  labelledDataset,
  type LabelledPoints,
  type Points,
} from "../../src/data/points/points.ts";
import { readNpy, writeNpy } from "../../src/numpy/npy.ts";

/** What points are kept as: `.npy` files, coordinates f32[count][2] and labels u8[count] of each part. */
interface PointsFiles<T> {
  train_points: T;
  train_labels: T;
  test_points: T;
  test_labels: T;
}

export function encodePoints(points: Points): PointsFiles<Uint8Array<ArrayBuffer>> {
  const { train, test } = generatePoints(points);
  return {
    train_points: writeNpy({ shape: [train.labels.length, 2], data: train.coordinates }),
    train_labels: writeNpy({ shape: [train.labels.length], data: train.labels }),
    test_points: writeNpy({ shape: [test.labels.length, 2], data: test.coordinates }),
    test_labels: writeNpy({ shape: [test.labels.length], data: test.labels }),
  };
}

/** The data set of what encodePoints() gave. */
export function decodePoints(
  { train_points, train_labels, test_points, test_labels }: PointsFiles<Uint8Array<ArrayBuffer>>,
): Dataset {
  return labelledDataset({ train: part(train_points, train_labels), test: part(test_points, test_labels) });
}

function part(points: Uint8Array<ArrayBuffer>, labels: Uint8Array<ArrayBuffer>): LabelledPoints {
  const [{ data: coordinates }, { data: classes }] = [readNpy(points), readNpy(labels)];
  if (!(coordinates instanceof Float32Array && classes instanceof Uint8Array)) {
    throw new TypeError("Cannot read points: coordinates must be float32 and labels uint8, found others");
  }
  return { coordinates: Float32Array.from(coordinates), labels: Uint8Array.from(classes) };
}
