import assert from "node:assert/strict";
import { RandomState } from "../../src/random/random_state.ts";
import reference from "../fixtures/random_reference.json" with { type: "json" };

for (const [name, run] of Object.entries(reference)) {
  const { config } = run;

  Deno.test(`the initial weights and biases of the reference run ${name} are NumPy's, in float32 bit for bit`, () => {
    const random = new RandomState(Number(config.init_seed));
    const scale = Number(config.sigma);
    for (const { shape: [fanIn, fanOut], ...expected } of run.init) {
      const weights = new Float64Array(fanIn * fanOut);
      random.fillStandardNormal(weights, { scale });
      const bias = new Float64Array(fanOut);
      random.fillStandardNormal(bias, { scale });
      const rounded = (values: Iterable<number>) => Array.from(values, Math.fround);
      assert.deepEqual(rounded(weights.subarray(0, 5)), rounded(expected.first5));
      assert.deepEqual(rounded(weights.subarray(-5)), rounded(expected.last5));
      assert.deepEqual(rounded(bias.subarray(0, 5)), rounded(expected.bias_first5));
      const sum = weights.reduce((total, value) => total + value, 0);
      const squares = weights.reduce((total, value) => total + value * value, 0);
      assert.ok(Math.abs(sum - expected.sum) < 1e-9, `sum ${sum}`);
      assert.ok(Math.abs(squares - expected.sumsq) < 1e-9 * expected.sumsq, `sum of squares ${squares}`);
    }
  });

  Deno.test(`the batches of the reference run ${name} follow a permutation of its 48,000 training rows`, () => {
    const order = new RandomState(Number(config.shuffle_seed)).permutation(48_000);
    assert.deepEqual(Array.from(order.subarray(0, 10)), run.shuffle_first10);
  });
}
