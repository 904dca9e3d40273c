import assert from "node:assert/strict";
import fc from "fast-check";
import { LossWatch } from "../../src/nn/early_stopping.ts";

/** The epoch after which a training of these losses ends, or null, and the best one. */
function watch(losses: readonly number[], patience: number, min_delta = 0) {
  const watch = new LossWatch({ patience, min_delta, restore_best: true });
  for (const [i, loss] of losses.entries()) {
    watch.see(loss);
    if (watch.stopped) return { stopped: i + 1, best: watch.bestEpoch };
  }
  return { stopped: null, best: watch.bestEpoch };
}

Deno.test("a training ends after as many epochs without a better loss as it is patient", () => {
  assert.deepEqual(watch([3, 2, 1], 1), { stopped: null, best: 3 });
  assert.deepEqual(watch([3, 2, 2, 1], 1), { stopped: 3, best: 2 });
  assert.deepEqual(watch([3, 2, 2, 1, 1.5, 1, 0.5], 2), { stopped: 6, best: 4 });
  assert.deepEqual(
    watch([3, 2.95, 2.92, 2], 2, 0.1),
    { stopped: 3, best: 1 },
    "less than min_delta is not better",
  );
  assert.deepEqual(watch([NaN, NaN, 1], 3), { stopped: null, best: 1 });
});

Deno.test("the end and the best epoch are those of the least losses, written down at once", () => {
  const losses = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(losses, fc.integer({ min: 1, max: 6 }), (losses, patience) => {
      const { stopped, best } = watch(losses, patience);
      const leastUpTo = (epoch: number) => losses.indexOf(Math.min(...losses.slice(0, epoch))) + 1;
      const end = losses.findIndex((_, i) => i + 1 - leastUpTo(i + 1) >= patience) + 1;
      assert.equal(stopped ?? 0, end);
      assert.equal(best, leastUpTo(end || losses.length));
    }),
  );
});
