import assert from "node:assert/strict";
import { buildDataset, type LabelledImages } from "../../src/data/dataset.ts";
import { assertToldInBoth } from "./files/told_in_japanese.ts";

/** `labels.length` images of 2 x 2; each pixel of the first `dense` ones is the image's number + 1, the others are empty. */
function images(labels: number[], dense = labels.length, [rows, columns] = [2, 2]): LabelledImages {
  const size = rows * columns;
  const pixels = new Uint8Array(labels.length * size);
  for (let i = 0; i < dense * size; i++) pixels[i] = Math.floor(i / size) + 1;
  return { images: { count: labels.length, rows, columns, pixels }, labels: Uint8Array.from(labels) };
}

Deno.test("both parts are stored dense where half of the training pixels or more are not zero", () => {
  const dataset = buildDataset({ train: images([0, 1, 2, 0], 2), test: images([1, 2, 0], 1) });
  assert.deepEqual(dataset, {
    features: 4,
    classes: 3,
    rows: 2,
    columns: 2,
    train: {
      storage: "dense",
      count: 4,
      labels: Uint8Array.of(0, 1, 2, 0),
      pixels: Uint8Array.of(1, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    },
    test: {
      storage: "dense",
      count: 3,
      labels: Uint8Array.of(1, 2, 0),
      pixels: Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    },
  });
});

Deno.test("both parts are stored sparse where less than half of the training pixels are not zero", () => {
  const { train, test } = buildDataset({ train: images([0, 1, 2], 1), test: images([1, 2]) });
  assert.deepEqual(train, {
    storage: "sparse",
    count: 3,
    labels: Uint8Array.of(0, 1, 2),
    rowStarts: Uint32Array.of(0, 4, 4, 4),
    columns: Uint16Array.of(0, 1, 2, 3),
    values: Uint8Array.of(1, 1, 1, 1),
  });
  assert.equal(test.storage, "sparse");
});

Deno.test("there are at least two classes", () => {
  assert.equal(buildDataset({ train: images([0, 0]), test: images([1]) }).classes, 2);
});

Deno.test("rows too wide for sparse storage are stored dense", () => {
  const { train } = buildDataset({
    train: images([0, 1], 0, [257, 256]),
    test: images([0], 0, [257, 256]),
  });
  assert.equal(train.storage, "dense");
});

Deno.test("buildDataset() refuses parts that do not fit together", () => {
  const good = images([0, 1, 2]);
  const refusals: [Partial<Parameters<typeof buildDataset>[0]>, string][] = [
    [
      { train: { ...good, labels: new Uint8Array(2) } },
      "there must be a label for each of the 3 training images, found 2 labels",
    ],
    [
      { test: { ...good, labels: new Uint8Array(4) } },
      "there must be a label for each of the 3 test images, found 4 labels",
    ],
    [{ test: images([0], 1, [4, 1]) }, "test images must be 2 x 2 as the training images are, found 4 x 1"],
    [
      { test: images([2, 1, 3, 4]) },
      "test labels must be at most 2, as the training labels are, found 3 at row 2",
    ],
  ];
  for (const [change, message] of refusals) {
    assert.throws(() => buildDataset({ train: good, test: good, ...change }), (error: Error) => {
      assert.equal(error.message, `Cannot build the data set: ${message}`);
      assertToldInBoth(error);
      return true;
    });
  }
});
