/** How many bins of equal width confidences are put into (Guo et al. 2017). */
export const CALIBRATION_BINS = 15;

/** The samples whose confidence, the greatest probability, lies in one bin. */
export interface CalibrationBin {
  readonly count: number;
  /** Fraction of them that are predicted right; null where there are none. */
  readonly accuracy: number | null;
  /** The mean of their confidences. */
  readonly confidence: number | null;
}

/**
 * The bins of a reliability diagram: bin b, from 0, has the confidences above b / 15 up to (b + 1) / 15. Confidences are summed in
 * float64 in the order of the samples, so that every machine has the same bits.
 * @param confidences the probability of each sample's predicted class, above 0 and at most 1
 * @throws TypeError if the lengths differ
 */
export function calibrationBins(
  { labels, predictions, confidences }: {
    labels: Uint8Array;
    predictions: Uint8Array;
    confidences: Float32Array;
  },
): CalibrationBin[] {
  const { length } = labels;
  if (predictions.length !== length || confidences.length !== length) {
    throw new TypeError(
      `Cannot bin confidences: predictions and confidences must be as many as labels, ${length}, found ` +
        `${predictions.length} and ${confidences.length}`,
    );
  }
  const bins = Array.from({ length: CALIBRATION_BINS }, () => ({ count: 0, correct: 0, sum: 0 }));
  for (let i = 0; i < length; i++) {
    // A float32 times 15 is exact in float64.
    const bin = bins[Math.max(0, Math.ceil(confidences[i] * CALIBRATION_BINS) - 1)];
    bin.count++;
    bin.sum += confidences[i];
    if (labels[i] === predictions[i]) bin.correct++;
  }
  return bins.map(({ count, correct, sum }) => ({
    count,
    accuracy: count === 0 ? null : correct / count,
    confidence: count === 0 ? null : sum / count,
  }));
}

/**
 * The expected calibration error: how far accuracy and mean confidence are apart, in the mean over all samples, summed in the order of
 * the bins (Guo, Pleiss, Sun, Weinberger 2017, On Calibration of Modern Neural Networks). 0 where there are no samples.
 */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number {
  let samples = 0;
  let sum = 0;
  for (const { count, accuracy, confidence } of bins) {
    if (accuracy === null || confidence === null) continue;
    samples += count;
    sum += count * Math.abs(accuracy - confidence);
  }
  return samples === 0 ? 0 : sum / samples;
}
