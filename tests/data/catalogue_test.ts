import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { CATALOGUE } from "../../src/data/catalogue.ts";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { density } from "../../src/data/sparse.ts";

const FOLDER = new URL("../../../shared/data/mnist/", import.meta.url);
const missing = !existsSync(FOLDER);
const note = missing ? " (skipped: no ../shared/data/mnist here)" : "";

for (const [key, file] of Object.entries(CATALOGUE.mnist.files)) {
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
        assert.equal(density(pixels).toFixed(2), "0.19");
      }
    },
  });
}

Deno.test("every mirror's address takes a file's name behind it and is encrypted", () => {
  for (const { mirrors, files } of Object.values(CATALOGUE)) {
    assert.ok(mirrors.length >= 2);
    for (const mirror of mirrors) assert.match(mirror, /^https:\/\/.+\/$/);
    for (const { name, bytes, sha256, count } of Object.values(files)) {
      assert.match(name, /\.gz$/);
      assert.match(sha256, /^[0-9a-f]{64}$/);
      assert.ok(bytes > count);
    }
  }
});
