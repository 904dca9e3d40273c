import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { RandomState } from "../../src/random/random_state.ts";
import goldens from "../fixtures/random_goldens.json" with { type: "json" };

const sha256 = (array: Uint32Array | Float32Array | Float64Array) =>
  createHash("sha256").update(array).digest("hex");

/** Equal but for the last bits, where NumPy's logarithm may not be the nearest double. */
function assertNear(actual: number, expected: number): void {
  assert.ok(
    Math.abs(actual - expected) <= 4e-16 * Math.abs(expected),
    `found ${actual}, expected ${expected}`,
  );
}

function mixedDraws(random: RandomState, rounds: number): number[] {
  const draws: number[] = [];
  for (let i = 0; i < rounds; i++) {
    draws.push(random.standardNormal(), random.random(), random.interval(999));
    draws.push(random.standardNormal(), random.standardNormal());
  }
  return draws;
}

for (const golden of goldens.seeds) {
  const { seed } = golden;

  Deno.test(`random() and uniform() match NumPy for seed ${seed}`, () => {
    const random = new RandomState(seed);
    for (const value of golden.doubles_first) assert.equal(random.random(), value);
    const uniform = new RandomState(seed);
    for (const value of golden.uniform_first) assert.equal(uniform.uniform(-3.5, 11.25), value);
  });

  Deno.test(`standardNormal() matches randn() for seed ${seed}, the cached second value included`, () => {
    const random = new RandomState(seed);
    for (const value of golden.normals_first) assertNear(random.standardNormal(), value);
  });

  Deno.test(`200,000 scaled normals have the bits of NumPy's float32 for seed ${seed}`, () => {
    for (
      const [scale, digest] of [
        [0.01, golden["normals_200000_float32_sha256_0.01"]],
        [0.05, golden["normals_200000_float32_sha256_0.05"]],
        [1, golden["normals_200000_float32_sha256_1.0"]],
      ] as const
    ) {
      const normals = new Float32Array(200_000);
      new RandomState(seed).fillStandardNormal(normals, { scale });
      assert.equal(sha256(normals), digest, `scale ${scale}`);
    }
  });

  Deno.test(`permutation() matches NumPy for seed ${seed}`, () => {
    for (const [n, permutation] of Object.entries(golden.permutations)) {
      assert.deepEqual(Array.from(new RandomState(seed).permutation(Number(n))), permutation, `n = ${n}`);
    }
    assert.equal(sha256(new RandomState(seed).permutation(60_000)), golden.permutation_60000_sha256);
    const random = new RandomState(seed);
    for (const digest of golden.two_permutations_1000_sha256) {
      assert.equal(sha256(random.permutation(1000)), digest);
    }
  });

  Deno.test(`shuffle() matches NumPy for seed ${seed}`, () => {
    const values = Uint32Array.from({ length: 100 }, (_, i) => i * 40_000_000);
    new RandomState(seed).shuffle(values);
    assert.deepEqual(Array.from(values), golden.shuffle);
  });

  Deno.test(`interval() matches NumPy's masked rejection for seed ${seed} and leaves the stream where NumPy does`, () => {
    for (const [max, expected] of Object.entries(golden.intervals)) {
      const random = new RandomState(seed);
      const draws = Array.from({ length: 12 }, () => random.interval(Number(max)));
      assert.deepEqual([...draws, random.random()], expected, `max = ${max}`);
    }
  });

  Deno.test(`draws of every kind from one generator match NumPy for seed ${seed}, and so does its state`, () => {
    const random = new RandomState(seed);
    const draws = mixedDraws(random, 400);
    draws.slice(-5).forEach((value, i) => assertNear(value, golden.mixed_last[i]));
    assert.equal(sha256(Float32Array.from(draws)), golden.mixed_float32_sha256);
    const { key, position, cachedNormal } = random.snapshot();
    assert.equal(sha256(Uint32Array.from(key)), golden.mixed_state.key_sha256);
    assert.equal(position, golden.mixed_state.position);
    assert.equal(cachedNormal === null, golden.mixed_state.cachedNormal === null);
    if (golden.mixed_state.cachedNormal !== null) {
      assertNear(Number(cachedNormal), golden.mixed_state.cachedNormal);
    }
  });
}

