import assert from "node:assert/strict";
import { mean } from "../../src/metrics/mean.ts";

Deno.test("mean() counts and averages what is there and finite", () => {
  assert.deepEqual(mean([1, null, 2, NaN, 6, Infinity]), { n: 3, mean: 3 });
});

Deno.test("mean() of nothing is null", () => {
  assert.deepEqual(mean([]), { n: 0, mean: null });
  assert.deepEqual(mean([null, NaN]), { n: 0, mean: null });
});
