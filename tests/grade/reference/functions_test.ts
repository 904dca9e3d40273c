import assert from "node:assert/strict";
import fc from "fast-check";
import { exp, sigmoid, tanh } from "../../../src/grade/reference/functions.ts";

/** Math's own differ between engines by a unit in the last place or so. */
function assertNear(found: number, expected: number, relative: number) {
  assert.ok(Math.abs(found - expected) <= relative * Math.abs(expected), `${found} is not near ${expected}`);
}

Deno.test("exp() is Math.exp() to two units in the last place", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -700, max: 700, noNaN: true }),
      (x) => assertNear(exp(x), Math.exp(x), 5e-16),
    ),
  );
});

Deno.test("exp() is 1 at 0, and ends in 0, Infinity and NaN where it must", () => {
  assert.deepEqual([0, -0, -1000, -Infinity, 1000, Infinity, NaN].map(exp), [
    1,
    1,
    0,
    0,
    Infinity,
    Infinity,
    NaN,
  ]);
  assertNear(exp(-740), Math.exp(-740), 1e-2); // subnormal: few bits are left
  assertNear(exp(709), Math.exp(709), 5e-16);
});

Deno.test("tanh() and sigmoid() are those of Math to 1e-12", () => {
  fc.assert(fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
    assertNear(tanh(x), Math.tanh(x), 1e-12);
    assertNear(sigmoid(x), 1 / (1 + Math.exp(-x)), 1e-12);
  }));
});
