import {
  type CalibrationBin,
  calibrationBins,
  expectedCalibrationError,
} from "../../src/metrics/calibration.ts";
import { confusionMatrix, macroF1, top2Accuracy } from "../../src/metrics/classification.ts";
import type { Bench } from "../../src/nn/bench.ts";
import { type EvaluationOptions, predictLogits } from "../../src/nn/evaluate.ts";
import { softmaxRows } from "../../src/nn/softmax.ts";
import type { AskedMetric, Measure } from "../../src/tables/metrics.ts";

/** What was asked for, of one run. */
export interface Measured extends Readonly<Partial<Record<AskedMetric, number>>> {
  readonly calibration?: readonly CalibrationBin[];
}

/** Measures a network on the bench's test rows, of which it has the `predictions`. */
export function measureRun(
  bench: Bench,
  options: EvaluationOptions,
  { measures, predictions }: { measures: readonly Measure[]; predictions: Uint8Array },
): Measured {
  const { test: { labels }, classes } = bench.dataset;
  const asked = (measure: Measure) => measures.includes(measure);
  const measured: { -readonly [K in keyof Measured]: Measured[K] } = {};
  if (asked("macro_f1")) measured.test_macro_f1 = macroF1(confusionMatrix(labels, predictions, classes));
  if (!asked("top2_accuracy") && !asked("calibration")) return measured;
  const logits = predictLogits(bench, options);
  if (asked("top2_accuracy")) measured.test_top2_accuracy = top2Accuracy(labels, logits);
  if (asked("calibration")) {
    softmaxRows(logits, logits, classes);
    const confidences = Float32Array.from(labels, (_, i) => logits[i * classes + predictions[i]]);
    measured.calibration = calibrationBins({ labels, predictions, confidences });
    measured.test_ece = expectedCalibrationError(measured.calibration);
  }
  return measured;
}
