import assert from "node:assert/strict";
import { FLOAT32_FUNCTIONS } from "../../../src/nn/reference/functions.ts";
import { log } from "../../../src/random/log.ts";
import { floatSweep, ulp32 } from "../float_sweep.ts";
import { RandomNumbers } from "../random_numbers.ts";

// The kernels give these functions' bits (see ../assembly), so what holds for them holds for the kernels.

const { tanh, exp, expm1, log1p, log: kernelLog } = FLOAT32_FUNCTIONS;
const sweep = floatSweep();

/** The greatest error, in ulps of float32, over those inputs that are kept. */
function greatestError(
  f: (x: number) => number,
  exact: (x: number) => number,
  keep: (x: number) => boolean,
): { ulps: number; at: number } {
  let ulps = 0, at = 0;
  for (const x of sweep) {
    if (!keep(x)) continue;
    const error = Math.abs(f(x) - exact(x)) / ulp32(exact(x));
    if (error > ulps) [ulps, at] = [error, x];
  }
  return { ulps, at };
}

Deno.test("tanh is within 6 ulp of the exact value for every float, infinities included", () => {
  const { ulps, at } = greatestError(tanh, Math.tanh, (x) => !Number.isNaN(x));
  assert.ok(ulps <= 6, `tanh(${at}) is wrong by ${ulps} ulp`);
  assert.ok(ulps > 1, "an error of float32 is expected: is anything compared?");
});

Deno.test("exp is within 1 ulp of the exact value from -87 to 88, and clamped beyond", () => {
  const { ulps, at } = greatestError(exp, Math.exp, (x) => x >= -87 && x <= 88);
  assert.ok(ulps <= 1, `exp(${at}) is wrong by ${ulps} ulp`);
  assert.ok(ulps > 0.5, "an error of float32 is expected: is anything compared?");
  assert.equal(exp(0), 1);
  for (const x of [88.5, 1e30, Infinity]) assert.equal(exp(x), exp(88));
  for (const x of [-87.5, -1e30, -Infinity]) assert.equal(exp(x), exp(-87));
  assert.ok(Number.isNaN(exp(NaN)));
});

Deno.test("exp - 1 is within 2 ulp of the exact value from -87 to 88, near 0 too", () => {
  const { ulps, at } = greatestError(expm1, Math.expm1, (x) => x >= -87 && x <= 88 && x !== 0);
  assert.ok(ulps <= 2, `expm1(${at}) is wrong by ${ulps} ulp`);
  assert.ok(ulps > 0.5, "an error of float32 is expected: is anything compared?");
  assert.deepEqual([expm1(0), expm1(-Infinity)], [0, -1]);
});

Deno.test("log(1 + x) is within 4 ulp of the exact value from 0 to 1", () => {
  const { ulps, at } = greatestError(log1p, Math.log1p, (x) => x >= 0 && x <= 1);
  assert.ok(ulps <= 4, `log1p(${at}) is wrong by ${ulps} ulp`);
  assert.ok(ulps > 0.5, "an error of float32 is expected: is anything compared?");
});

Deno.test("the loss's logarithm is within 2 ulp of float64, exactly 0 at 1", () => {
  const random = new RandomNumbers(9);
  const double = new Float64Array(1), bits = new BigInt64Array(double.buffer);
  let worst = 0, at = 0;
  for (let i = 0; i < 300_000; i++) {
    const near = 1 + random.unit() * 2 ** -random.below(50);
    const wide = (1 + random.unit()) * 2 ** (random.below(2000) - 1000);
    for (const x of [near, 1 / near, 1 + 9 * random.unit(), wide]) {
      const exact = log(x);
      if (exact === 0) continue;
      double[0] = Math.abs(exact);
      bits[0]++;
      const error = Math.abs(kernelLog(x) - exact) / (double[0] - Math.abs(exact));
      if (error > worst) [worst, at] = [error, x];
    }
  }
  assert.ok(worst <= 2, `log(${at}) is wrong by ${worst} ulp`);
  assert.ok(worst > 0);
  assert.equal(kernelLog(1), 0);
});
