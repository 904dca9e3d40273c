import assert from "node:assert/strict";
import { isFlat, STEEPEST, valueOf } from "../../../src/lab/start/curves.ts";
import { COURSE_ACTIVATIONS, slopeOf } from "../../../src/nn/activation.ts";

/** To float32's rounding, as the engine computes. */
const CLOSE = 3e-7;

Deno.test("the curves are tanh, the sigmoid, relu and the identity", () => {
  for (let z = -5; z <= 5; z += 0.1) {
    assert.ok(Math.abs(valueOf("tanh", z) - Math.tanh(z)) < CLOSE);
    assert.ok(Math.abs(valueOf("sigmoid", z) - 1 / (1 + Math.exp(-z))) < CLOSE);
    assert.equal(valueOf("relu", z), z > 0 ? z : 0);
    assert.equal(valueOf("identity", z), z);
  }
});

Deno.test("slopes are central differences of the curves", () => {
  const exact = {
    ...Object.fromEntries(COURSE_ACTIVATIONS.map((name) => [name, (z: number) => valueOf(name, z)])),
  };
  exact.tanh = Math.tanh;
  exact.sigmoid = (z) => 1 / (1 + Math.exp(-z));
  for (const name of COURSE_ACTIVATIONS) {
    for (let z = -4.95; z < 5; z += 0.3) {
      const difference = (exact[name](z + 1e-5) - exact[name](z - 1e-5)) / 2e-5;
      assert.ok(Math.abs(slopeOf(name, valueOf(name, z)) - difference) < 1e-6, `${name} ${z}`);
    }
    assert.ok(slopeOf(name, valueOf(name, name === "relu" ? 1 : 0)) === STEEPEST[name]);
  }
});

Deno.test("a unit is flat where its slope is under a tenth of the steepest", () => {
  assert.deepEqual([0.94, 0.96, -0.96].map((a) => isFlat("tanh", a)), [false, true, true]);
  assert.deepEqual([0.5, 0.96, 0.98, 0.02].map((a) => isFlat("sigmoid", a)), [false, false, true, true]);
  assert.deepEqual([0, 0.001].map((a) => isFlat("relu", a)), [true, false]);
  assert.equal(isFlat("identity", 100), false);
});
