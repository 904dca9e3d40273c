import { type Dataset, rowPixels } from "../../src/data/dataset.ts";
import type { Bench } from "../../src/nn/bench.ts";
import { type EvaluationOptions, predictProbabilities } from "../../src/nn/evaluate.ts";
import type { Inspection } from "../../src/numpy/inspection_npz.ts";
import type { Judgements } from "../../src/numpy/judgements.ts";
import type { JudgedRows } from "../../src/numpy/rows_npz.ts";
import { strongestFilters } from "../../src/numpy/strongest_filters.ts";

/** Images a cell of the confusion matrix. */
const MAX_PER_CELL = 8;
/** The most confident mistakes of all, whichever cells they are in: a grid of 6 x 6. */
const MAX_MISTAKES = 36;

/** A close look at a network on the bench's data set: of its images the most telling of each cell, and its first layer. */
export function inspectRun(bench: Bench, options: EvaluationOptions): Inspection {
  const { test, rows, columns } = bench.dataset;
  const judged = judgeRows(bench.dataset, predictProbabilities(bench, options));
  const { length: count } = judged.indices;
  const size = rows * columns;
  const pixels = new Uint8Array(count * size);
  judged.indices.forEach((index, i) => pixels.set(rowPixels(test, index, size), i * size));
  return {
    judged: { ...judged, images: { count, rows, columns, pixels } },
    filters: strongestFilters(options.weights),
  };
}

/** The same of rows of real numbers. Throws TypeError where rows are images. */
export function inspectRows(bench: Bench, options: EvaluationOptions): JudgedRows {
  const { test, features } = bench.dataset;
  if (test.storage !== "real") {
    throw new TypeError(`Cannot look at rows: they must be real numbers, found ${test.storage} images`);
  }
  const judged = judgeRows(bench.dataset, predictProbabilities(bench, options));
  const numbers = new Float32Array(judged.indices.length * features);
  judged.indices.forEach((index, i) =>
    numbers.set(test.numbers.subarray(index * features, (index + 1) * features), i * features)
  );
  return { ...judged, numbers, features };
}

/** Of each cell of the confusion matrix the most confident mistakes, or the least confident right ones; and those of all. Equal ones by their place. */
function judgeRows({ test: { count, labels }, classes }: Dataset, probabilities: Float32Array): Judgements {
  const predictions = new Uint8Array(count), confidences = new Float32Array(count);
  const wrong: number[] = [];
  /** Of each class the right ones of the least confidence, in their order. */
  const doubtful = Array.from({ length: classes }, (): number[] => []);
  for (let index = 0; index < count; index++) {
    const first = index * classes;
    let predicted = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[first + c] > probabilities[first + predicted]) predicted = c;
    }
    const confidence = probabilities[first + predicted];
    predictions[index] = predicted;
    confidences[index] = confidence;
    if (predicted !== labels[index]) wrong.push(index);
    else {
      const kept = doubtful[predicted];
      let place = kept.length;
      while (place > 0 && confidences[kept[place - 1]] > confidence) place--;
      if (place < MAX_PER_CELL) {
        kept.splice(place, 0, index);
        if (kept.length > MAX_PER_CELL) kept.pop();
      }
    }
  }
  const byConfidence = (a: number, b: number) => confidences[a] - confidences[b];
  wrong.sort((a, b) => byConfidence(b, a) || a - b);
  const taken = new Uint32Array(classes * classes);
  const mistakes = wrong.filter((index, place) =>
    taken[labels[index] * classes + predictions[index]]++ < MAX_PER_CELL || place < MAX_MISTAKES
  );
  const shown = [...mistakes, ...doubtful.flat().sort((a, b) => byConfidence(a, b) || a - b)];
  return {
    indices: Uint32Array.from(shown),
    labels: Uint8Array.from(shown, (index) => labels[index]),
    predictions: Uint8Array.from(shown, (index) => predictions[index]),
    probabilities: Float32Array.from(
      shown.flatMap((index) => [...probabilities.subarray(index * classes, (index + 1) * classes)]),
    ),
  };
}
