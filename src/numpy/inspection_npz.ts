import { judgementArrays, type Judgements, takeJudgements } from "./judgements.ts";
import { readNpz, writeNpz } from "./npz.ts";
import { takeArray as take } from "./take_array.ts";

/** Images of one size, rows x columns pixels: [count][rows][columns], a byte a pixel. */
export interface Images {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** Image by image, row by row; as in the data set, before any scaling. */
  readonly pixels: Uint8Array;
}

/** Test images, and what a network says of them. */
export interface JudgedImages extends Judgements {
  readonly images: Images;
}

/** A close look at one run: `inspection.npz`. */
export interface Inspection {
  /** Misclassified ones, the most confident error first; then ones that are right, the least confident first, in files that have any. */
  readonly judged: JudgedImages;
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

export function writeInspection({ judged, filters }: Inspection): Uint8Array<ArrayBuffer> {
  const { count, rows, columns, pixels } = judged.images;
  return writeNpz({
    ...judgementArrays(judged),
    image: { shape: [count, rows, columns], data: pixels },
    unit: { shape: [filters.units.length], data: filters.units },
    weights: { shape: [filters.units.length, rows, columns], data: filters.weights },
    units: { shape: [], data: Uint32Array.of(filters.total) },
    // Weights hardly get smaller.
  }, { deflate: ["image", "probability"] });
}

/** @throws SyntaxError where an array is missing or not of the type and shape that writeInspection() gives it */
export function readInspection(npz: Uint8Array): Inspection {
  const arrays = readNpz(npz);
  const image = take(arrays, "image", Uint8Array, ["images", "rows", "columns"]);
  const [count, rows, columns] = image.shape;
  const judgements = takeJudgements(arrays, count);
  const units = take(arrays, "unit", Uint32Array, ["units"]).data;
  const weights = take(arrays, "weights", Float32Array, [units.length, rows, columns]);
  const [total] = take(arrays, "units", Uint32Array, []).data;
  const unknown = units.find((unit) => unit >= total);
  if (unknown !== undefined) {
    throw new SyntaxError(`Cannot read inspection.npz: unit must be below units, ${total}, found ${unknown}`);
  }
  const images = { count, rows, columns, pixels: image.data };
  return {
    judged: { ...judgements, images },
    filters: { units, weights: weights.data, total },
  };
}
