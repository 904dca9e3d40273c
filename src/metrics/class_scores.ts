/** How one class fared. A score whose denominator is 0 is 0 (scikit-learn's default, `zero_division`). */
export interface ClassScores {
  /** Its row and column of the matrix, from 0. */
  readonly label: number;
  /** Samples whose true class this is. */
  readonly support: number;
  /** Samples that were predicted as this class. */
  readonly predicted: number;
  /** Samples of this class that were predicted as such. */
  readonly correct: number;
  /** correct / predicted, 0 if nothing was predicted as this class. */
  readonly precision: number;
  /** correct / support, 0 if no sample is of this class. */
  readonly recall: number;
  /** 2 correct / (support + predicted), the harmonic mean of the two; 0 if the class occurs in neither. */
  readonly f1: number;
}

/**
 * Precision, recall and F1 of each class, in the order of the classes.
 * @param matrix C x C counts, row-major, rows = true, columns = predicted
 * @throws TypeError if the matrix is not square
 */
export function classScores(matrix: Uint32Array): ClassScores[] {
  const classes = Math.round(Math.sqrt(matrix.length));
  if (classes * classes !== matrix.length) {
    throw new TypeError(
      `Cannot score the classes: the confusion matrix must be square, found ${matrix.length} counts`,
    );
  }
  const scores: ClassScores[] = [];
  for (let label = 0; label < classes; label++) {
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < classes; other++) {
      support += matrix[label * classes + other];
      predicted += matrix[other * classes + label];
    }
    const correct = matrix[label * classes + label];
    scores.push({
      label,
      support,
      predicted,
      correct,
      precision: ratio(correct, predicted),
      recall: ratio(correct, support),
      f1: ratio(2 * correct, support + predicted),
    });
  }
  return scores;
}

/** a / b, where 0 / 0 is 0. */
function ratio(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}
