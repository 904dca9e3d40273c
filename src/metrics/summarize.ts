import { classScores } from "./class_scores.ts";

/** The top line of a classification. */
export interface ClassificationSummary {
  /** The sum of all counts. */
  readonly samples: number;
  /** The sum of the diagonal. */
  readonly correct: number;
  /** samples - correct. */
  readonly misclassified: number;
  /** correct / samples, 0 if there are no samples. */
  readonly accuracy: number;
  /** Unweighted means over all classes, a class without samples counting as 0 (see `classScores`). */
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
}

/**
 * Sums up a confusion matrix.
 * @param matrix C x C counts, row-major, rows = true, columns = predicted
 * @throws TypeError if the matrix is empty or not square
 */
export function summarize(matrix: Uint32Array): ClassificationSummary {
  if (matrix.length === 0) {
    throw new TypeError("Cannot summarize: the confusion matrix must have a class or more, found none");
  }
  const scores = classScores(matrix);
  let samples = 0;
  let correct = 0;
  const macro = { precision: 0, recall: 0, f1: 0 };
  for (const score of scores) {
    samples += score.support;
    correct += score.correct;
    macro.precision += score.precision / scores.length;
    macro.recall += score.recall / scores.length;
    macro.f1 += score.f1 / scores.length;
  }
  return {
    samples,
    correct,
    misclassified: samples - correct,
    accuracy: samples === 0 ? 0 : correct / samples,
    macro,
  };
}
