import assert from "node:assert/strict";
import { GLYPHS } from "../../src/data/glyphs.ts";

Deno.test("each digit has two to four shapes, each a chain of whole Béziers in or near its box", () => {
  assert.equal(GLYPHS.length, 10);
  for (const shapes of GLYPHS) {
    assert.ok(shapes.length >= 2 && shapes.length <= 4);
    for (const stroke of shapes.flat()) {
      assert.ok(stroke.length >= 8 && stroke.length % 6 === 2, `${stroke.length} numbers`);
      assert.ok(stroke.every((value) => value >= -10 && value <= 110));
    }
  }
});

Deno.test("lines and quadratics become the cubics that draw the same", () => {
  assert.deepEqual(Array.from(GLYPHS[1][0][0]), [50, 0, 50, 100 / 3, 50, 100 - 100 / 3, 50, 100]); // M50 0 L50 100
  const [flag] = GLYPHS[1][1]; // M28 24 Q44 16 54 0 ...
  const halfway = (k: number) => (flag[k] + 3 * flag[k + 2] + 3 * flag[k + 4] + flag[k + 6]) / 8;
  assert.ok(Math.abs(halfway(0) - (28 + 2 * 44 + 54) / 4) < 1e-12);
  assert.ok(Math.abs(halfway(1) - (24 + 2 * 16 + 0) / 4) < 1e-12);
});
