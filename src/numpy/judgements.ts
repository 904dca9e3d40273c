import type { NpyArray } from "./npy.ts";
import { takeArray as take } from "./take_array.ts";

/** What a network says of some test rows: what each `inspection.npz` of rows has, whatever they are. */
export interface Judgements {
  /** Their places in the test set. */
  readonly indices: Uint32Array;
  readonly labels: Uint8Array;
  readonly predictions: Uint8Array;
  /** f32[count][classes]: the softmax. */
  readonly probabilities: Float32Array;
}

/** Their arrays, in the order in which a file has them. */
export function judgementArrays({ indices, labels, predictions, probabilities }: Judgements) {
  const count = indices.length;
  const classes = count === 0 ? 0 : probabilities.length / count;
  return {
    index: { shape: [count], data: indices },
    label: { shape: [count], data: labels },
    predicted: { shape: [count], data: predictions },
    probability: { shape: [count, classes], data: probabilities },
  };
}

/** @throws SyntaxError where an array is missing or not of the type and shape that judgementArrays() gives it */
export function takeJudgements(arrays: Readonly<Record<string, NpyArray>>, count: number): Judgements {
  const indices = take(arrays, "index", Uint32Array, [count]).data;
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
  return { indices, labels, predictions, probabilities: probability.data };
}
