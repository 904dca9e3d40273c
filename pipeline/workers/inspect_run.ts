import { type Dataset, rowPixels } from "../../src/data/dataset.ts";
import type { Bench } from "../../src/nn/bench.ts";
import { type EvaluationOptions, predictProbabilities } from "../../src/nn/evaluate.ts";
import type { Inspection, JudgedImages } from "../../src/numpy/inspection_npz.ts";
import { strongestFilters } from "../../src/numpy/strongest_filters.ts";

/** Images a cell of the confusion matrix. */
const MAX_PER_CELL = 8;
/** The most confident mistakes of all, whichever cells they are in: a grid of 6 x 6. */
const MAX_MISTAKES = 36;

/** A close look at a network on the bench's data set: of its images the most telling of each cell, and its first layer. */
export function inspectRun(bench: Bench, options: EvaluationOptions): Inspection {
  return {
    judged: judgeImages(bench.dataset, predictProbabilities(bench, options)),
    filters: strongestFilters(options.weights),
  };
}

/** Of each cell of the confusion matrix the most confident mistakes, or the least confident right ones; and those of all. Equal ones by their place. */
function judgeImages(
  { test, rows, columns, classes }: Dataset,
  probabilities: Float32Array,
): JudgedImages {
  const size = rows * columns;
  const rowOf = (index: number) => probabilities.subarray(index * classes, (index + 1) * classes);
  const all = Array.from({ length: test.count }, (_, index) => {
    const first = index * classes;
    let predicted = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[first + c] > probabilities[first + predicted]) predicted = c;
    }
    const confidence = probabilities[first + predicted];
    return { index, predicted, confidence, right: predicted === test.labels[index] };
  });
  all.sort((a, b) =>
    Number(a.right) - Number(b.right) ||
    (a.right ? a.confidence - b.confidence : b.confidence - a.confidence) || a.index - b.index
  );
  const taken = new Uint32Array(classes * classes);
  const shown = all.filter(({ index, predicted, right }, place) =>
    taken[test.labels[index] * classes + predicted]++ < MAX_PER_CELL || !right && place < MAX_MISTAKES
  );
  const pixels = new Uint8Array(shown.length * size);
  shown.forEach(({ index }, i) => pixels.set(rowPixels(test, index, size), i * size));
  return {
    indices: Uint32Array.from(shown, ({ index }) => index),
    labels: Uint8Array.from(shown, ({ index }) => test.labels[index]),
    predictions: Uint8Array.from(shown, ({ predicted }) => predicted),
    probabilities: Float32Array.from(shown.flatMap(({ index }) => [...rowOf(index)])),
    images: { count: shown.length, rows, columns, pixels },
  };
}
