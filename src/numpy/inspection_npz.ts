import type { NpyArray } from "./npy.ts";
import { readNpz, writeNpz } from "./npz.ts";

/** Images of one size, rows x columns pixels: [count][rows][columns], a byte a pixel. */
export interface Images {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Image by image, row by row; as in the data set, before any scaling. */
  readonly pixels: Uint8Array;
}

/** A close look at one run: `inspection.npz`. */
export interface Inspection {
  /** Misclassified test images, the most confident error first. */
  readonly mistakes: {
    /** Their places in the test set. */
    readonly indices: Uint32Array;
    readonly labels: Uint8Array;
    readonly predictions: Uint8Array;
    /** f32[count][classes]: the softmax. */
    readonly probabilities: Float32Array;
    readonly images: Images;
  };
  /** First-layer weights, an image a unit. */
  readonly filters: {
    /** Which units of the first layer, those with the largest weights first; where there is no hidden layer, the classes. */
    readonly units: Uint32Array;
    /** f32[count][rows][columns] */
    readonly weights: Float32Array;
    /** Units of the layer. */
    readonly total: number;
  };
}

export function writeInspection({ mistakes, filters }: Inspection): Uint8Array<ArrayBuffer> {
  const { indices, labels, predictions, probabilities, images } = mistakes;
  const { count, rows, columns, pixels } = images;
  const classes = count === 0 ? 0 : probabilities.length / count;
  return writeNpz({
    index: { shape: [count], data: indices },
    label: { shape: [count], data: labels },
    predicted: { shape: [count], data: predictions },
    probability: { shape: [count, classes], data: probabilities },
    image: { shape: [count, rows, columns], data: pixels },
    unit: { shape: [filters.units.length], data: filters.units },
    weights: { shape: [filters.units.length, rows, columns], data: filters.weights },
    units: { shape: [], data: Uint32Array.of(filters.total) },
  });
}

/** @throws SyntaxError where an array is missing or not of the type and shape that writeInspection() gives it */
export function readInspection(npz: Uint8Array): Inspection {
  const arrays = readNpz(npz);
  const image = take(arrays, "image", Uint8Array);
  const [count, rows, columns] = image.shape;
  const indices = take(arrays, "index", Uint32Array).data;
  const labels = take(arrays, "label", Uint8Array).data;
  const predictions = take(arrays, "predicted", Uint8Array).data;
  const probability = take(arrays, "probability", Float32Array);
  const units = take(arrays, "unit", Uint32Array).data;
  const weights = take(arrays, "weights", Float32Array);
  const total = take(arrays, "units", Uint32Array).data[0];
  const lengths = [indices.length, labels.length, predictions.length, probability.shape[0]];
  if (image.shape.length !== 3 || lengths.some((length) => length !== count)) {
    throw new SyntaxError(
      `Cannot read inspection.npz: it must have ${count} of each image's values, found ${lengths}`,
    );
  }
  if (weights.data.length !== units.length * rows * columns) {
    throw new SyntaxError(
      `Cannot read inspection.npz: weights must be of shape (${units.length},${rows},${columns}), found (${weights.shape})`,
    );
  }
  const images = { count, rows, columns, pixels: image.data };
  return {
    mistakes: { indices, labels, predictions, probabilities: probability.data, images },
    filters: { units, weights: weights.data, total },
  };
}

function take<T extends NpyArray["data"]>(
  arrays: Readonly<Record<string, NpyArray>>,
  name: string,
  type: new (length: number) => T,
): { shape: readonly number[]; data: T } {
  const array = arrays[name];
  if (array === undefined || !(array.data instanceof type)) {
    const found = array === undefined ? "none" : array.data.constructor.name;
    throw new SyntaxError(
      `Cannot read inspection.npz: ${name} must be an array of ${type.name}, found ${found}`,
    );
  }
  return { shape: array.shape, data: array.data };
}
