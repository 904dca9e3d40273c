import assert from "node:assert/strict";
import { wilsonInterval } from "../../src/metrics/intervals.ts";

// Python: z = 1.959963984540054; p = k / n; d = 1 + z*z/n; c = (p + z*z/(2*n)) / d
// h = z / d * sqrt(p*(1-p)/n + z*z/(4*n*n)); (c - h, c + h), as statsmodels' proportion_confint(k, n, method="wilson").
const GOLDENS: [k: number, n: number, low: number, high: number][] = [
  [972, 1000, 0.9598298168024069, 0.9805577231872291],
  [3, 6, 0.18761630648265054, 0.8123836935173494],
  [0, 10, 0, 0.2775327998628892],
  [10, 10, 0.7224672001371107, 1],
  [9695, 10000, 0.9659452143861812, 0.9726942111437534],
];

Deno.test("Wilson's interval agrees with Python's", () => {
  for (const [k, n, low, high] of GOLDENS) {
    const interval = wilsonInterval(k, n);
    assert.ok(Math.abs(interval.low - low) < 1e-14, `${k} of ${n}: ${interval.low}`);
    assert.ok(Math.abs(interval.high - high) < 1e-14, `${k} of ${n}: ${interval.high}`);
  }
});

Deno.test("Wilson's interval refuses counts that are none", () => {
  assert.throws(() => wilsonInterval(1, 0), {
    name: "RangeError",
    message: "Cannot form an interval: trials must be an integer of 1 or more, found 0",
  });
  assert.throws(() => wilsonInterval(3, 2), {
    name: "RangeError",
    message: "Cannot form an interval: successes must be an integer from 0 to 2, found 3",
  });
});
