import assert from "node:assert/strict";
import { Learner } from "../../src/rules/learner.ts";
import { leastSquares } from "../../src/rules/least_squares.ts";
import { RULES } from "../../src/rules/rules.ts";
import { samplesOf } from "../../src/rules/shapes.ts";

const CLOUDS = samplesOf("overlap", { noise: 0.3, seed: 0 });

Deno.test("clouds are NumPy's: middle + noise * RandomState(0).randn(20, 2), rounded to hundredths", () => {
  // np.clip(np.array([[-1, 1][i % 2] for i in range(20)])[:, None] * [0.2, 0.12] + 0.3 * randn, -1, 1).round(2)[:4]
  assert.deepEqual(
    CLOUDS.slice(0, 4).map(({ x1, x2, label }) => [x1, x2, label]),
    [[0.33, 0, 0], [0.49, 0.79, 1], [0.36, -0.41, 0], [0.49, 0.07, 1]],
  );
  assert.equal(CLOUDS.length, 20);
});

// np.linalg.lstsq of those twenty, with -1 and 1 as targets.
const SOLUTION = [0.9017571838722146, 1.2190307597354524, -0.17798816387206928];

Deno.test("the least squares solution is NumPy's", () => {
  const { w1, w2, b } = leastSquares(CLOUDS, [-1, 1])!;
  [w1, w2, b].forEach((value, i) => assert.ok(Math.abs(value - SOLUTION[i]) < 1e-12));
});

Deno.test("the delta rule approaches the least squares solution as its rate becomes small", () => {
  const distance = (rate: number) => {
    const learner = new Learner({ rule: RULES.delta, rate, samples: CLOUDS });
    for (let i = 0; i < 20 / rate; i++) learner.epoch();
    const { w1, w2, b } = learner.weights;
    return Math.hypot(w1 - SOLUTION[0], w2 - SOLUTION[1], b - SOLUTION[2]);
  };
  const [coarse, fine] = [distance(0.05), distance(0.005)];
  assert.ok(coarse < 0.2 && fine < 0.02 && fine < coarse / 5, `${coarse}, ${fine}`);
});

Deno.test("samples on one line do not determine the least squares solution", () => {
  assert.equal(leastSquares([0, 0.25, 0.5].map((x) => ({ x1: x, x2: x, label: 1 })), [-1, 1]), undefined);
});
