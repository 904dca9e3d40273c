import assert from "node:assert/strict";
import { compareReference, referenceBand } from "../../src/metrics/compare_reference.ts";

const target = { metric: "test_accuracy", value: 0.96, tolerance: 0.002 };

Deno.test("a metric is within its reference up to the tolerance, in decimals as they are written", () => {
  assert.deepEqual(
    [0.96, 0.962, 0.958, 0.9621, 0.9579].map((found) => compareReference(found, target).within),
    [true, true, true, false, false],
  );
  assert.equal(compareReference(0.5, { ...target, value: 0.5, tolerance: 0 }).within, true);
  assert.equal(compareReference(0.97, target).difference?.toFixed(6), "0.010000");
});

Deno.test("what was not found, or is not finite, is outside", () => {
  for (const found of [null, NaN, Infinity]) {
    assert.deepEqual(compareReference(found, target), {
      ...target,
      found: null,
      difference: null,
      within: false,
    });
  }
});

Deno.test("a band is the mean and so many standard deviations, and no narrower than its floor", () => {
  // numpy: a = [.95, .96, .955]; a.mean(), a.std(ddof=1)
  const band = referenceBand("test_accuracy", [0.95, 0.96, 0.955], { maxZ: 3, floor: 0.001 });
  assert.ok(Math.abs(band.value - 0.955) < 1e-12);
  assert.ok(Math.abs(band.deviation - 0.005) < 1e-12);
  assert.ok(Math.abs(band.tolerance - 0.015) < 1e-12);
  assert.equal(referenceBand("x", [1, 1], { maxZ: 3, floor: 0.25 }).tolerance, 0.25);
  assert.throws(() => referenceBand("x", [1], { maxZ: 3, floor: 0 }), {
    name: "RangeError",
    message: "Cannot make a reference band: the number of runs must be 2 or more, found 1",
  });
});
