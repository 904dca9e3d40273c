/**
 * Checks that true labels and predictions pair up.
 * @param task what was tried, for the message: "Cannot <task>: ..."
 * @throws TypeError if the two lengths differ
 */
export function checkPairs(task: string, labels: Uint8Array, predictions: Uint8Array): void {
  if (labels.length !== predictions.length) {
    throw new TypeError(
      `Cannot ${task}: predictions must be as many as labels, ${labels.length}, found ${predictions.length}`,
    );
  }
}
