import { checkPairs } from "./check_pairs.ts";

/**
 * Fraction of predictions that equal the true label, 0 to 1.
 * @param labels true classes, length n
 * @param predictions predicted classes, length n
 * @throws TypeError if the lengths differ, RangeError if n is 0
 */
export function accuracy(labels: Uint8Array, predictions: Uint8Array): number {
  checkPairs("compute the accuracy", labels, predictions);
  if (labels.length === 0) {
    throw new RangeError("Cannot compute the accuracy: the number of labels must be 1 or more, found 0");
  }
  let correct = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === predictions[i]) correct++;
  }
  return correct / labels.length;
}
