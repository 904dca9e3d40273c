import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { MT19937 } from "../../src/random/mt19937.ts";
import goldens from "../fixtures/random_goldens.json" with { type: "json" };

for (const golden of goldens.seeds) {
  Deno.test(`MT19937 gives NumPy's 32-bit words for seed ${golden.seed}, over eight blocks`, () => {
    const generator = new MT19937(golden.seed);
    const words = Uint32Array.from({ length: 5000 }, () => generator.nextUint32());
    assert.deepEqual(Array.from(words.subarray(0, 8)), golden.uint32_first);
    for (const [i, word] of Object.entries(golden.uint32_around_blocks)) {
      assert.equal(words[Number(i)], word, `word ${i}`);
    }
    assert.equal(createHash("sha256").update(words).digest("hex"), golden.uint32_5000_sha256);
  });

  Deno.test(`MT19937 gives NumPy's 53-bit doubles for seed ${golden.seed}`, () => {
    const generator = new MT19937(golden.seed);
    const doubles = Float64Array.from({ length: 2000 }, () => generator.nextDouble());
    assert.deepEqual(Array.from(doubles.subarray(0, 5)), golden.doubles_first);
    assert.equal(createHash("sha256").update(doubles).digest("hex"), golden.doubles_2000_sha256);
  });
}

Deno.test("MT19937 gives the published 10,000th word for seed 5489 (the C++ standard's check of mt19937)", () => {
  const generator = new MT19937(5489);
  for (let i = 1; i < 10_000; i++) generator.nextUint32();
  assert.equal(generator.nextUint32(), 4123659995);
});

Deno.test("MT19937 goes on from a snapshot at any place in a block", () => {
  for (const used of [0, 1, 311, 623, 624, 625, 1248]) {
    const generator = new MT19937(42);
    for (let i = 0; i < used; i++) generator.nextUint32();
    const restored = MT19937.restore(JSON.parse(JSON.stringify(generator.snapshot())));
    for (let i = 0; i < 1500; i++) {
      assert.equal(restored.nextUint32(), generator.nextUint32(), `after ${used}, word ${i}`);
    }
  }
});

Deno.test("MT19937 fills an array with the words that it would give one by one, from any place in a block on", () => {
  for (const used of [0, 1, 622, 623, 624, 1247]) {
    for (const count of [0, 1, 2, 624, 1249]) {
      const [filling, single] = [new MT19937(42), new MT19937(42)];
      for (let i = 0; i < used; i++) assert.equal(filling.nextUint32(), single.nextUint32());
      const words = new Uint32Array(count + 4);
      filling.fillWords(words, 3, count);
      const expected = Array.from({ length: count }, () => single.nextUint32() >>> 0);
      assert.deepEqual([...words], [0, 0, 0, ...expected, 0], `${count} words after ${used}`);
      assert.equal(filling.nextUint32(), single.nextUint32());
    }
  }
});

Deno.test("MT19937 refuses a seed that is no 32-bit unsigned integer", () => {
  for (const seed of [-1, 0.5, 2 ** 32, NaN, Infinity]) {
    assert.throws(() => new MT19937(seed), {
      name: "RangeError",
      message: `Cannot seed MT19937: seed must be an integer from 0 to 4294967295, found ${seed}`,
    });
  }
});

Deno.test("MT19937.restore() refuses a malformed snapshot", () => {
  const { key } = new MT19937(1).snapshot();
  assert.throws(() => MT19937.restore({ key: key.slice(1), position: 0 }), {
    name: "TypeError",
    message: "Cannot restore MT19937: key must hold 624 words, found 623",
  });
  for (const word of [-1, 2 ** 32, 1.5, NaN]) {
    assert.throws(() => MT19937.restore({ key: [...key.slice(1), word], position: 0 }), {
      name: "RangeError",
      message: `Cannot restore MT19937: a word must be an integer from 0 to 4294967295, found ${word}`,
    });
  }
  for (const position of [-1, 625, 0.5]) {
    assert.throws(() => MT19937.restore({ key, position }), {
      name: "RangeError",
      message: `Cannot restore MT19937: position must be an integer from 0 to 624, found ${position}`,
    });
  }
});
