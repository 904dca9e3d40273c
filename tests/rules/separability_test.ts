import assert from "node:assert/strict";
import fc from "fast-check";
import { Learner } from "../../src/rules/learner.ts";
import { marginOf } from "../../src/rules/margin.ts";
import { sumOf } from "../../src/rules/rule.ts";
import { RULES } from "../../src/rules/rules.ts";
import type { Sample } from "../../src/rules/sample.ts";
import { findWitness } from "../../src/rules/separability.ts";
import { samplesOf } from "../../src/rules/shapes.ts";

/** On a coarse grid, so that samples share places and lie on one line. */
function anySamples(maxLength: number): fc.Arbitrary<Sample[]> {
  const coordinate = fc.integer({ min: -4, max: 4 }).map((value) => value / 4);
  const label = fc.constantFrom(0 as const, 1 as const);
  return fc.array(fc.record({ x1: coordinate, x2: coordinate, label }), { minLength: 1, maxLength });
}

/** Whether the differences of the classes all lie in one open half of the plane, by another way than the project's. */
function isSeparable(samples: readonly Sample[]): boolean {
  const [zeros, ones] = [0, 1].map((label) => samples.filter((sample) => sample.label === label));
  const differences = zeros.flatMap((a) => ones.map((b) => [4 * (b.x1 - a.x1), 4 * (b.x2 - a.x2)]));
  return differences.length === 0 || differences.some(([x, y]) =>
    differences.every(([u, v]) => {
      const cross = x * v - y * u;
      return cross > 0 || (cross === 0 && x * u + y * v > 0);
    })
  );
}

Deno.test("whether a line separates is decided exactly, and four samples are witnesses where none does", () => {
  fc.assert(
    fc.property(anySamples(9), (samples) => {
      const witness = findWitness(samples);
      assert.equal(witness === null, isSeparable(samples));
      if (witness === null) return;
      const few = [...witness.some, ...witness.others];
      assert.ok(few.length <= 4 && few.every((sample) => samples.includes(sample)));
      assert.equal(isSeparable(few), false);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("AND and OR are separable, XOR is not: its diagonals cross", () => {
  const options = { noise: 0, seed: 0 };
  assert.equal(findWitness(samplesOf("and", options)), null);
  assert.equal(findWitness(samplesOf("or", options)), null);
  const { some, others } = findWitness(samplesOf("xor", options))!;
  assert.deepEqual([some.length, others.length], [2, 2]);
});

Deno.test("a coordinate between the hundredths is refused", () => {
  assert.throws(() => findWitness([{ x1: 0.123, x2: 0, label: 0 }]), {
    name: "RangeError",
    message: "Cannot decide whether a line separates: coordinates must be multiples of 0.01, found 0.123",
  });
});

Deno.test("gamma is the best margin: its own weights reach it, and no weights can reach more than the hull's distance", () => {
  fc.assert(
    fc.property(anySamples(9).filter(isSeparable), (samples) => {
      const { gamma, weights } = marginOf(samples)!;
      const { w1, w2, b } = weights;
      assert.ok(Math.abs(w1 * w1 + w2 * w2 + b * b - 1) < 1e-12);
      const reached = Math.min(
        ...samples.map((sample) => (sample.label === 1 ? 1 : -1) * sumOf(weights, sample)),
      );
      assert.ok(Math.abs(reached - gamma) < 1e-9, `${reached}, ${gamma}`);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("the perceptron separates what can be separated, within its bound on mistakes", () => {
  const rates = fc.constantFrom(0.05, 0.5, 1);
  fc.assert(
    fc.property(anySamples(12).filter(isSeparable), rates, (samples, rate) => {
      const { bound } = marginOf(samples)!;
      const learner = new Learner({ rule: RULES.perceptron, rate, samples });
      while (learner.epochs <= bound + 1 && !learner.isOver) learner.epoch();
      assert.deepEqual([learner.cycle?.atRest, learner.wrong.at(-1)], [true, 0]);
      assert.ok(learner.mistakes <= bound * (1 + 1e-12), `${learner.mistakes} mistakes, bound ${bound}`);
    }),
    { numRuns: 500 },
  );
});

Deno.test("the bound is met by one sample: one mistake, and R is gamma", () => {
  const samples: Sample[] = [{ x1: 0.6, x2: 0.8, label: 1 }];
  const { R, gamma, bound } = marginOf(samples)!;
  assert.ok(Math.abs(R - Math.SQRT2) < 1e-15 && Math.abs(gamma - R) < 1e-15 && Math.abs(bound - 1) < 1e-12);
  const learner = new Learner({ rule: RULES.perceptron, rate: 1, samples });
  for (let i = 0; i < 5; i++) learner.step();
  assert.equal(learner.mistakes, 1);
});
