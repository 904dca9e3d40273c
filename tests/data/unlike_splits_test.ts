import assert from "node:assert/strict";
import { unlikeSplits } from "../../src/data/unlike_splits.ts";

Deno.test("trials have other rows where their shares or limits come to others, and not where they come to the same", () => {
  const shares = (...values: number[]) => values.map((validation) => ({ validation }));
  const limits = (...values: (number | undefined)[]) => values.map((limit) => ({ limit, validation: 0.2 }));
  assert.deepEqual(unlikeSplits(shares(0.1, 0.2), 100), ["preprocess.validation"]);
  assert.deepEqual(unlikeSplits(shares(0.2, 0.2), 100), []);
  // 20 of 100 both.
  assert.deepEqual(unlikeSplits(shares(0.195, 0.2), 100), []);
  assert.deepEqual(unlikeSplits(shares(0.195, 0.2)), ["preprocess.validation"]);
  assert.deepEqual(unlikeSplits(limits(50, undefined), 100), ["preprocess.limit"]);
  assert.deepEqual(unlikeSplits(limits(100, 200, undefined), 100), []);
  assert.deepEqual(unlikeSplits([{ limit: 50, validation: 0.1 }, { validation: 0.2 }], 100), [
    "preprocess.limit",
    "preprocess.validation",
  ]);
  // As many validate, of others.
  assert.deepEqual(unlikeSplits([{ limit: 50, validation: 0.2 }, { validation: 0.1 }], 100).length, 2);
});