Deno.test("fillStandardNormal() is standardNormal() in order, whatever the pieces and the cached value", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }),
      (seed, lengths) => {
        const [filled, single] = [new RandomState(seed), new RandomState(seed)];
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const out = new Float64Array(total + 2).fill(7);
        let start = 1;
        for (const length of lengths) {
          filled.fillStandardNormal(out, { start, length, scale: -0.3 });
          start += length;
        }
        const expected = Array.from({ length: total }, () => -0.3 * single.standardNormal());
        assert.deepEqual(Array.from(out), [7, ...expected, 7]);
        assert.equal(filled.standardNormal(), single.standardNormal());
      },
    ),
    { numRuns: 100, seed: 1 },
  );
});

Deno.test("fillStandardNormal() rounds once, from float64, where the target is float32", () => {
  const [wide, narrow] = [new Float64Array(1000), new Float32Array(1000)];
  new RandomState(9).fillStandardNormal(wide, { scale: 0.01 });
  new RandomState(9).fillStandardNormal(narrow, { scale: 0.01 });
  assert.deepEqual(narrow, Float32Array.from(wide));
});

Deno.test("fillStandardNormal() refuses a span outside its target and writes nothing", () => {
  for (
    const span of [{ start: -1 }, { start: 3, length: 3 }, { length: 6 }, { start: 0.5 }, { length: NaN }, {
      start: 9,
    }]
  ) {
    const out = new Float32Array(5);
    assert.throws(() => new RandomState(0).fillStandardNormal(out, span), {
      name: "RangeError",
      message: /^Cannot fill with normals: the span must lie in 0\.\.5, found start .+, length .+$/,
    });
    assert.ok(out.every((value) => value === 0));
  }
});

Deno.test("permutation() holds each index once and interval() stays in its range", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 300 }), (seed, n) => {
      const random = new RandomState(seed);
      assert.deepEqual(random.permutation(n).sort(), Uint32Array.from({ length: n }, (_, i) => i));
      for (let i = 0; i < 20; i++) assert.ok(random.interval(n) <= n);
    }),
    { numRuns: 100, seed: 1 },
  );
});

Deno.test("a restored RandomState goes on exactly, with and without a cached normal, anywhere in a block", () => {
  for (const rounds of [0, 1, 2, 57, 58, 59, 60, 200]) {
    for (const normals of [0, 1]) {
      const random = new RandomState(2024);
      mixedDraws(random, rounds);
      for (let i = 0; i < normals; i++) random.standardNormal();
      const restored = RandomState.restore(JSON.parse(JSON.stringify(random.snapshot())));
      assert.deepEqual(
        mixedDraws(restored, 300),
        mixedDraws(random, 300),
        `after ${rounds} rounds, ${normals} normals`,
      );
    }
  }
});

Deno.test("a snapshot is a copy: neither generator moves the other", () => {
  const random = new RandomState(5);
  const snapshot = random.snapshot();
  const first = random.permutation(700);
  assert.deepEqual(RandomState.restore(snapshot).permutation(700), first);
  assert.deepEqual(RandomState.restore(snapshot).permutation(700), first);
});

Deno.test("RandomState refuses wrong seeds, ranges, sizes and snapshots", () => {
  const random = new RandomState(0);
  assert.throws(() => new RandomState(-1), {
    name: "RangeError",
    message: "Cannot seed MT19937: seed must be an integer from 0 to 4294967295, found -1",
  });
  assert.throws(() => random.uniform(0, Infinity), {
    name: "RangeError",
    message: "Cannot draw a uniform number: the range must be finite, found 0 to Infinity",
  });
  for (const max of [-1, 1.5, 2 ** 32, NaN]) {
    assert.throws(() => random.interval(max), {
      name: "RangeError",
      message: `Cannot draw an integer: max must be an integer from 0 to 4294967295, found ${max}`,
    });
    assert.throws(() => random.permutation(max), {
      name: "RangeError",
      message: `Cannot make a permutation: n must be an integer from 0 to 4294967295, found ${max}`,
    });
  }
  assert.throws(() => RandomState.restore({ ...random.snapshot(), cachedNormal: NaN }), {
    name: "RangeError",
    message: "Cannot restore RandomState: cachedNormal must be a finite number or null, found NaN",
  });
  assert.throws(() => RandomState.restore({ ...random.snapshot(), key: [] }), { name: "TypeError" });
});
