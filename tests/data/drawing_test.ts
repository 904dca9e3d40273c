import assert from "node:assert/strict";
import { centreDigit, shrinkPicture } from "../../src/data/drawing.ts";
import { readInspection } from "../../src/numpy/inspection_npz.ts";
import { readNpz } from "../../src/numpy/npz.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

/** A picture with every pixel `times` x `times` as large. */
function enlarge(pixels: Uint8Array, { side, times }: { side: number; times: number }) {
  const large = side * times;
  return {
    rows: large,
    columns: large,
    pixels: Uint8Array.from({ length: large * large }, (_, i) => {
      const [row, column] = [Math.floor(i / large), i % large];
      return pixels[Math.floor(row / times) * side + Math.floor(column / times)];
    }),
  };
}

Deno.test("centreDigit() makes of pictures what the same preprocessing makes of them in NumPy", async () => {
  const { picture, digit } = readNpz(await Deno.readFile(new URL("drawing.npz", FIXTURES)));
  const [count, rows, columns] = picture.shape;
  assert.equal(count, 14);
  for (let i = 0; i < count; i++) {
    const pixels = Uint8Array.from(
      picture.data.slice(i * rows * columns, (i + 1) * rows * columns) as Uint8Array,
    );
    assert.deepEqual(
      centreDigit({ rows, columns, pixels }),
      digit.data.slice(i * 784, (i + 1) * 784),
      `picture ${i}`,
    );
  }
});

Deno.test("an image of MNIST, drawn four times as large, comes out of centreDigit() and of shrinkPicture() as it was", async () => {
  const file = new URL("../../results/reference/digits/runs/0-0/inspection.npz", import.meta.url);
  const { judged: { images: { count, pixels } } } = readInspection(await Deno.readFile(file));
  assert.ok(count > 100);
  for (let i = 0; i < count; i++) {
    const image = pixels.slice(784 * i, 784 * (i + 1));
    const drawn = enlarge(image, { side: 28, times: 4 });
    assert.deepEqual(centreDigit(drawn), image, `image ${i}`);
    assert.deepEqual(shrinkPicture(drawn), image, `image ${i}`);
  }
});

Deno.test("where a drawing lies and how large it is changes nothing of its digit", () => {
  const ring = (size: number, top: number, left: number) => {
    const pixels = new Uint8Array(280 * 280);
    for (let r = 0; r < size; r++) {
      for (let c = 0; c < size; c++) {
        const edge = Math.min(r, c, size - 1 - r, size - 1 - c);
        if (edge < size / 10) pixels[(top + r) * 280 + left + c] = 255;
      }
    }
    return centreDigit({ rows: 280, columns: 280, pixels });
  };
  const digit = ring(200, 40, 40);
  assert.ok(digit.some((pixel) => pixel === 255));
  assert.deepEqual(ring(200, 0, 80), digit);
  assert.deepEqual(ring(60, 200, 10), digit);
});

Deno.test("a drawing without ink, or of two specks far from each other, gives an image without ink", () => {
  for (const specks of [[], [0, 89_999]]) {
    const pixels = new Uint8Array(300 * 300);
    for (const speck of specks) pixels[speck] = 1;
    assert.deepEqual(centreDigit({ rows: 300, columns: 300, pixels }), new Uint8Array(784));
  }
});
