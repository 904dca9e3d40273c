import assert from "node:assert/strict";
import { exp } from "../../src/random/exp.ts";
import goldens from "../fixtures/random_exp.json" with { type: "json" };

const FLOAT = new Float64Array(1);
const BITS = new BigInt64Array(FLOAT.buffer);

/** Distance of two positive doubles in units of the last place. */
function ulps(a: number, b: number): number {
  FLOAT[0] = a;
  const first = BITS[0];
  FLOAT[0] = b;
  return Math.abs(Number(first - BITS[0]));
}

Deno.test("exp() gives the double nearest to the exponential, or in one of a hundred cases its neighbour", () => {
  const { x, nearest } = goldens;
  assert.ok(x.length > 900);
  const missed = x.filter((value, i) => {
    assert.ok(ulps(exp(value), nearest[i]) <= 1, `exp(${value})`);
    return exp(value) !== nearest[i] && nearest[i] >= 2.3e-308;
  });
  assert.ok(missed.length <= x.length / 100, `missed ${missed}`);
});

Deno.test("exp() is within 1 ulp of NumPy's and of Math.exp", () => {
  const { x, numpy } = goldens;
  x.forEach((value, i) => assert.ok(ulps(exp(value), numpy[i]) <= 1, `exp(${value})`));
  for (let i = 0; i < 200_000; i++) {
    const value = (Math.imul(i, 0x9e3779b1) >>> 0) / 4294967296 * 1400 - 700;
    assert.ok(ulps(exp(value), Math.exp(value)) <= 1, `exp(${value})`);
  }
});

Deno.test("exp() gives what is due at 0, where it overflows and underflows, at the infinities and for NaN", () => {
  assert.equal(exp(0), 1);
  assert.equal(exp(-0), 1);
  assert.equal(exp(709.782712893384), Math.exp(709.782712893384));
  assert.equal(exp(709.7827128933841), Infinity);
  assert.equal(exp(Infinity), Infinity);
  assert.equal(exp(-746), 0);
  assert.equal(exp(-Infinity), 0);
  assert.ok(Number.isNaN(exp(NaN)));
});
