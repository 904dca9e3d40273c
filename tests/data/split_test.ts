import assert from "node:assert/strict";
import fc from "fast-check";
import { splitTrainValidation } from "../../src/data/split.ts";
import goldens from "../fixtures/data_split.json" with { type: "json" };
import reference from "../fixtures/random_reference.json" with { type: "json" };

for (const { count, validation, seed, train, validation_rows } of goldens.cases) {
  Deno.test(`a split of ${count} rows by ${validation} with seed ${seed} is scikit-learn's`, () => {
    const split = splitTrainValidation({ count, validation, seed });
    assert.deepEqual(Array.from(split.train), train);
    assert.deepEqual(Array.from(split.validation), validation_rows);
  });
}

for (const [name, { config, split }] of Object.entries(reference)) {
  Deno.test(`the split of 60,000 rows is that of the reference run ${name}`, () => {
    const { train, validation } = splitTrainValidation({
      count: 60_000,
      validation: 0.2,
      seed: Number(config.split_seed),
    });
    assert.equal(train.length, 48_000);
    assert.equal(validation.length, 12_000);
    assert.deepEqual(Array.from(train.subarray(0, 10)), split.train_first10);
    assert.deepEqual(Array.from(validation.subarray(0, 10)), split.validation_first10);
  });
}

Deno.test("every row is in exactly one part, and ceil(validation * count) are held out", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      fc.integer({ min: 0, max: 0xffffffff }),
      (count, validation, seed) => {
        const held = Math.ceil(validation * count);
        fc.pre(held < count);
        const split = splitTrainValidation({ count, validation, seed });
        assert.equal(split.validation.length, held);
        assert.deepEqual(
          Array.from([...split.train, ...split.validation]).sort((a, b) => a - b),
          Array.from({ length: count }, (_, i) => i),
        );
      },
    ),
    { seed: 1 },
  );
});

Deno.test("with validation 0 every row is for training, in the permutation's order", () => {
  const { train, validation } = splitTrainValidation({ count: 10, validation: 0, seed: 0 });
  assert.deepEqual(Array.from(train), [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]); // np.random.RandomState(0).permutation(10)
  assert.equal(validation.length, 0);
});

Deno.test("splitTrainValidation() refuses shares and counts that make no split", () => {
  for (const validation of [-0.1, 1, 2, NaN]) {
    assert.throws(() => splitTrainValidation({ count: 10, validation, seed: 0 }), {
      name: "RangeError",
      message: `Cannot split: validation must be at least 0 and below 1, found ${validation}`,
    });
  }
  for (const count of [0, -1, 1.5, NaN]) {
    assert.throws(() => splitTrainValidation({ count, validation: 0.2, seed: 0 }), {
      name: "RangeError",
      message: `Cannot split: count must be a positive integer, found ${count}`,
    });
  }
  assert.throws(() => splitTrainValidation({ count: 4, validation: 0.8, seed: 0 }), {
    name: "RangeError",
    message: "Cannot split: validation must leave a row to train on, found 0.8 of 4 rows, which is 4",
  });
  assert.throws(() => splitTrainValidation({ count: 4, validation: 0.2, seed: -1 }), { name: "RangeError" });
});
