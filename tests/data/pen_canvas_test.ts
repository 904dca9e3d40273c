import assert from "node:assert/strict";
import { PenCanvas } from "../../src/data/pen_canvas.ts";

function render(size: number, radius: number, strokes: number[][], level = 200): Uint8Array {
  const canvas = new PenCanvas(size);
  canvas.clear(radius);
  for (const stroke of strokes) canvas.stroke(Float64Array.from(stroke));
  const out = new Uint8Array(size * size);
  canvas.render(out, level);
  return out;
}

/** Grey by the distance to 2,001 points of the curve, which no bounding box and no clipping can spoil. */
function renderByPoints(size: number, radius: number, p: number[], level = 200): Uint8Array {
  const samples = Array.from({ length: 2001 }, (_, i) => {
    const t = i / 2000;
    const at = (k: number) =>
      (1 - t) ** 3 * p[k] + 3 * (1 - t) ** 2 * t * p[k + 2] + 3 * (1 - t) * t ** 2 * p[k + 4] +
      t ** 3 * p[k + 6];
    return [at(0), at(1)];
  });
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size + 0.5, Math.floor(i / size) + 0.5];
    const distance = Math.min(...samples.map(([sx, sy]) => Math.hypot(sx - x, sy - y)));
    return Math.round(level * Math.max(0, Math.min(1, (radius + 0.7 - distance) / 1.4)));
  });
}

Deno.test("a curve is drawn as its distance says, also where it leaves the picture", () => {
  for (
    const curve of [[2, 3, 4, 10, 9, 10, 11, 2], [-3, 5, 3, 4, 9, 9, 15, 6], [1, 1, 1, 1, 10, 10, 10, 10]]
  ) {
    const [drawn, expected] = [render(12, 1.3, [curve]), renderByPoints(12, 1.3, curve)];
    // Eight straight pieces stray from these curves by a tenth of a pixel at most: 0.1 / 1.4 of 200.
    drawn.forEach((value, i) =>
      assert.ok(Math.abs(value - expected[i]) <= 15, `pixel ${i}: ${value}, ${expected[i]}`)
    );
    assert.ok(drawn.some((value) => value === 200) && drawn.some((value) => value === 0));
  }
});

Deno.test("a dot is round: grey depends on the distance alone", () => {
  const dot = render(5, 1, [[2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5]], 100);
  const grey = (distance: number) => Math.round(100 * Math.max(0, Math.min(1, (1.7 - distance) / 1.4)));
  assert.deepEqual(
    Array.from(dot.subarray(10, 15)),
    [grey(2), grey(1), 100, grey(1), grey(2)],
  );
  assert.equal(dot[6], grey(Math.SQRT2));
  assert.equal(dot[0], 0);
});

Deno.test("strokes add up to the nearest, in any order, and an empty canvas is black", () => {
  const [a, b] = [[1, 1, 2, 1, 4, 5, 7, 7], [7, 1, 6, 2, 2, 6, 1, 7]];
  assert.deepEqual(render(8, 0.8, [a, b]), render(8, 0.8, [b, a]));
  const both = render(8, 0.8, [a, b]);
  const [onlyA, onlyB] = [render(8, 0.8, [a]), render(8, 0.8, [b])];
  assert.deepEqual(both, onlyA.map((value, i) => Math.max(value, onlyB[i])));
  assert.ok(render(8, 0.8, []).every((value) => value === 0));
});
