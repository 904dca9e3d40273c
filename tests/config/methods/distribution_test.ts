import assert from "node:assert/strict";
import { axisOf, rangeOf } from "../../../src/config/methods/distribution.ts";
import { exp } from "../../../src/random/exp.ts";
import { log } from "../../../src/random/log.ts";

Deno.test("the values of a quantized range go on to its high, which a step may miss by rounding", () => {
  assert.ok((0.3 - 0.1) / 0.1 < 2);
  const { size, at } = axisOf({ quantized: [0.1, 0.3, 0.1] });
  assert.equal(size, 3);
  assert.deepEqual([0, 1 / 2, 1 - 2 ** -53].map(at), [0.1, 0.2, 0.3]);
});

Deno.test("a range ends at the lowest and the highest value that may be drawn, and a list has none", () => {
  assert.deepEqual(rangeOf({ log_uniform: [0.001, 1] }), [0.001, 1]);
  assert.deepEqual(rangeOf({ uniform: [0.1, 0.3] }), [0.1, 0.3]);
  assert.deepEqual(rangeOf({ int_uniform: [3, 9] }), [3, 9]);
  // 55 is never drawn.
  assert.deepEqual(rangeOf({ quantized: [10, 55, 20] }), [10, 50]);
  assert.equal(rangeOf({ choice: [1, 2] }), undefined);
});

Deno.test("what log_uniform draws is in its range, though the powers of the bounds' logarithms are not", () => {
  const [low, high] = [0.003, 3];
  assert.ok(exp(log(low)) < low && exp(log(high)) > high);
  assert.equal(axisOf({ log_uniform: [low, high] }).at(0), low);
  // Where the range is narrow, its last u is rounded up to the logarithm of its high.
  assert.equal(axisOf({ log_uniform: [2.9, high] }).at(1 - 2 ** -53), high);
});
