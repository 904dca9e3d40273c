import assert from "node:assert/strict";
import { calibrationBins, expectedCalibrationError } from "../../src/metrics/calibration.ts";
import { confusionMatrix, macroF1, top2Accuracy } from "../../src/metrics/classification.ts";
import goldens from "../fixtures/measures.json" with { type: "json" };

for (const golden of goldens) {
  const { classes, top2, macro_f1, bins, ece } = golden;
  const labels = Uint8Array.from(golden.labels);
  const predictions = Uint8Array.from(golden.predictions);
  const confidences = Float32Array.from(golden.confidences);

  Deno.test(`top-2 accuracy, macro F1 and calibration error of ${labels.length} rows are NumPy's, to the bit`, () => {
    assert.equal(top2Accuracy(labels, Float32Array.from(golden.scores)), top2);
    assert.equal(macroF1(confusionMatrix(labels, predictions, classes)), macro_f1);
    const found = calibrationBins({ labels, predictions, confidences });
    assert.deepEqual(found, bins);
    assert.equal(expectedCalibrationError(found), ece);
  });
}

Deno.test("of equal scores the lower class counts as the greater", () => {
  const scores = Float32Array.of(1, 1, 1);
  assert.deepEqual([0, 1, 2].map((label) => top2Accuracy(Uint8Array.of(label), scores)), [1, 1, 0]);
});

Deno.test("a class that neither labels nor predictions have is not in the macro F1, one of no right prediction is", () => {
  const f1 = (labels: number[], predictions: number[]) =>
    macroF1(confusionMatrix(Uint8Array.from(labels), Uint8Array.from(predictions), 5));
  assert.equal(f1([0, 0, 4], [0, 0, 4]), 1);
  assert.equal(f1([0, 0], [0, 3]), 1 / 3); // 2/3 and 0
});

Deno.test("a confidence of 1 is in the last bin, one of 0.5 in the middle one, and what does not fit is refused", () => {
  const bins = calibrationBins({
    labels: Uint8Array.of(0, 1),
    predictions: Uint8Array.of(0, 0),
    confidences: Float32Array.of(1, 0.5),
  });
  assert.deepEqual(bins.flatMap(({ count }, i) => count > 0 ? [i] : []), [7, 14]);
  assert.equal(expectedCalibrationError(bins), 0.25);
  assert.throws(() => top2Accuracy(Uint8Array.of(0, 1), Float32Array.of(1, 2, 3)), TypeError);
  assert.throws(
    () =>
      calibrationBins({
        labels: Uint8Array.of(0),
        predictions: Uint8Array.of(),
        confidences: Float32Array.of(1),
      }),
    TypeError,
  );
});
