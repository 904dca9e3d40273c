import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeIdxImages, encodeIdxLabels, parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { assertToldInBoth } from "./files/told_in_japanese.ts";

/** Two images of 2 x 3, written by hand from the format's description. */
const IMAGES = Uint8Array.of(
  0,
  0,
  8,
  3,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  3,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12,
);
const LABELS = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9);

Deno.test("IDX images are read from bytes written by hand, as a view", () => {
  const file = new Uint8Array(40);
  file.set(IMAGES, 5);
  const images = parseIdxImages(file.subarray(5, 5 + IMAGES.length));
  assert.equal(images.count, 2);
  assert.equal(images.rows, 2);
  assert.equal(images.columns, 3);
  assert.deepEqual(Array.from(images.pixels), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  assert.equal(images.pixels.buffer, file.buffer);
});

Deno.test("IDX labels are read from bytes written by hand", () => {
  assert.deepEqual(Array.from(parseIdxLabels(LABELS)), [7, 0, 9]);
});

Deno.test("IDX files are written as by hand", () => {
  assert.deepEqual(encodeIdxImages({ count: 2, rows: 2, columns: 3, pixels: IMAGES.subarray(16) }), IMAGES);
  assert.deepEqual(encodeIdxLabels(Uint8Array.of(7, 0, 9)), LABELS);
});

Deno.test("what is written is read back the same", () => {
  const size = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(size, size, size, fc.infiniteStream(fc.nat(255)), (count, rows, columns, bytes) => {
      const pixels = Uint8Array.from(bytes.take(count * rows * columns));
      assert.deepEqual(parseIdxImages(encodeIdxImages({ count, rows, columns, pixels })), {
        count,
        rows,
        columns,
        pixels,
      });
      assert.deepEqual(parseIdxLabels(encodeIdxLabels(pixels)), pixels);
    }),
    { seed: 1, numRuns: 50 },
  );
});

function changed(file: Uint8Array, at: number, ...bytes: number[]): Uint8Array {
  const copy = file.slice();
  copy.set(bytes, at);
  return copy;
}

const WRONG: [what: string, file: Uint8Array, message: string][] = [
  ["an empty file", new Uint8Array(0), "the file must begin with a header of 16 bytes, found 0 bytes"],
  ["a cut header", IMAGES.subarray(0, 15), "the file must begin with a header of 16 bytes, found 15 bytes"],
  [
    "labels for images",
    encodeIdxLabels(new Uint8Array(30)),
    "the file must begin with 0x00000803 (unsigned bytes, dimensions: 3), " +
    "found 0x00000801 (unsigned bytes, dimensions: 1)",
  ],
  [
    "another type",
    changed(IMAGES, 2, 0x0d),
    "the file must begin with 0x00000803 (unsigned bytes, dimensions: 3), found 0x00000d03 (float32, dimensions: 3)",
  ],
  [
    "a packed file",
    changed(IMAGES, 0, 0x1f, 0x8b, 8, 8),
    "the file must begin with 0x00000803 (unsigned bytes, dimensions: 3), " +
    "found 0x1f8b0808 (a gzip file, to be unpacked first)",
  ],
  [
    "a web page",
    new TextEncoder().encode("<!DOCTYPE html><html>"),
    "the file must begin with 0x00000803 (unsigned bytes, dimensions: 3), found 0x3c21444f (not an IDX file)",
  ],
  ["a missing byte", IMAGES.subarray(0, 27), "a file of 2 x 2 x 3 must be 28 bytes, found 27"],
  ["a byte too many", Uint8Array.of(...IMAGES, 0), "a file of 2 x 2 x 3 must be 28 bytes, found 29"],
  [
    "dimensions beyond any file",
    changed(IMAGES, 4, ...new Array(12).fill(255)),
    "a file of 4294967295 x 4294967295 x 4294967295 must be 7.9228162458924105e+28 bytes, found 28",
  ],
];

for (const [what, file, message] of WRONG) {
  Deno.test(`reading IDX images refuses ${what} and says what was found`, () => {
    assert.throws(() => parseIdxImages(file), (error: Error) => {
      assert.equal(error.message, `Cannot read IDX images: ${message}`);
      assertToldInBoth(error);
      return true;
    });
  });
}

Deno.test("reading IDX images refuses a dimension of 0, each by its name", () => {
  ["count", "rows", "columns"].forEach((name, i) => {
    assert.throws(() => parseIdxImages(changed(IMAGES, 4 + 4 * i, 0, 0, 0, 0)), (error: Error) => {
      assert.equal(error.message, `Cannot read IDX images: ${name} must be at least 1, found 0`);
      assertToldInBoth(error);
      return true;
    });
  });
});

Deno.test("reading IDX labels refuses images and a wrong length", () => {
  assert.throws(() => parseIdxLabels(IMAGES), {
    name: "SyntaxError",
    message: "Cannot read IDX labels: the file must begin with 0x00000801 (unsigned bytes, dimensions: 1), " +
      "found 0x00000803 (unsigned bytes, dimensions: 3)",
  });
  assert.throws(() => parseIdxLabels(LABELS.subarray(0, 10)), {
    name: "SyntaxError",
    message: "Cannot read IDX labels: a file of 3 must be 11 bytes, found 10",
  });
});

Deno.test("writing IDX images refuses pixels of another number", () => {
  assert.throws(() => encodeIdxImages({ count: 2, rows: 2, columns: 3, pixels: new Uint8Array(11) }), {
    name: "TypeError",
    message: "Cannot write IDX images: pixels must be 2 x 2 x 3 bytes, found 11",
  });
});
