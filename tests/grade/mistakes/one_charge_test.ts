import assert from "node:assert/strict";
import { slopeOf } from "../../../src/nn/activation.ts";
import { FORWARD } from "../../../src/grade/mistakes/forward.ts";
import { methodOf } from "../../../src/grade/mistakes/diagnose.ts";
import type { Method } from "../../../src/grade/reference/method.ts";
import { gradeOf } from "../made_probe.ts";

// One line that is wrong in forward propagation, and a backward() as it should be.

Deno.test("where a layer has no activation, its derivative in backward() is what should be there, and costs nothing", async () => {
  const withoutActivation = methodOf([FORWARD.identity_in_layer_2.variants[0]]);
  const slopes: Method["slope"][] = [
    // 1 - np.tanh(A2) ** 2, and 1 - Z2 ** 2
    (_, a, layer) => slopeOf("tanh", layer === 2 ? Math.tanh(a) : a),
    (_, a) => slopeOf("tanh", a),
  ];
  for (const slope of [...slopes, withoutActivation.slope]) {
    const checks = await gradeOf({ ...withoutActivation, slope }, "mean");
    const lost = checks.filter(({ points, max }) => points < max).map(({ name }) => name);
    assert.deepEqual(lost, ["vector"]);
  }
  // Another derivative is a mistake of its own.
  const checks = await gradeOf({ ...withoutActivation, slope: () => 0.3 }, "mean");
  const lost = checks.filter(({ points, max }) => points < max).map(({ name }) => name);
  assert.deepEqual(lost, ["vector", "gradcheck"]);
});
