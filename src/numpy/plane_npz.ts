import { readNpz, writeNpz } from "./npz.ts";
import { takeArray as take } from "./take_array.ts";

/** Points in the plane with their classes. */
export interface PlanePoints {
  /** How many there are in all; of these as many are held as `labels` has. */
  readonly total: number;
  /** x and y of each point in turn. */
  readonly coordinates: Float32Array;
  readonly labels: Uint8Array;
}

/** A close look at one run whose rows are points in a plane: what its network says of every place, and of the points. `inspection.npz`. */
export interface Plane {
  /** The square that is looked at: from x0 to x0 + side, and from y0 to y0 + side. */
  readonly x0: number;
  readonly y0: number;
  readonly side: number;
  /** Places each way. */
  readonly size: number;
  readonly classes: number;
  /** f32[size][size][classes]: the softmax in the middle of each place; the first row is the lowest y, the first column the lowest x. */
  readonly field: Float32Array;
  /** Validation included. */
  readonly train: PlanePoints;
  readonly test: PlanePoints & { readonly predictions: Uint8Array };
}

export function writePlane(
  { x0, y0, side, size, classes, field, train, test }: Plane,
): Uint8Array<ArrayBuffer> {
  return writeNpz({
    square: { shape: [3], data: Float64Array.of(x0, y0, side) },
    field: { shape: [size, size, classes], data: field },
    train: { shape: [train.labels.length, 2], data: train.coordinates },
    train_label: { shape: [train.labels.length], data: train.labels },
    test: { shape: [test.labels.length, 2], data: test.coordinates },
    test_label: { shape: [test.labels.length], data: test.labels },
    test_predicted: { shape: [test.labels.length], data: test.predictions },
    points: { shape: [2], data: Uint32Array.of(train.total, test.total) },
  }, { deflate: ["field"] });
}

/** @throws SyntaxError where an array is missing or not of the type and shape that writePlane() gives it */
export function readPlane(npz: Uint8Array): Plane {
  const arrays = readNpz(npz);
  const [x0, y0, side] = take(arrays, "square", Float64Array, [3]).data;
  const field = take(arrays, "field", Float32Array, ["size", "size", "classes"]);
  const [size, width, classes] = field.shape;
  if (size !== width || size < 1 || classes < 2 || ![x0, y0, side].every(Number.isFinite) || side <= 0) {
    throw new SyntaxError(
      "Cannot read inspection.npz: field must be square, of 2 classes or more, on a square of the plane",
    );
  }
  const totals = take(arrays, "points", Uint32Array, [2]).data;
  const part = (name: string, total: number): PlanePoints => {
    const labels = take(arrays, `${name}_label`, Uint8Array, ["points"]).data;
    return { total, labels, coordinates: take(arrays, name, Float32Array, [labels.length, 2]).data };
  };
  const test = part("test", totals[1]);
  const predictions = take(arrays, "test_predicted", Uint8Array, [test.labels.length]).data;
  return {
    x0,
    y0,
    side,
    size,
    classes,
    field: field.data,
    train: part("train", totals[0]),
    test: { ...test, predictions },
  };
}
