/** Fraction of predictions that equal the true label, 0 to 1. @throws TypeError if the lengths differ, RangeError where there are none */
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

/** Indices of the samples that were predicted wrongly, ascending. @throws TypeError if the lengths differ */
export function misclassified(labels: Uint8Array, predictions: Uint8Array): Uint32Array {
  checkPairs("find the misclassified samples", labels, predictions);
  const indices = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== predictions[i]) indices[count++] = i;
  }
  return indices.slice(0, count);
}

/**
 * C x C counts of samples, row-major, C = `classes`, 1 to 256: `matrix[t * C + p]` samples of class t were predicted as p (rows = true,
 * columns = predicted, as scikit-learn's `confusion_matrix`).
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
    const label = labels[i], predicted = predictions[i];
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

/** Precision, recall and F1 of each class, in their order, from confusionMatrix(). @throws TypeError if the matrix is not square */
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

/** Sums up a confusion matrix, as confusionMatrix() gives it. @throws TypeError if it is empty or not square */
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
  return { samples, correct, misclassified: samples - correct, accuracy: ratio(correct, samples), macro };
}

/**
 * The mean F1 of the classes that occur among the labels or the predictions, each counted alike, summed in their order: scikit-learn's
 * `f1_score(labels, predictions, average="macro", zero_division=0)`. 0 where there are no samples. @throws TypeError as classScores()
 */
export function macroF1(matrix: Uint32Array): number {
  const occurring = classScores(matrix).filter(({ support, predicted }) => support + predicted > 0);
  return ratio(occurring.reduce((sum, { f1 }) => sum + f1, 0), occurring.length);
}

/**
 * Fraction of samples whose label is among the two classes of the greatest scores, of equal ones the lower class.
 * @param scores f32[n][C], as logits
 * @throws RangeError where there are no labels, TypeError if there are not as many rows of scores as labels
 */
export function top2Accuracy(labels: Uint8Array, scores: Float32Array): number {
  const task = "compute the top-2 accuracy";
  if (labels.length === 0) {
    throw new RangeError(`Cannot ${task}: the number of labels must be 1 or more, found 0`);
  }
  const classes = scores.length / labels.length;
  if (!Number.isInteger(classes)) {
    throw new TypeError(
      `Cannot ${task}: there must be as many scores for each of the ${labels.length} labels, found ${scores.length}`,
    );
  }
  let correct = 0;
  for (const [i, label] of labels.entries()) {
    const own = scores[i * classes + label];
    let before = 0;
    for (let c = 0; c < classes; c++) {
      const score = scores[i * classes + c];
      if (score > own || score === own && c < label) before++;
    }
    if (before < 2) correct++;
  }
  return correct / labels.length;
}

function checkPairs(task: string, labels: Uint8Array, predictions: Uint8Array): void {
  if (labels.length !== predictions.length) {
    throw new TypeError(
      `Cannot ${task}: predictions must be as many as labels, ${labels.length}, found ${predictions.length}`,
    );
  }
}
