import assert from "node:assert/strict";
import type { Dataset } from "../../src/data/dataset.ts";
import { DATASET_ALIGNMENT, decodeDataset, encodeDataset } from "../../src/data/dataset_codec.ts";

const DATASET: Dataset = {
  features: 6,
  classes: 10,
  rows: 2,
  columns: 3,
  train: {
    storage: "sparse",
    count: 3,
    labels: Uint8Array.of(9, 0, 4),
    rowStarts: Uint32Array.of(0, 2, 2, 5),
    columns: Uint16Array.of(1, 5, 0, 2, 4),
    values: Uint8Array.of(7, 255, 1, 2, 3),
  },
  test: {
    storage: "dense",
    count: 2,
    labels: Uint8Array.of(1, 2),
    pixels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
  },
};

Deno.test("a data set comes back from its artifact, views that copy nothing", () => {
  const bytes = encodeDataset(DATASET);
  const decoded = decodeDataset(bytes.buffer);
  assert.deepEqual(decoded, DATASET);
  assert.ok(decoded.train.storage === "sparse" && decoded.test.storage === "dense");
  for (
    const array of [
      decoded.train.rowStarts,
      decoded.train.columns,
      decoded.train.values,
      decoded.train.labels,
    ]
  ) {
    assert.equal(array.buffer, bytes.buffer);
  }
  decoded.test.pixels[0] = 99;
  assert.equal(bytes[decoded.test.pixels.byteOffset], 99);
});

Deno.test("a data set of real numbers comes back from its artifact, its numbers a view as pixels are", () => {
  const part = (numbers: number[]) => ({
    storage: "real" as const,
    count: numbers.length / 2,
    labels: Uint8Array.from({ length: numbers.length / 2 }, (_, i) => i % 2),
    numbers: Float32Array.from(numbers),
  });
  const points: Dataset = {
    features: 2,
    classes: 2,
    rows: 1,
    columns: 2,
    train: part([0.1, -0.2, -0, 1e-40]),
    test: part([3e38, 7]),
  };
  const bytes = encodeDataset(points);
  const decoded = decodeDataset(bytes.buffer);
  assert.deepEqual(decoded, points);
  assert.ok(decoded.train.storage === "real");
  assert.equal(decoded.train.numbers.buffer, bytes.buffer);
  assert.equal(decoded.train.numbers.byteOffset % DATASET_ALIGNMENT, 0);
});

Deno.test("a data set is read in a shared memory, at an offset, with each array at a multiple of 64", () => {
  const bytes = encodeDataset(DATASET);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  new Uint8Array(memory.buffer).fill(0xee).set(bytes, 4096 + 64);
  const { train, test } = decodeDataset(memory.buffer, 4096 + 64);
  assert.deepEqual({ train, test }, { train: DATASET.train, test: DATASET.test });
  assert.ok(train.storage === "sparse" && test.storage === "dense");
  for (
    const array of [train.rowStarts, train.columns, train.values, train.labels, test.pixels, test.labels]
  ) {
    assert.equal(array.buffer, memory.buffer);
    assert.equal(array.byteOffset % DATASET_ALIGNMENT, 0);
    assert.ok(array.byteOffset >= 4096 + 64 + 2048);
  }
});

Deno.test("the header says in JSON where each array lies, for any other reader", () => {
  const bytes = encodeDataset(DATASET);
  const text = new TextDecoder().decode(bytes.subarray(0, 2048));
  assert.match(text, /^\{"magic":"dataset","version":1,.*\} +\n$/);
  const header = JSON.parse(text);
  assert.deepEqual(Object.keys(header.train.arrays), ["row_starts", "columns", "values", "labels"]);
  assert.deepEqual(Object.keys(header.test.arrays), ["pixels", "labels"]);
  const view = new DataView(bytes.buffer);
  const read = ({ dtype, offset, length }: { dtype: string; offset: number; length: number }) =>
    Array.from({ length }, (_, i) => {
      if (dtype === "uint32") return view.getUint32(offset + 4 * i, true);
      return dtype === "uint16" ? view.getUint16(offset + 2 * i, true) : view.getUint8(offset + i);
    });
  assert.deepEqual(read(header.train.arrays.row_starts), [0, 2, 2, 5]);
  assert.deepEqual(read(header.train.arrays.columns), [1, 5, 0, 2, 4]);
  assert.deepEqual(read(header.train.arrays.values), [7, 255, 1, 2, 3]);
  assert.deepEqual(read(header.test.arrays.labels), [1, 2]);
  assert.equal(bytes.length % DATASET_ALIGNMENT, 0);
});

Deno.test("the same data set gives the same bytes, whatever memory it was in", () => {
  const elsewhere = decodeDataset(encodeDataset(DATASET).buffer);
  assert.deepEqual(encodeDataset(elsewhere), encodeDataset(DATASET));
});

Deno.test("a part of empty images is kept", () => {
  const empty: Dataset = {
    ...DATASET,
    train: {
      storage: "sparse",
      count: 1,
      labels: Uint8Array.of(0),
      rowStarts: new Uint32Array(2),
      columns: new Uint16Array(0),
      values: new Uint8Array(0),
    },
  };
  assert.deepEqual(decodeDataset(encodeDataset(empty).buffer), empty);
});

Deno.test("decodeDataset() refuses an offset that is not aligned", () => {
  for (const offset of [1, 32, -64, 0.5, NaN]) {
    assert.throws(() => decodeDataset(encodeDataset(DATASET).buffer, offset), {
      name: "RangeError",
      message: `Cannot decode the data set: byteOffset must be a multiple of 64, found ${offset}`,
    });
  }
});

Deno.test("decodeDataset() refuses what is no data set, another version, and one that is cut", () => {
  for (
    const buffer of [new ArrayBuffer(0), new ArrayBuffer(4096), new TextEncoder().encode("hello").buffer]
  ) {
    assert.throws(() => decodeDataset(buffer), {
      name: "SyntaxError",
      message: "Cannot decode the data set: it must begin with a JSON header, found something else",
    });
  }
  assert.throws(() => decodeDataset(new ArrayBuffer(64), 640), { name: "SyntaxError" });
  assert.throws(() => decodeDataset(new TextEncoder().encode("null").buffer), {
    name: "SyntaxError",
    message:
      'Cannot decode the data set: its header must say "dataset", version 1, found undefined, version undefined',
  });
  const later = encodeDataset(DATASET);
  later.set(new TextEncoder().encode('{"magic":"dataset","version":2,'));
  assert.throws(() => decodeDataset(later.buffer), {
    name: "SyntaxError",
    message:
      'Cannot decode the data set: its header must say "dataset", version 1, found "dataset", version 2',
  });
  const whole = encodeDataset(DATASET).buffer;
  assert.throws(() => decodeDataset(whole.slice(0, whole.byteLength - 64)), {
    name: "RangeError",
    message:
      /^Cannot decode the data set: labels must lie, aligned to 64, in the buffer's \d+ bytes, found 2 x 1 bytes at \d+$/,
  });
});
