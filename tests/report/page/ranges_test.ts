import assert from "node:assert/strict";
import type { PagePoint } from "../../../src/report/page/effects/page_point.ts";
import {
  linePoints,
  type ParallelLayout,
  parallelLayout,
} from "../../../src/report/page/effects/parallel_layout.ts";
import {
  chosenOn,
  isWithin,
  moveEnd,
  rangeBetween,
  rangeOf,
  shift,
} from "../../../src/report/page/effects/ranges.ts";
import { type EffectAxis, textAt } from "../../../src/report/sections/effect_axis.ts";

const AXIS = { numbers: null, ordered: true, low: 0, log: false };
const LEVELS: EffectAxis = { ...AXIS, title: "batch", levels: ["10", "20", "50"], high: 2, format: "level" };
const RATES: EffectAxis = {
  ...AXIS,
  title: "rate",
  levels: null,
  low: 0.001,
  high: 10,
  log: true,
  format: "number",
};
const ACCURACY: EffectAxis = { ...AXIS, title: "accuracy", levels: null, high: 1, format: "percent" };
const AXES = [LEVELS, RATES, ACCURACY];

Deno.test("a range of levels goes from level to level, and holds one at least", () => {
  assert.deepEqual(rangeBetween(LEVELS, 0.9, 0.4), [0.5, 0.5]);
  assert.deepEqual(rangeBetween(LEVELS, 0.4, 1.2), [0.5, 1]);
  assert.deepEqual(rangeBetween(LEVELS, 0.1, 0.15), [0, 0]);
  assert.equal(rangeBetween(LEVELS, -1, 2), null);
  assert.deepEqual(rangeBetween(RATES, 0.5, 0.25), [0.25, 0.5]);
  assert.equal(rangeBetween(RATES, 0, 1), null);
});

Deno.test("keys move an end by a level or by a fiftieth, never past the other end", () => {
  assert.deepEqual(moveEnd(LEVELS, null, { end: 0, steps: 1 }), [0.5, 1]);
  assert.deepEqual(moveEnd(LEVELS, [0.5, 1], { end: 1, steps: -5 }), [0.5, 0.5]);
  assert.equal(moveEnd(LEVELS, [0.5, 1], { end: 0, steps: -1 }), null);
  assert.deepEqual(moveEnd(RATES, null, { end: 1, steps: -1 }), [0, 0.98]);
  assert.deepEqual(shift(RATES, [0.25, 0.5], 0.9), [0.75, 1]);
  assert.deepEqual(shift(LEVELS, [0, 0.5], 0.4), [0.5, 1]);
});

Deno.test("a trial lies within if it does on every axis; without a value it does not where a range is chosen", () => {
  const point: PagePoint = [0, 0.9, 6, 1, 0.1];
  assert.ok(isWithin(AXES, [null, null, null], point));
  assert.ok(isWithin(AXES, [[0.5, 0.5], [0.5, 0.5], [0.9, 1]], point));
  assert.ok(!isWithin(AXES, [[0.5, 0.5], [0.6, 1], null], point));
  assert.ok(!isWithin(AXES, [null, null, [0, 0.89]], point));
  const missing: PagePoint = [1, null, 7, 1, null];
  assert.ok(isWithin(AXES, [[0.5, 1], null, null], missing));
  assert.ok(!isWithin(AXES, [null, [0, 0.99], null], missing));
  assert.ok(!isWithin(AXES, [null, null, [0, 0.99]], missing));
});

Deno.test("what is chosen stays chosen where axes grow while a sweep runs", () => {
  const kept = chosenOn(LEVELS, [0.5, 0.5]);
  const more = { ...LEVELS, levels: ["5", "10", "20", "30", "50"], high: 4 };
  assert.deepEqual(rangeOf(more, kept), [0.5, 0.5]);
  assert.deepEqual(rangeOf({ ...more, levels: ["20", "30", "50"], high: 2 }, kept), [0, 0]);
  assert.equal(rangeOf({ ...more, levels: ["30", "50"], high: 1 }, kept), null);
  // So many levels that they are a range of numbers.
  assert.deepEqual(rangeOf({ ...LEVELS, levels: null, high: 40, format: "number" }, kept), [0.5, 0.5]);

  const half = chosenOn(ACCURACY, [0.5, 0.75]);
  assert.deepEqual(rangeOf({ ...ACCURACY, low: 0.5 }, half), [0, 0.5]);
  assert.deepEqual(rangeOf({ ...ACCURACY, high: 0.5 }, half), [1, 1.5]);
  // An end that nobody moved is wherever the axis ends.
  const best = chosenOn({ ...ACCURACY, high: 0.5 }, [0.5, 1]);
  assert.deepEqual(rangeOf(ACCURACY, best), [0.25, 1]);

  const decade = rangeOf({ ...RATES, high: 1000 }, chosenOn(RATES, [0.25, 0.5]))!;
  const rates = [0.01, 0.1].map((rate) => Math.log10(rate / 0.001) / 6);
  decade.forEach((position, end) => assert.ok(Math.abs(position - rates[end]) < 1e-12));
});

Deno.test("what stands at a place on an axis is told as the axis writes it", () => {
  assert.deepEqual([0, 0.4, 1].map((at) => textAt(LEVELS, at)), ["10", "20", "50"]);
  assert.deepEqual([0, 0.5, 1].map((at) => textAt(RATES, at)), ["0.001", "0.1", "10"]);
  assert.equal(textAt(ACCURACY, 0.975), "97.50%");
});

Deno.test("axes stand side by side where there is room, otherwise below one another; nothing leaves the frame", () => {
  const boxes = ({ axes }: ParallelLayout) =>
    axes.flatMap(({ texts }) =>
      texts.map(({ x, y, anchor, text }) => {
        // Wider than letters are, as in the layout's own estimate.
        const width = [...text].reduce((sum, c) => sum + (c > "\u2fff" ? 12 : 6.6), 0);
        return { left: anchor === "middle" ? x - width / 2 : x, width, y, text };
      })
    );
  const long = "gaussian, sigma 0.01, bias zeros";
  const axes = [...AXES.slice(0, 2), {
    ...LEVELS,
    title: "初期値の標準偏差と層の数",
    levels: [long, long, "x"],
  }, ACCURACY];
  for (const [width, upright] of [[1100, true], [728, false], [360, false]] as const) {
    const layout = parallelLayout(axes, { width, missing: true });
    assert.equal(layout.upright, upright, String(width));
    for (const { left, width: wide, y, text } of boxes(layout)) {
      assert.ok(left >= 0 && left + wide <= width, `${text} at ${left} of ${width}`);
      assert.ok(y > 8 && y <= layout.height, `${text} at ${y}`);
    }
    const placed = boxes(layout);
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        const apart = Math.abs(a.y - b.y) >= 12 || a.left + a.width <= b.left || b.left + b.width <= a.left;
        assert.ok(apart, `${a.text} on ${b.text} at ${width}`);
      }
    }
    const [first, , , last] = linePoints(layout, [0, 1, 0.5, null]);
    for (const { x, y } of [first, last]) {
      assert.ok(x >= 0 && x <= width && y >= 0 && y <= layout.height, `${x} ${y}`);
    }
  }
});
