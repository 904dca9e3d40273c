import { checkPairs } from "./check_pairs.ts";

/**
 * Indices of the samples that were predicted wrongly, ascending.
 * @param labels true classes, length n
 * @param predictions predicted classes, length n
 * @throws TypeError if the lengths differ
 */
export function misclassified(labels: Uint8Array, predictions: Uint8Array): Uint32Array {
  checkPairs("find the misclassified samples", labels, predictions);
  const indices = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== predictions[i]) indices[count++] = i;
  }
  return indices.slice(0, count);
}
