import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { datasetFacts, DATASETS } from "../../src/data/catalogue.ts";
import type { NamedDataset } from "../../src/data/named_dataset.ts";
import { parseDataset } from "../../src/data/dataset.ts";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { countNonZero } from "../../src/data/sparse.ts";

const FOLDER = new URL("../../../shared/data/mnist/", import.meta.url);
const missing = !existsSync(FOLDER);
const note = missing ? " (skipped: no ../shared/data/mnist here)" : "";

for (const [key, file] of Object.entries(DATASETS.mnist.source.files)) {
  Deno.test({
    name: `the real MNIST file ${file.name} is what the catalogue says${note}`,
    ignore: missing,
    fn: () => {
      const bytes = new Uint8Array(gunzipSync(readFileSync(new URL(file.name, FOLDER))));
      assert.equal(bytes.length, file.bytes);
      assert.equal(createHash("sha256").update(bytes).digest("hex"), file.sha256);
      if (key.endsWith("labels")) {
        const labels = parseIdxLabels(bytes);
        assert.equal(labels.length, file.count);
        assert.deepEqual([...new Set(labels)].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      } else {
        const { count, rows, columns, pixels } = parseIdxImages(bytes);
        assert.deepEqual({ count, rows, columns }, { count: file.count, rows: 28, columns: 28 });
        assert.equal((countNonZero(pixels) / pixels.length).toFixed(2), "0.19");
      }
    },
  });
}

const sources: NamedDataset["source"][] = Object.values(DATASETS).map(({ source }) => source);

Deno.test("every mirror's address takes a file's name behind it and is encrypted", () => {
  const downloaded = sources.filter((source) => "files" in source);
  assert.ok(downloaded.length > 0);
  for (const { mirrors, files } of downloaded) {
    assert.ok(
      mirrors.length >= 2,
      `there must be two mirrors or more, so that one may be down, found ${mirrors}`,
    );
    for (const mirror of mirrors) assert.match(mirror, /^https:\/\/.+\/$/);
    for (const { name, bytes, sha256, count } of Object.values(files)) {
      assert.match(name, /\.gz$/);
      assert.match(sha256, /^[0-9a-f]{64}$/);
      assert.ok(bytes > count);
    }
  }
});

Deno.test("what is known by the MD5 of what is downloaded has an address, MD5 of 32 digits, and names of its own", () => {
  const packed = sources.filter((source) => "packed" in source);
  assert.equal(packed.length, 4);
  for (const { mirrors, packed: files, md5 } of packed) {
    for (const mirror of mirrors) assert.match(mirror, /^https?:\/\/.+\/$/);
    assert.ok(mirrors.some((mirror) => mirror.startsWith("https:")));
    const hashes = "archive" in md5 ? [md5.md5] : Object.values(md5);
    for (const hash of hashes) assert.match(hash, /^[0-9a-f]{32}$/);
    assert.equal(new Set(hashes).size, hashes.length);
    assert.equal(new Set(Object.values(files).map(({ name }) => name)).size, 4);
  }
});

Deno.test("classes that have names have as many as there are, in both languages, each its own", () => {
  for (const { classNames, classes } of Object.values<NamedDataset>(DATASETS)) {
    for (const names of Object.values(classNames ?? {})) {
      assert.equal(names.length, classes);
      assert.equal(new Set(names).size, classes);
    }
  }
});

for (const [name, { source, counts, classes, features }] of Object.entries<NamedDataset>(DATASETS)) {
  Deno.test(`${name} has as many images, classes and pixels as its descriptor says`, async () => {
    if (!("generate" in source)) {
      const files = "files" in source ? source.files : source.packed;
      const { train_images, train_labels, test_images, test_labels } = files;
      assert.deepEqual([train_images.count, train_labels.count], [counts.train, counts.train]);
      assert.deepEqual([test_images.count, test_labels.count], [counts.test, counts.test]);
      const size = features.rows * features.columns;
      assert.deepEqual(
        [train_images.bytes, test_images.bytes],
        [counts.train * size + 16, counts.test * size + 16],
      );
      return;
    }
    const dataset = parseDataset(await source.generate());
    assert.deepEqual({ train: dataset.train.count, test: dataset.test.count }, counts);
    assert.equal(dataset.classes, classes);
    assert.deepEqual({ rows: dataset.rows, columns: dataset.columns }, features);
  });
}

Deno.test("what was published of a data set is an error from 0 to 1 of a network that has a name in both languages", () => {
  for (const { published } of Object.values(DATASETS)) {
    for (const { network, error } of published?.results ?? []) {
      assert.ok(network.en !== "" && network.ja !== "" && error > 0 && error < 1);
    }
  }
});

Deno.test("a config says the size of its images by the data set's name, by image or by size, or not at all", () => {
  const size = { rows: 8, columns: 6 };
  const facts = [
    datasetFacts("mnist"),
    datasetFacts({ csv: { image: "8x6" } }),
    datasetFacts({ npz: { image: "8x6" } }),
    datasetFacts({ folder: { size: "8x6" } }),
    datasetFacts({ folder: {} }),
    datasetFacts({ idx: {} }),
    datasetFacts({ csv: {} }),
  ];
  assert.deepEqual(facts.map(({ size }) => size), [
    { rows: 28, columns: 28 },
    size,
    size,
    size,
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(facts.map(({ kind }) => kind), [...new Array(6).fill("images"), "rows"]);
});
