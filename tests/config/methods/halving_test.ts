import assert from "node:assert/strict";
import { planRungs } from "../../../src/config/methods/halving.ts";
import goldens from "../../fixtures/sweep_halving.json" with { type: "json" };

Deno.test("planRungs() has the rungs of scikit-learn's HalvingGridSearchCV", () => {
  assert.equal(goldens.cases.length, 13 * 3 * 9);
  for (const { rungs, minEpochs, ...plan } of goldens.cases) {
    assert.deepEqual(planRungs({ ...plan, minEpochs: minEpochs ?? undefined }), rungs, JSON.stringify(plan));
  }
});

Deno.test("planRungs() refuses what is no plan", () => {
  const plan = { candidates: 9, factor: 3, maxEpochs: 9 };
  const refused = (change: object, text: string) =>
    assert.throws(() => planRungs({ ...plan, ...change }), {
      name: "RangeError",
      message: `Cannot plan rungs: ${text}`,
    });
  refused({ candidates: 0 }, "candidates must be a whole number of 1 or more, found 0");
  refused({ factor: 1 }, "factor must be a whole number of 2 or more, found 1");
  refused({ maxEpochs: 0.5 }, "maxEpochs must be a whole number of 1 or more, found 0.5");
  refused({ minEpochs: 0 }, "minEpochs must be a whole number of 1 or more, found 0");
  refused({ minEpochs: 10 }, "minEpochs must be at most maxEpochs, 9, found 10");
});
