import assert from "node:assert/strict";
import { relativeError, sameShape, showShape, tensor, worstError } from "../../src/grade/tensors.ts";

const of = (...values: number[]) => tensor([values.length], (i) => values[i]);

Deno.test("the error is relative to the largest element, so that small ones need not agree to the last digit", () => {
  assert.equal(relativeError(of(100, 1), of(100, 2)), 0.01);
  assert.equal(relativeError(of(1, 2), of(1, 2)), 0);
});

Deno.test("NaN agrees with NaN alone, and an infinity with itself", () => {
  assert.equal(relativeError(of(NaN, 1), of(NaN, 1)), 0);
  assert.equal(relativeError(of(Infinity), of(Infinity)), 0);
  for (const [found, expected] of [[NaN, 1], [1, NaN], [Infinity, 1], [1, Infinity], [Infinity, -Infinity]]) {
    assert.equal(relativeError(of(found), of(expected)), Infinity);
  }
});

Deno.test("sums that cancel are not told apart by their rounding", () => {
  assert.ok(relativeError(of(1e-17, -3e-17), of(2e-18, 5e-17)) < 1e-9);
});

Deno.test("a bias of NumPy's (1, N) is as good as (N,), and a missing array is as wrong as can be", () => {
  assert.ok(sameShape([1, 16], [16]));
  assert.ok(!sameShape([16, 1], [16]));
  assert.ok(!sameShape([20], [16]));
  assert.equal(relativeError(of(1, 2), tensor([1, 2], (i) => i + 1)), 0);
  assert.equal(worstError({ a: of(1) }, { a: of(1), b: of(1) }), Infinity);
  assert.deepEqual([[16], [2, 3], []].map(showShape), ["(16,)", "(2, 3)", "()"]);
});
