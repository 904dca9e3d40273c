import assert from "node:assert/strict";
import { formatSeconds } from "../../../src/text/durations.ts";
import { formatAccuracy, formatBytes, formatLoss, formatPercent } from "../../../pipeline/progress/format.ts";
import { formatClock } from "../../../src/text/durations.ts";

Deno.test("formatSeconds() keeps a sensible number of digits and never shows 60", () => {
  const cases: [number, string][] = [
    [0, "under 0.01 s"],
    [0.0049, "under 0.01 s"],
    [0.005, "0.01 s"],
    [0.994, "0.99 s"],
    [0.996, "1.0 s"],
    [8.25, "8.3 s"],
    [59.94, "59.9 s"],
    [59.96, "1 min 00 s"],
    [125, "2 min 05 s"],
    [3599.6, "1 h 00 min"],
    [3725, "1 h 02 min"],
  ];
  for (const [seconds, text] of cases) assert.equal(formatSeconds(seconds), text);
  const japanese = [0, 0.42, 8.25, 125, 3725].map((seconds) => formatSeconds(seconds, "ja"));
  assert.deepEqual(japanese, ["0.01 秒未満", "0.42 秒", "8.3 秒", "2 分 05 秒", "1 時間 02 分"]);
});

Deno.test("formatClock() rounds up, so that 0:00 means done", () => {
  assert.equal(formatClock(0), "0:00");
  assert.equal(formatClock(0.1), "0:01");
  assert.equal(formatClock(59.5), "1:00");
  assert.equal(formatClock(725), "12:05");
  assert.equal(formatClock(3725), "1:02:05");
});

Deno.test("formatBytes() uses decimal units and moves on to the next before 1000.0", () => {
  const cases: [number, string][] = [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [28_881, "28.9 kB"],
    [999_949, "999.9 kB"],
    [999_950, "1.0 MB"],
    [9_912_422, "9.9 MB"],
    [2.5e9, "2.5 GB"],
  ];
  for (const [bytes, text] of cases) assert.equal(formatBytes(bytes), text);
});

Deno.test("formatPercent() shows 100% only for the whole", () => {
  assert.equal(formatPercent(0), "  0%");
  assert.equal(formatPercent(0.999), " 99%");
  assert.equal(formatPercent(1), "100%");
});

Deno.test("numbers that may not be there or not be finite are shown as such", () => {
  assert.equal(formatLoss(0.43119), "0.4312");
  assert.equal(formatLoss(123456), "1.23e+5");
  assert.equal(formatLoss(Infinity), "Infinity");
  assert.equal(formatLoss(NaN), "NaN");
  assert.equal(formatAccuracy(null), "-");
  assert.equal(formatAccuracy(0.95), "0.9500");
});
