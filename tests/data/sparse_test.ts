import assert from "node:assert/strict";
import fc from "fast-check";
import { type CompressedRows, countNonZero, toSparseRows } from "../../src/data/sparse.ts";

function toDense({ count, features, rowStarts, columns, values }: CompressedRows): Uint8Array {
  const dense = new Uint8Array(count * features);
  for (let row = 0; row < count; row++) {
    for (let k = rowStarts[row]; k < rowStarts[row + 1]; k++) dense[row * features + columns[k]] = values[k];
  }
  return dense;
}

Deno.test("sparse rows of a small example are as written by hand", () => {
  const pixels = Uint8Array.of(0, 5, 0, 255, 0, 0, 0, 0, 1, 2, 3, 4);
  assert.deepEqual(toSparseRows(pixels, { count: 3, features: 4 }), {
    count: 3,
    features: 4,
    rowStarts: Uint32Array.of(0, 2, 2, 6),
    columns: Uint16Array.of(1, 3, 0, 1, 2, 3),
    values: Uint8Array.of(5, 255, 1, 2, 3, 4),
  });
});

Deno.test("nothing is lost for any width, place in memory and share of zeros, and zeros and order are kept out and in", () => {
  fc.assert(
    fc.property(
      fc.nat(5),
      fc.integer({ min: 1, max: 33 }),
      fc.nat(7),
      fc.nat(100),
      fc.infiniteStream(fc.nat(25_599)),
      (count, features, offset, zeros, stream) => {
        const buffer = new Uint8Array(offset + count * features + 3).fill(9);
        const pixels = buffer.subarray(offset, offset + count * features);
        for (let i = 0; i < pixels.length; i++) {
          const value: number = stream.next().value ?? 0;
          pixels[i] = value % 100 < zeros ? 0 : value / 100;
        }
        const sparse = toSparseRows(pixels, { count, features });
        assert.deepEqual(toDense(sparse), pixels.slice());
        assert.equal(sparse.values.length, pixels.filter((value) => value !== 0).length);
        assert.equal(sparse.columns.length, sparse.values.length);
        assert.equal(sparse.rowStarts[count], sparse.values.length);
        for (let row = 0; row < count; row++) {
          const columns = sparse.columns.subarray(sparse.rowStarts[row], sparse.rowStarts[row + 1]);
          assert.ok(columns.every((column, i) => i === 0 || column > columns[i - 1]), "columns ascend");
        }
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("the last column of the widest row is kept", () => {
  const pixels = new Uint8Array(2 * 65_536);
  pixels[65_535] = 3;
  pixels[65_536] = 4;
  const { columns, values } = toSparseRows(pixels, { count: 2, features: 65_536 });
  assert.deepEqual(Array.from(columns), [65_535, 0]);
  assert.deepEqual(Array.from(values), [3, 4]);
});

Deno.test("countNonZero() counts the bytes that are not 0", () => {
  assert.equal(countNonZero(new Uint8Array(0)), 0);
  assert.equal(countNonZero(new Uint8Array(7)), 0);
  assert.equal(countNonZero(Uint8Array.of(1, 0, 255, 0, 0)), 2);
  assert.equal(countNonZero(new Uint8Array(9).fill(128)), 9);
});

Deno.test("toSparseRows() refuses rows that are too wide or of another number", () => {
  assert.throws(() => toSparseRows(new Uint8Array(65_537), { count: 1, features: 65_537 }), {
    name: "RangeError",
    message: "Cannot make sparse rows: features must be at most 65536, found 65537",
  });
  assert.throws(() => toSparseRows(new Uint8Array(11), { count: 3, features: 4 }), {
    name: "TypeError",
    message: "Cannot make sparse rows: pixels must be 3 x 4 bytes, found 11",
  });
});
