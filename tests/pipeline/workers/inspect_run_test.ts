import assert from "node:assert/strict";
import { inspectRun } from "../../../pipeline/workers/inspect_run.ts";
import { parseDataset } from "../../../src/data/dataset.ts";
import { generateStrokes } from "../../../src/data/strokes.ts";
import { openBench } from "../../../src/nn/bench.ts";
import { evaluationBytes, predictProbabilities } from "../../../src/nn/evaluate.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { openTraining } from "../../../src/nn/open_training.ts";

Deno.test("a close look has the most confident mistakes and the least confident right ones, as sorting all of them gives it", async () => {
  const dataset = parseDataset(generateStrokes({ train: 400, test: 600 }));
  const kernels = await loadKernels();
  const setting = { hidden: [12], activation: "tanh", scale: 255, learning_rate: 0.05 } as const;
  const training = openTraining(dataset, { kernels, ...setting });
  for (let epoch = 0; epoch < 4; epoch++) training.trainEpoch();
  const network = { ...setting, weights: training.weights };
  const bench = openBench(dataset, { kernels, bytes: evaluationBytes(dataset, network) });

  const probabilities = predictProbabilities(bench, network);
  const all = Array.from(dataset.test.labels, (label, index) => {
    const row = [...probabilities.subarray(10 * index, 10 * index + 10)];
    const confidence = Math.max(...row);
    const predicted = row.indexOf(confidence);
    return { index, label, row, confidence, predicted, right: predicted === label };
  });
  const wrong = all.filter(({ right }) => !right)
    .sort((a, b) => b.confidence - a.confidence || a.index - b.index);
  const right = all.filter(({ right }) => right)
    .sort((a, b) => a.confidence - b.confidence || a.index - b.index);
  assert.ok(wrong.length > 36 && right.length > 80, `${wrong.length} wrong, ${right.length} right`);
  const isAmongEight = (row: typeof all[number], place: number, rows: typeof all) =>
    rows.slice(0, place).filter(({ label, predicted }) => label === row.label && predicted === row.predicted)
      .length < 8;
  const shown = [
    ...wrong.filter((row, place) => place < 36 || isAmongEight(row, place, wrong)),
    ...right.filter(isAmongEight),
  ];
  assert.ok(shown.length < all.length);

  const { judged } = inspectRun(bench, network);
  assert.deepEqual([...judged.indices], shown.map(({ index }) => index));
  assert.deepEqual([...judged.labels], shown.map(({ label }) => label));
  assert.deepEqual([...judged.predictions], shown.map(({ predicted }) => predicted));
  assert.deepEqual([...judged.probabilities], shown.flatMap(({ row }) => row));
});
