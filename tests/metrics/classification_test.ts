import assert from "node:assert/strict";
import fc from "fast-check";
import {
  accuracy,
  classScores,
  confusionMatrix,
  misclassified,
  summarize,
} from "../../src/metrics/classification.ts";

interface Golden {
  classes: number;
  labels: number[];
  predictions: number[];
  matrix: number[];
  accuracy: number;
  misclassified: number[];
  precision: number[];
  recall: number[];
  f1: number[];
  macro: [number, number, number];
}

const GOLDENS: Golden[] = JSON.parse(
  Deno.readTextFileSync(new URL("../fixtures/classification.json", import.meta.url)),
);

function assertClose(found: number[], expected: number[]): void {
  assert.equal(found.length, expected.length);
  found.forEach((value, i) =>
    assert.ok(Math.abs(value - expected[i]) <= 1e-15, `${i}: ${value}, ${expected[i]}`)
  );
}

Deno.test("accuracy, confusion matrix, scores and misclassified indices equal NumPy's", () => {
  for (const golden of GOLDENS) {
    const labels = Uint8Array.from(golden.labels);
    const predictions = Uint8Array.from(golden.predictions);
    const matrix = confusionMatrix(labels, predictions, golden.classes);
    assert.deepEqual([...matrix], golden.matrix);
    assert.equal(accuracy(labels, predictions), golden.accuracy);
    assert.deepEqual([...misclassified(labels, predictions)], golden.misclassified);
    const scores = classScores(matrix);
    assertClose(scores.map((score) => score.precision), golden.precision);
    assertClose(scores.map((score) => score.recall), golden.recall);
    assertClose(scores.map((score) => score.f1), golden.f1);
    const { macro, ...summary } = summarize(matrix);
    assertClose([macro.precision, macro.recall, macro.f1], golden.macro);
    assert.deepEqual(summary, {
      samples: labels.length,
      correct: labels.length - golden.misclassified.length,
      misclassified: golden.misclassified.length,
      accuracy: golden.accuracy,
    });
  }
});

Deno.test("the goldens hold a class that was never predicted and one without samples", () => {
  assert.ok(GOLDENS.some(({ classes, labels }) => new Set(labels).size < classes));
  assert.ok(GOLDENS.some(({ classes, predictions }) => new Set(predictions).size < classes));
});

Deno.test("rows of the confusion matrix are true classes and columns predicted ones", () => {
  assert.deepEqual([...confusionMatrix(Uint8Array.of(0, 0, 1), Uint8Array.of(1, 1, 1), 2)], [0, 2, 0, 1]);
});

Deno.test("a score of 0/0 is 0", () => {
  const [never, absent] = classScores(confusionMatrix(Uint8Array.of(0, 2), Uint8Array.of(2, 2), 3));
  assert.deepEqual(never, { label: 0, support: 1, predicted: 0, correct: 0, precision: 0, recall: 0, f1: 0 });
  assert.deepEqual(absent, {
    label: 1,
    support: 0,
    predicted: 0,
    correct: 0,
    precision: 0,
    recall: 0,
    f1: 0,
  });
});

Deno.test("swapping labels and predictions transposes the matrix and swaps precision and recall", () => {
  const pairs = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 60 });
  fc.assert(fc.property(pairs, (drawn) => {
    const labels = Uint8Array.from(drawn, ([label]) => label);
    const predictions = Uint8Array.from(drawn, ([, predicted]) => predicted);
    const scores = classScores(confusionMatrix(labels, predictions, 6));
    const swapped = classScores(confusionMatrix(predictions, labels, 6));
    assert.deepEqual(scores.map((s) => s.precision), swapped.map((s) => s.recall));
    assert.deepEqual(scores.map((s) => s.f1), swapped.map((s) => s.f1));
    assert.equal(scores.reduce((sum, s) => sum + s.support, 0), drawn.length);
    assert.equal(misclassified(labels, predictions).length, drawn.filter(([a, b]) => a !== b).length);
  }));
});

Deno.test("metrics refuse labels and predictions that do not pair up, no samples and classes out of range", () => {
  const two = new Uint8Array(2);
  const three = new Uint8Array(3);
  const unpaired = /predictions must be as many as labels, 2, found 3$/;
  assert.throws(() => accuracy(two, three), { name: "TypeError", message: unpaired });
  assert.throws(() => confusionMatrix(two, three, 2), { name: "TypeError", message: unpaired });
  assert.throws(() => misclassified(two, three), { name: "TypeError", message: unpaired });
  assert.throws(() => accuracy(new Uint8Array(0), new Uint8Array(0)), {
    name: "RangeError",
    message: "Cannot compute the accuracy: the number of labels must be 1 or more, found 0",
  });
  for (const classes of [0, 257, 2.5, NaN]) {
    assert.throws(() => confusionMatrix(two, two, classes), {
      name: "RangeError",
      message:
        `Cannot count the confusion matrix: classes must be an integer from 1 to 256, found ${classes}`,
    });
  }
  assert.throws(() => confusionMatrix(Uint8Array.of(0, 3), two, 3), {
    name: "RangeError",
    message: "Cannot count the confusion matrix: label 1 must be below 3, found 3",
  });
  assert.throws(() => confusionMatrix(two, Uint8Array.of(9, 0), 3), {
    name: "RangeError",
    message: "Cannot count the confusion matrix: prediction 0 must be below 3, found 9",
  });
  assert.throws(() => classScores(new Uint32Array(5)), {
    name: "TypeError",
    message: "Cannot score the classes: the confusion matrix must be square, found 5 counts",
  });
  assert.throws(() => summarize(new Uint32Array(0)), {
    name: "TypeError",
    message: /must have a class or more/,
  });
});
