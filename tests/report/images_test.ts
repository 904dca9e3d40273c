import assert from "node:assert/strict";
import { decode } from "fast-png";
import { dataUri, greyPng } from "../../src/report/images/bitmap.ts";
import { filterLimit, filtersPng } from "../../src/report/images/filters_png.ts";
import { mistakePng, mistakesPng } from "../../src/report/images/mistakes_png.ts";
import { readInspection, writeInspection } from "../../src/numpy/inspection_npz.ts";
import { readNpz, writeNpz } from "../../src/numpy/npz.ts";
import type { NpyArray } from "../../src/numpy/npy.ts";
import { sampleInspection } from "./sample_report.ts";

Deno.test("a grey image comes back from its PNG, and from its address, byte for byte", () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => 20 * i);
  const png = greyPng(pixels, { width: 4, height: 3 });
  const { width, height, data } = decode(png);
  assert.deepEqual([width, height, [...data]], [4, 3, [...pixels]]);
  const [kind, base64] = dataUri(png).split(",");
  assert.equal(kind, "data:image/png;base64");
  assert.deepEqual(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)), png);
});

Deno.test("misclassified images stand in a grid, dark on light, below their titles", () => {
  const { mistakes } = sampleInspection();
  const { width, height, data } = decode(mistakesPng(mistakes));
  // Three of 4 x 4 at 3 pixels each, gaps of 16, a title of 24.
  assert.deepEqual([width, height], [3 * (12 + 16) + 16, 12 + 24 + 2 * 16]);
  const at = (x: number, y: number) => [...data.slice(3 * (y * width + x), 3 * (y * width + x) + 3)];
  for (const [image, row, column] of [[0, 0, 0], [1, 2, 3], [2, 3, 1]]) {
    const grey = 255 - mistakes.images.pixels[image * 16 + row * 4 + column];
    assert.deepEqual(at(16 + image * 28 + 3 * column + 1, 16 + 24 + 3 * row + 1), [grey, grey, grey]);
  }
  assert.deepEqual(
    decode(mistakePng(mistakes, 1)).data,
    mistakes.images.pixels.slice(16, 32).map((v) => 255 - v),
  );
  assert.deepEqual(mistakesPng(mistakes), mistakesPng(mistakes));
});

Deno.test("weights are white at 0, orange above and blue below, on one scale", () => {
  const weights = Float32Array.of(0, 1, -1, 0.5, -0.5, 0);
  const { width, data } = decode(filtersPng({ weights, rows: 1, columns: 6, across: 10, scale: 1 }));
  assert.equal(width, 6 + 2 * 2);
  const pixel = (i: number) => [...data.slice(3 * (2 * width + 2 + i), 3 * (2 * width + 2 + i) + 3)];
  assert.deepEqual(pixel(0), [255, 255, 255]);
  assert.ok(pixel(1)[0] > pixel(1)[2] + 100, "orange");
  assert.ok(pixel(2)[2] > pixel(2)[0] + 100, "blue");
  assert.equal(filterLimit(Float32Array.of(0, 0)), 1);
});

Deno.test("inspection.npz comes back as it was written, and one that is not whole is refused", () => {
  const inspection = sampleInspection();
  assert.deepEqual(readInspection(writeInspection(inspection)), inspection);
  const { mistakes, ...rest } = inspection;
  const none = {
    ...rest,
    mistakes: {
      indices: new Uint32Array(),
      labels: new Uint8Array(),
      predictions: new Uint8Array(),
      probabilities: new Float32Array(),
      images: { ...mistakes.images, count: 0, pixels: new Uint8Array() },
    },
  };
  assert.deepEqual(readInspection(writeInspection(none)), none);
  assert.throws(() => readInspection(writeNpz({ index: { shape: [1], data: Uint32Array.of(1) } })), {
    name: "SyntaxError",
    message: "Cannot read inspection.npz: image must be an array of Uint8Array, found none",
  });
});

Deno.test("arrays of inspection.npz that do not fit each other are refused, and never become undefined", () => {
  const good = readNpz(writeInspection(sampleInspection()));
  const refused = (name: string, array: NpyArray, message: string) =>
    assert.throws(() => readInspection(writeNpz({ ...good, [name]: array })), {
      name: "SyntaxError",
      message: `Cannot read inspection.npz: ${message}`,
    });
  const { shape: [count, classes], data } = good.probability;
  refused("units", { shape: [0], data: new Uint32Array() }, "units must be of shape (), found (0)");
  refused(
    "image",
    { shape: [], data: Uint8Array.of(1) },
    "image must be of shape (images, rows, columns), found ()",
  );
  refused(
    "probability",
    { shape: [count, 1], data: data.slice(0, count) },
    `probability must have ${
      1 + Math.max(...[good.label, good.predicted].flatMap(({ data }) => [...data].map(Number)))
    } classes or more, found 1`,
  );
  refused(
    "probability",
    { shape: [count * classes], data },
    `probability must be of shape (${count}, classes), found (${count * classes})`,
  );
  refused(
    "label",
    { shape: [count, 1], data: good.label.data },
    `label must be of shape (${count}), found (${count}, 1)`,
  );
  refused(
    "units",
    { shape: [], data: Uint32Array.of(0) },
    `unit must be below units, 0, found ${good.unit.data[0]}`,
  );
});
