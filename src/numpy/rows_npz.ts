import { readNpz, writeNpz } from "./npz.ts";
import { takeArray as take } from "./take_array.ts";

/** A close look at one run whose rows are numbers that nobody can draw: test rows, and what its network says of them. `inspection.npz`. */
export interface JudgedRows {
  /** Their places in the test set. */
  readonly indices: Uint32Array;
  readonly labels: Uint8Array;
  readonly predictions: Uint8Array;
  /** f32[count][classes]: the softmax. */
  readonly probabilities: Float32Array;
  /** f32[count][features]: the rows as in the data set. */
  readonly numbers: Float32Array;
  readonly features: number;
}

export function writeJudgedRows(rows: JudgedRows): Uint8Array<ArrayBuffer> {
  const { indices, labels, predictions, probabilities, numbers, features } = rows;
  const count = indices.length;
  const classes = count === 0 ? 0 : probabilities.length / count;
  return writeNpz({
    index: { shape: [count], data: indices },
    label: { shape: [count], data: labels },
    predicted: { shape: [count], data: predictions },
    probability: { shape: [count, classes], data: probabilities },
    row: { shape: [count, features], data: numbers },
  }, { deflate: ["row", "probability"] });
}

/** Whether an `inspection.npz` holds rows of numbers: writeJudgedRows() made it. Throws SyntaxError where it is no npz. */
export function holdsRows(npz: Uint8Array): boolean {
  return readNpz(npz).row !== undefined;
}

/** @throws SyntaxError where an array is missing or not of the type and shape that writeJudgedRows() gives it */
export function readJudgedRows(npz: Uint8Array): JudgedRows {
  const arrays = readNpz(npz);
  const { shape: [count, features], data: numbers } = take(arrays, "row", Float32Array, ["rows", "features"]);
  const labels = take(arrays, "label", Uint8Array, [count]).data;
  const predictions = take(arrays, "predicted", Uint8Array, [count]).data;
  const probability = take(arrays, "probability", Float32Array, [count, "classes"]);
  const classes = [...labels, ...predictions].reduce((most, label) => Math.max(most, label + 1), 0);
  if (probability.shape[1] < classes) {
    throw new SyntaxError(
      `Cannot read inspection.npz: probability must have ${classes} classes or more, found ${
        probability.shape[1]
      }`,
    );
  }
  return {
    indices: take(arrays, "index", Uint32Array, [count]).data,
    labels,
    predictions,
    probabilities: probability.data,
    numbers,
    features,
  };
}
