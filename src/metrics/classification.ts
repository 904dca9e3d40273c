import { checkPairs } from "./check_pairs.ts";

/**
 * Counts of samples by true and predicted class.
 * @param labels true classes, length n, each below `classes`
 * @param predictions predicted classes, length n, each below `classes`
 * @param classes number of classes C, 1 to 256
 * @returns C x C counts, row-major: `matrix[t * C + p]` samples of class t were predicted as p (rows = true,
 * columns = predicted, as scikit-learn's `confusion_matrix`)
 * @throws TypeError if the lengths differ, RangeError if `classes` or a class is out of range
 */
export function confusionMatrix(labels: Uint8Array, predictions: Uint8Array, classes: number): Uint32Array {
  const task = "count the confusion matrix";
  checkPairs(task, labels, predictions);
  if (!Number.isInteger(classes) || classes < 1 || classes > 256) {
    throw new RangeError(`Cannot ${task}: classes must be an integer from 1 to 256, found ${classes}`);
  }
  const matrix = new Uint32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    const predicted = predictions[i];
    if (label >= classes || predicted >= classes) {
      const name = label >= classes ? "label" : "prediction";
      throw new RangeError(
        `Cannot ${task}: ${name} ${i} must be below ${classes}, found ${Math.max(label, predicted)}`,
      );
    }
    matrix[label * classes + predicted]++;
  }
  return matrix;
}
