import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { HALTON_DIMENSIONS, haltonPoints } from "../../src/random/halton.ts";
import { RandomState } from "../../src/random/random_state.ts";
import { SOBOL_DIMENSIONS, sobolPoints } from "../../src/random/sobol.ts";
import goldens from "../fixtures/quasi_random.json" with { type: "json" };

type Sequence = typeof sobolPoints;

function points(sequence: Sequence, { count, dimensions, seed }: {
  count: number;
  dimensions: number;
  seed?: number;
}): number[][] {
  const next = sequence(dimensions, seed === undefined ? undefined : new RandomState(seed));
  return Array.from({ length: count }, next);
}

function sha(values: number[][]): string {
  return createHash("sha256").update(new Uint8Array(Float64Array.from(values.flat()).buffer)).digest("hex");
}

function holds(sequence: Sequence, golden: typeof goldens.sobol): void {
  const { dimensions } = goldens;
  const { count } = golden;
  assert.deepEqual(points(sequence, { count: 9, dimensions: 4 }), golden.first);
  assert.equal(sha(points(sequence, { count, dimensions })), golden.sha256);
  assert.deepEqual(points(sequence, { count: 3, dimensions: 4, seed: 5 }), golden.shifted_first);
  assert.equal(sha(points(sequence, { count, dimensions, seed: 5 })), golden.shifted_sha256);
}

Deno.test("Sobol's sequence has PyTorch's points in all its dimensions, and shifted those that NumPy shifts", () => {
  assert.equal(SOBOL_DIMENSIONS, goldens.dimensions);
  holds(sobolPoints, goldens.sobol);
});

Deno.test("Halton's sequence has the points that fractions give, and shifted those that NumPy shifts", () => {
  assert.equal(HALTON_DIMENSIONS, goldens.dimensions);
  holds(haltonPoints, goldens.halton);
});

Deno.test("of 2^k shifted points of Sobol's sequence each of 2^k equal parts of each dimension has one", () => {
  const found = points(sobolPoints, { count: 256, dimensions: SOBOL_DIMENSIONS, seed: 1 });
  for (let d = 0; d < SOBOL_DIMENSIONS; d++) {
    assert.equal(new Set(found.map((point) => Math.floor(256 * point[d]))).size, 256);
  }
});

Deno.test("a sequence of no dimension, or of more than there are numbers for, is refused", () => {
  for (const dimensions of [0, 21, 1.5]) {
    assert.throws(() => sobolPoints(dimensions), /^RangeError: Cannot make Sobol's sequence/);
    assert.throws(() => haltonPoints(dimensions), /^RangeError: Cannot make Halton's sequence/);
  }
});
