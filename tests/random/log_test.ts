import assert from "node:assert/strict";
import fc from "fast-check";
import { log } from "../../src/random/log.ts";
import goldens from "../fixtures/random_goldens.json" with { type: "json" };

const FLOAT = new Float64Array(1);
const BITS = new BigInt64Array(FLOAT.buffer);

/** Distance in units of the last place, over the ordered bit patterns. */
function ulps(a: number, b: number): number {
  FLOAT[0] = a;
  const first = BITS[0];
  FLOAT[0] = b;
  const [x, y] = [first, BITS[0]].map((bits) => bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits);
  return Math.abs(Number(x - y));
}

Deno.test("log() gives the double nearest to the logarithm for 1,100 inputs worked out to 300 bits", () => {
  const { x, nearest } = goldens.log;
  assert.ok(x.length > 1100);
  x.forEach((value, i) => assert.equal(log(value), nearest[i], `log(${value})`));
});

Deno.test("log() is within 1 ulp of NumPy's", () => {
  const { x, numpy } = goldens.log;
  x.forEach((value, i) => assert.ok(ulps(log(value), numpy[i]) <= 1, `log(${value})`));
});

Deno.test("log() is within 1 ulp of Math.log for every exponent, subnormals included", () => {
  let x = 5e-324;
  for (let k = 0; k < 2098; k++, x *= 2) {
    for (
      const factor of [
        1,
        1.0000000000000002,
        1.1,
        1.37499,
        1.375,
        1.41421356,
        1.6180339887,
        1.9999999999999998,
      ]
    ) {
      const value = x * factor;
      if (value === Infinity) continue;
      assert.ok(ulps(log(value), Math.log(value)) <= 1, `log(${value}) = ${log(value)}`);
    }
  }
});

Deno.test("log() is within 1 ulp of Math.log for a million numbers of (0, 2), more of them near 1", () => {
  let worst = 0;
  for (let i = 1; i <= 1_000_000; i++) {
    const unit = (Math.imul(i, 0x9e3779b1) >>> 0) / 4294967296 + i * 2 ** -53;
    const value = i & 1 ? 2 * unit : 1 + (unit - 0.5) * (unit - 0.5) * (unit - 0.5);
    const [ours, engines] = [log(value), Math.log(value)];
    if (ours !== engines) worst = Math.max(worst, ulps(ours, engines));
  }
  assert.ok(worst <= 1, `worst ${worst} ulp`);
});

Deno.test("log() is within 1 ulp of Math.log for any positive double", () => {
  fc.assert(fc.property(fc.double({ min: 5e-324, noNaN: true }), (x) => ulps(log(x), Math.log(x)) <= 1), {
    numRuns: 2000,
    seed: 1,
  });
});

Deno.test("log() gives what IEEE 754 asks for at 0, below it, at 1, at infinity and for NaN", () => {
  assert.equal(log(0), -Infinity);
  assert.equal(log(-0), -Infinity);
  assert.ok(Object.is(log(1), 0));
  assert.equal(log(Infinity), Infinity);
  for (const x of [-5e-324, -1, -Infinity, NaN]) assert.ok(Number.isNaN(log(x)), `log(${x})`);
});
