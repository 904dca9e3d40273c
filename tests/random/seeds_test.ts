import assert from "node:assert/strict";
import fc from "fast-check";
import { deriveSeeds } from "../../src/random/seeds.ts";

Deno.test("deriveSeeds() gives four consecutive seeds in a fixed order, and for noise one counted down from the last", () => {
  assert.deepEqual(deriveSeeds(0), { split: 0, init: 1, shuffle: 2, search: 3, noise: 4294967295 });
  assert.deepEqual(deriveSeeds(7), { split: 28, init: 29, shuffle: 30, search: 31, noise: 4294967288 });
  assert.deepEqual(deriveSeeds(2 ** 30 - 1), {
    split: 4294967292,
    init: 4294967293,
    shuffle: 4294967294,
    search: 4294967295,
    noise: 3221225472,
  });
});

Deno.test("deriveSeeds() never gives two runs or two uses the same seed below 3 * 2^28", () => {
  const seed = fc.integer({ min: 0, max: 3 * 2 ** 28 - 1 });
  fc.assert(
    fc.property(seed, seed, (a, b) => {
      const all = new Set([...Object.values(deriveSeeds(a)), ...Object.values(deriveSeeds(b))]);
      assert.equal(all.size, a === b ? 5 : 10);
    }),
    { seed: 1 },
  );
});

Deno.test("a pin takes the place of its own seed only, and may be zero or undefined", () => {
  assert.deepEqual(deriveSeeds(5, { init: 0, search: 4294967295 }), {
    split: 20,
    init: 0,
    shuffle: 22,
    search: 4294967295,
    noise: 4294967290,
  });
  assert.deepEqual(deriveSeeds(5, { split: undefined }), deriveSeeds(5));
  assert.deepEqual(deriveSeeds(1, { split: 0, init: 0, shuffle: 0, search: 0, noise: 0 }), {
    split: 0,
    init: 0,
    shuffle: 0,
    search: 0,
    noise: 0,
  });
});

Deno.test("deriveSeeds() refuses seeds and pins out of range", () => {
  for (const seed of [-1, 0.5, 2 ** 30, NaN]) {
    assert.throws(() => deriveSeeds(seed), {
      name: "RangeError",
      message: `Cannot derive seeds: seed must be an integer from 0 to 1073741823, found ${seed}`,
    });
  }
  for (const pin of [-1, 0.5, 2 ** 32, NaN]) {
    assert.throws(() => deriveSeeds(0, { shuffle: pin }), {
      name: "RangeError",
      message: `Cannot derive seeds: shuffle must be an integer from 0 to 4294967295, found ${pin}`,
    });
  }
});
