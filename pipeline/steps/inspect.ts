import { decodeDataset } from "../../src/data/dataset_codec.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { openBench } from "../../src/nn/bench.ts";
import { evaluationBytes, predictProbabilities } from "../../src/nn/evaluate.ts";
import { loadKernels } from "../../src/nn/kernels.ts";
import type { Tensor } from "../../src/nn/weights.ts";
import { type Inspection, writeInspection } from "../../src/numpy/inspection_npz.ts";
import { readWeights } from "../../src/numpy/weights_npz.ts";
import type { EvaluateParameters } from "./evaluate.ts";
import type { Step } from "./step.ts";
import { STEP_VERSIONS } from "./step_versions.ts";

/** A grid of 6 x 6. */
const MAX_MISTAKES = 36;
/** Four rows of 10. */
const MAX_FILTERS = 40;

/** Looks closely at one run, for its report: the misclassified images and the first layer's weights, as inspection.npz. */
export const inspectStep: Step<EvaluateParameters, "dataset" | "weights", "inspection", null> = {
  name: "inspect",
  version: STEP_VERSIONS.inspect,
  async run({ parameters: { activation, scale }, inputs }) {
    const [kernels, data, npz] = await Promise.all([
      loadKernels(),
      inputs.dataset.read(),
      inputs.weights.read(),
    ]);
    const dataset = decodeDataset(data.buffer);
    const weights = readWeights(npz);
    const options = { weights, activation, scale };
    const bench = openBench(dataset, { kernels, bytes: evaluationBytes(dataset, options) });
    const probabilities = predictProbabilities(bench, options);
    const inspection = { mistakes: findMistakes(dataset, probabilities), filters: strongestFilters(weights) };
    return { outputs: { inspection: writeInspection(inspection) }, facts: null };
  },
};

/** The most confident errors first; equally confident ones by their place. */
function findMistakes(
  { test, rows, columns, classes }: Dataset,
  probabilities: Float32Array,
): Inspection["mistakes"] {
  const size = rows * columns;
  const rowOf = (index: number) => probabilities.subarray(index * classes, (index + 1) * classes);
  const wrong: { index: number; predicted: number; confidence: number }[] = [];
  for (let index = 0; index < test.count; index++) {
    const row = rowOf(index);
    const confidence = row.reduce((a, p) => Math.max(a, p), 0);
    const predicted = Math.max(0, row.indexOf(confidence));
    if (predicted !== test.labels[index]) wrong.push({ index, predicted, confidence });
  }
  wrong.sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  const shown = wrong.slice(0, MAX_MISTAKES);
  const pixels = new Uint8Array(shown.length * size);
  shown.forEach(({ index }, i) => pixels.set(pixelsOf(test, index, size), i * size));
  return {
    indices: Uint32Array.from(shown, ({ index }) => index),
    labels: Uint8Array.from(shown, ({ index }) => test.labels[index]),
    predictions: Uint8Array.from(shown, ({ predicted }) => predicted),
    probabilities: Float32Array.from(shown.flatMap(({ index }) => [...rowOf(index)])),
    images: { count: shown.length, rows, columns, pixels },
  };
}

function pixelsOf(part: Dataset["test"], index: number, size: number): Uint8Array {
  if (part.storage === "dense") return part.pixels.subarray(index * size, (index + 1) * size);
  const pixels = new Uint8Array(size);
  for (let k = part.rowStarts[index]; k < part.rowStarts[index + 1]; k++) {
    pixels[part.columns[k]] = part.values[k];
  }
  return pixels;
}

/** Of hidden units those with the largest weights, by the sum of their squares; of classes all, in order. */
function strongestFilters([first, , ...upper]: readonly Tensor[]): Inspection["filters"] {
  const [size, total] = first.shape;
  const units = Array.from({ length: total }, (_, unit) => {
    let norm = 0;
    for (let j = 0; j < size; j++) norm += first.data[j * total + unit] * first.data[j * total + unit];
    return { unit, norm };
  });
  if (upper.length > 0) units.sort((a, b) => b.norm - a.norm || a.unit - b.unit);
  const shown = units.slice(0, MAX_FILTERS);
  const weights = new Float32Array(shown.length * size);
  shown.forEach(({ unit }, i) => {
    for (let j = 0; j < size; j++) weights[i * size + j] = first.data[j * total + unit];
  });
  return { units: Uint32Array.from(shown, ({ unit }) => unit), weights, total };
}
