import assert from "node:assert/strict";
import { readMistakes, writeCases, writeMistakes } from "../../../src/lab/digit/digit_cases.ts";
import { readNpz } from "../../../src/numpy/npz.ts";

const pixels = (seed: number) => Uint8Array.from({ length: 784 }, (_, i) => (i * seed) % 256);

Deno.test("drawing.npz holds X, images of 28 x 28 bytes, and y, a label each", () => {
  const cases = [{ pixels: pixels(3), label: 7 }, { pixels: pixels(5), label: 0 }];
  const { X, y } = readNpz(writeCases(cases));
  assert.deepEqual(X.shape, [2, 28, 28]);
  assert.deepEqual(X.data, Uint8Array.of(...pixels(3), ...pixels(5)));
  assert.deepEqual(y, { shape: [2], data: Uint8Array.of(7, 0) });
});

Deno.test("misread images come out of a lab's file as they went in, and none come out of none", () => {
  const mistakes = [{ index: 9999, pixels: pixels(7), label: 2 }, { index: 0, pixels: pixels(1), label: 9 }];
  assert.deepEqual(readMistakes(writeMistakes(mistakes)), mistakes);
  assert.deepEqual(readMistakes(writeMistakes([])), []);
});
