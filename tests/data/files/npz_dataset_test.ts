import assert from "node:assert/strict";
import { npzDataset } from "../../../src/data/files/npz_dataset.ts";
import type { NpyArray } from "../../../src/numpy/npy.ts";
import { writeNpz } from "../../../src/numpy/npz.ts";
import { assertToldInBoth } from "./told_in_japanese.ts";

const SPLIT = { share: 0.5, seed: 0 };
const X: NpyArray = { shape: [4, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8.5) };
const y: NpyArray = { shape: [4], data: BigInt64Array.of(5n, 7n, 5n, 7n) };
const images: NpyArray = { shape: [4, 2, 1], data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) };

Deno.test("X and y are split; the numbers are float32, labels of any integers", () => {
  const { dataset, classNames } = npzDataset(writeNpz({ X, y }), { split: SPLIT });
  assert.deepEqual(classNames, ["5", "7"]);
  assert.deepEqual([dataset.features, dataset.train.count, dataset.test.count], [2, 2, 2]);
  assert.ok(dataset.train.storage === "real" && dataset.test.storage === "real");
  // RandomState(0).permutation(4) is 2, 3, 1, 0.
  assert.deepEqual([...dataset.test.numbers, ...dataset.train.numbers], [5, 6, 7, 8.5, 3, 4, 1, 2]);
});

Deno.test("arrays as Keras calls them are the parts, images by the key image", () => {
  const { dataset } = npzDataset(
    writeNpz({ x_train: images, y_train: y, x_test: images, y_test: { ...y, shape: [4, 1] } }),
    { split: SPLIT, image: { rows: 2, columns: 1 } },
  );
  assert.deepEqual([dataset.rows, dataset.columns, dataset.train.count], [2, 1, 4]);
  assert.ok(dataset.train.storage === "dense");
  assert.deepEqual([...dataset.train.pixels], [1, 2, 3, 4, 5, 6, 7, 8]);
});

for (
  const [what, arrays, image, message] of [
    ["other names", { a: X }, undefined, /must have X and y.*found a/],
    ["images without the key", { X: images, y }, undefined, /write image: 2x1/],
    [
      "images of another size",
      { X: images, y },
      { rows: 1, columns: 2 },
      /image must be 2x1 as X is, found 1x2/,
    ],
    [
      "too few labels",
      { X, y: { shape: [3], data: Uint8Array.of(0, 1, 0) } },
      undefined,
      /y must be of shape \(4\).*found \(3\)/,
    ],
    [
      "labels with fractions",
      { X, y: { shape: [4], data: Float32Array.of(0, 1, 0.5, 1) } },
      undefined,
      /whole numbers, found 0\.5 at y\[2\]/,
    ],
    [
      "a number that is none",
      { X: { shape: [4, 1], data: Float32Array.of(0, NaN, 1, 2) }, y },
      undefined,
      /finite in float32, found NaN \(X\[1\]/,
    ],
    [
      "pixels with fractions",
      { X, y },
      { rows: 2, columns: 1 },
      /whole numbers from 0 to 255, found 8\.5 \(X\[3\], pixel 1\)/,
    ],
    [
      "a test part beside what is split",
      { X, y, X_test: X, y_test: y },
      undefined,
      /must have X_test and y_test beside X_train and y_train, found them beside X and y/,
    ],
    ["one dimension", { X: y, y }, undefined, /\(n, features\) or \(n, rows, columns\), found \(4\)/],
  ] as const
) {
  Deno.test(`${what} in an .npz: refused, with the array's name`, () => {
    assert.throws(() => npzDataset(writeNpz(arrays), { split: SPLIT, image }), (error: Error) => {
      assert.match(error.message, message);
      assertToldInBoth(error);
      return true;
    });
  });
}

Deno.test("an array whose bytes have changed since it was packed is refused, by the zip's checksum", () => {
  const bytes = writeNpz({ X, y });
  npzDataset(bytes, { split: SPLIT });
  // The 7.0 of X becomes another number, which nothing but its checksum shows.
  const seven = new Uint8Array(Float64Array.of(7).buffer);
  const at = bytes.findIndex((_, i) => seven.every((byte, j) => bytes[i + j] === byte));
  bytes[at + 6] ^= 1;
  assert.throws(() => npzDataset(bytes, { split: SPLIT }), {
    name: "SyntaxError",
    message: /the checksum of X\.npy is another: it is damaged/,
  });
});
