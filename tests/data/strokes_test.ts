import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { countNonZero } from "../../src/data/sparse.ts";
import { DATASETS } from "../../src/data/catalogue.ts";
import { generateStrokes } from "../../src/data/strokes.ts";

Deno.test("the embedded data set is the same bytes everywhere: Deno, Node 20 and Bun gave these hashes", () => {
  const hashes = Object.fromEntries(
    Object.entries(generateStrokes()).map((
      [key, file],
    ) => [key, createHash("sha256").update(file).digest("hex")]),
  );
  assert.deepEqual({ version: DATASETS.strokes.source.version, ...hashes }, {
    version: 1,
    train_images: "cbd24a89ef1d753ca7bcf23e22aec06e1b05624d37c4270cf484401c36f28fdd",
    train_labels: "349c14adf0251d56481e31c5f24c88edaf01b9af51cafcd83189b163af9d6913",
    test_images: "d97df15804a2c51f8901aec0d91e43c4c93cfa68a385dfd63fe397f7f77cf148",
    test_labels: "188b6639fcc48514dfa730e3c1bbdc53ea3a8b98880350f97eab570f3557d28c",
  });
});

Deno.test("the embedded data set has MNIST's form: 28 x 28, ten classes, about 80 % zeros, full blacks and whites", () => {
  const files = generateStrokes();
  for (const [part, count] of [["train", 6000], ["test", 1000]] as const) {
    const images = parseIdxImages(files[`${part}_images`]);
    const labels = parseIdxLabels(files[`${part}_labels`]);
    assert.deepEqual([images.count, images.rows, images.columns, labels.length], [count, 28, 28, count]);
    for (let digit = 0; digit < 10; digit++) {
      assert.equal(labels.filter((label) => label === digit).length, count / 10, `how many ${digit}`);
    }
    const share = countNonZero(images.pixels) / images.pixels.length;
    assert.ok(share > 0.17 && share < 0.23);
    assert.ok(images.pixels.includes(254) && images.pixels.includes(1));
    for (let i = 0; i < count; i++) {
      const ink = countNonZero(images.pixels.subarray(784 * i, 784 * (i + 1))) / 784;
      assert.ok(ink > 0.05 && ink < 0.45, `image ${i} of ${part} is ${ink} ink`);
    }
  }
});

Deno.test("no picture comes twice, in a part or across the parts", () => {
  const files = generateStrokes();
  const seen = new Set<string>();
  for (const { pixels, count } of [parseIdxImages(files.train_images), parseIdxImages(files.test_images)]) {
    for (let i = 0; i < count; i++) {
      seen.add(createHash("sha256").update(pixels.subarray(784 * i, 784 * (i + 1))).digest("hex"));
    }
  }
  assert.equal(seen.size, 7000);
});

Deno.test("the first pictures of a part are the same however many are asked for", () => {
  const [few, many] = [generateStrokes({ train: 23, test: 1 }), generateStrokes({ train: 40, test: 12 })];
  assert.equal(parseIdxImages(few.train_images).count, 23);
  assert.deepEqual(few.train_images.subarray(16), many.train_images.subarray(16, 16 + 23 * 784));
  assert.deepEqual(few.train_labels.subarray(8), many.train_labels.subarray(8, 8 + 23));
  assert.deepEqual(few.test_images.subarray(16), many.test_images.subarray(16, 16 + 784));
});

Deno.test("generateStrokes() refuses a number of pictures that is none", () => {
  for (const count of [0, -1, 1.5, NaN]) {
    for (const part of ["train", "test"]) {
      assert.throws(() => generateStrokes({ train: 1, test: 1, [part]: count }), {
        name: "RangeError",
        message: `Cannot draw digits: the number of pictures must be a positive integer, found ${count}`,
      });
    }
  }
});
