import assert from "node:assert/strict";
import fc from "fast-check";
import { Pad } from "../../../src/lab/digit/pad.ts";
import {
  onCanvas,
  type Pen,
  PENS,
  pointsTo,
  SIDE,
  type Stroke,
  strokesField,
} from "../../../src/lab/digit/strokes.ts";

const place = fc.double({ min: -50, max: SIDE + 50, noNaN: true });

/** As a hand draws it: from a place to places anywhere. */
const stroke: fc.Arbitrary<Stroke> = fc.record({
  pen: fc.constantFrom(...Object.keys(PENS) as Pen[]),
  places: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 6 }),
}).map(({ pen, places: [[x, y], ...rest] }) => {
  const points = [onCanvas(x), onCanvas(y)];
  for (const [x, y] of rest) points.push(...pointsTo(points, x, y));
  return { pen, points };
});

Deno.test("a link gives the strokes that were drawn, point by point", () => {
  fc.assert(
    fc.property(fc.array(stroke, { maxLength: 5 }), (strokes) => {
      assert.deepEqual(strokesField.read(strokesField.write(strokes)), strokes);
    }),
    { seed: 1 },
  );
});

Deno.test("a stroke is written as its pen, its place and its steps", () => {
  assert.equal(strokesField.write([{ pen: "medium", points: [10, 279, 27, 262, 27, 263] }]), "m0a7ry0hi");
  assert.equal(
    strokesField.write([{ pen: "eraser", points: [0, 0] }, { pen: "thin", points: [1, 1] }]),
    "e0000.t0101",
  );
});

Deno.test("what is no drawing in a link is refused", () => {
  for (
    const text of [
      ".",
      "m",
      "m00",
      "x0000",
      "m0000z",
      "m0000zz",
      "m00000",
      "m7s00",
      "m000000",
      "m0000.",
      "M0000",
    ]
  ) {
    assert.equal(strokesField.read(text), undefined, text);
  }
  assert.equal(strokesField.read("m0000".repeat(3000)), undefined);
});

Deno.test("a drawing that is too long for a link is left out of it", () => {
  const points = Array.from({ length: 20_000 }, (_, i) => i % 4 < 2 ? 5 : 6);
  assert.equal(strokesField.write([{ pen: "thin", points }]), "");
});

Deno.test("a line's points go on in steps of at most 17 and end where it ends, on the canvas", () => {
  assert.deepEqual(pointsTo([0, 0], 51, 17), [17, 6, 34, 11, 51, 17]);
  assert.deepEqual(pointsTo([3, 3, 5, 5], 5.4, 4.6), []);
  assert.deepEqual(pointsTo([270, 5], 900, -90), [279, 0]);
});

Deno.test("a stroke inks what is nearer than the pen's radius, and the eraser takes it away", () => {
  const pad = new Pad();
  pad.draw({ pen: "medium", points: [100, 100, 117, 100, 134, 100] });
  const at = (x: number, y: number) => pad.pixels[y * SIDE + x];
  for (const x of [95, 100, 117, 134, 138]) assert.equal(at(x, 100), 255, `${x}`);
  assert.deepEqual([at(117, 89), at(117, 86), at(117, 113), at(85, 100), at(149, 100)], [255, 0, 0, 0, 0]);
  // On the edge, half way.
  assert.ok(at(117, 111) > 0 && at(117, 112) < 255);
  pad.draw({ pen: "eraser", points: [117, 100] });
  assert.equal(at(117, 100), 0);
  assert.equal(at(95, 100), 255);
});

Deno.test("a pad begins with an image, ten by ten for each of its pixels, or with none", () => {
  const pad = new Pad();
  const image = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
  pad.begin(image);
  for (const [row, column] of [[0, 0], [3, 27], [27, 0], [27, 27]]) {
    for (const inside of [0, 9]) {
      const i = (10 * row + inside) * SIDE + 10 * column + inside;
      assert.equal(pad.pixels[i], image[28 * row + column]);
    }
  }
  pad.begin(null);
  assert.ok(pad.pixels.every((pixel) => pixel === 0));
});

Deno.test("an eraser leaves an empty paper empty, and of ink what it does not touch", () => {
  const pad = new Pad();
  pad.draw({ pen: "eraser", points: [100, 100, 180, 140] });
  assert.ok(pad.pixels.every((ink) => ink === 0));
  pad.draw({ pen: "medium", points: [60, 60] });
  pad.draw({ pen: "medium", points: [200, 200] });
  pad.draw({ pen: "eraser", points: [200, 200] });
  assert.equal(pad.pixels[60 * SIDE + 60], 255);
  assert.equal(pad.pixels[200 * SIDE + 200], 0);
});
