import assert from "node:assert/strict";
import fc from "fast-check";
import { padded } from "../../../src/nn/memory.ts";
import { RandomNumbers } from "../random_numbers.ts";
import { BATCHES, UNITS } from "./sizes.ts";
import { gatherBatch, mixedRows, sparseRows } from "./sparse_batch.ts";
import { TwinMemory } from "./twin_memory.ts";

const ROWS = 12;
const memory = new TwinMemory(2 << 20);

Deno.test("gatherRows() and transposeRows() give the reference's bits for every batch and number of features", () => {
  const random = new RandomNumbers(2);
  for (const D of UNITS) {
    const rows = mixedRows(ROWS, D, random);
    for (const B of BATCHES) {
      memory.clear();
      const [order, table] = [random.rows(B, ROWS), random.tame(256)];
      for (const shortestFirst of [true, false]) {
        gatherBatch(memory, {
          rows,
          order,
          table,
          D,
          name: `B ${B}, D ${D}, ${shortestFirst}`,
          shortestFirst,
        });
      }
    }
  }
});

Deno.test("gatherRows() lists each row's pixels and transposeRows() each column's, as written out from any picture", () => {
  const pixel = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(255));
  const pictures = fc.integer({ min: 1, max: 40 }).chain((D) =>
    fc.array(fc.array(pixel, { minLength: D, maxLength: D }), { minLength: 1, maxLength: 12 })
  );
  const table = Float32Array.from({ length: 256 }, (_, v) => v / 255);
  fc.assert(
    fc.property(pictures, fc.boolean(), (dense, shortestFirst) => {
      const [B, D] = [dense.length, dense[0].length];
      const order = Uint32Array.from(dense, (_, b) => B - 1 - b);
      memory.clear();
      const name = `B ${B}, D ${D}`;
      const batch = gatherBatch(memory, { rows: sparseRows(dense), order, table, D, name, shortestFirst });
      const drawn = [...order].map((i) => dense[i]);

      const lists: { column: number; entries: number[][] }[] = [];
      for (let column = 0; column < D; column++) {
        const entries = drawn.flatMap((row, b) => row[column] ? [[b * 256, table[row[column]]]] : []);
        if (entries.length > 0) lists.push({ column, entries });
      }
      if (shortestFirst) lists.sort((a, b) => a.entries.length - b.entries.length || a.column - b.column);
      assert.equal(batch.T, lists.length);

      const starts = new Uint32Array(memory.read(batch.starts));
      const entries = pairs(memory.read(batch.entries));
      drawn.forEach((row, b) => {
        const expected = row.flatMap((v, column) => v ? [[column * 128, table[v]]] : []);
        assert.deepEqual(entries.slice(starts[b], starts[b + 1]), expected);
      });
      const touched = new Uint32Array(memory.read(batch.touched));
      const columnEntries = pairs(memory.read(batch.columnEntries));
      lists.forEach((list, t) => {
        const [offset, first, last] = touched.subarray(4 * t);
        assert.equal(offset, list.column * 128);
        assert.deepEqual(columnEntries.slice(first / 8, last / 8), list.entries);
      });
    }),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("gatherRows() and transposeRows() reach the last of 65,536 columns", () => {
  const D = 65536;
  const last = { rowStarts: [0, 0, 1, 3], columns: [65535, 0, 65535], values: [7, 8, 9] };
  memory.clear();
  const batch = gatherBatch(memory, {
    rows: {
      rowStarts: Uint32Array.from(last.rowStarts),
      columns: Uint16Array.from(last.columns),
      values: Uint8Array.from(last.values),
    },
    order: Uint32Array.of(2, 0, 1),
    table: Float32Array.from({ length: 256 }, (_, v) => v),
    D,
    name: `D ${D}`,
  });
  assert.equal(batch.T, 2);
  assert.deepEqual(pairs(memory.read(batch.entries)), [[0, 8], [65535 * 128, 9], [65535 * 128, 7]]);
  assert.deepEqual(pairs(memory.read(batch.columnEntries)), [[0, 8], [0, 9], [512, 7]]);
});

Deno.test("gatherPixels() gives the reference's bits and zeros in the columns from D on for every batch and D", () => {
  const random = new RandomNumbers(3);
  for (const D of UNITS) {
    const dense = random.pixels(ROWS * D, 0.7);
    for (const B of BATCHES) {
      memory.clear();
      const order = random.rows(B, ROWS);
      const table = random.tame(256);
      const [pixels, scale, drawn] = [dense, table, order].map((values) => memory.place(values));
      const x = memory.place(new Float32Array(B * padded(D)).fill(-5));
      memory.run((kernels) => kernels.gatherPixels(pixels.at, scale.at, drawn.at, x.at, B, D), {
        name: `gatherPixels(B ${B}, D ${D})`,
        written: [x],
      });
      const panels = new Float32Array(memory.read(x));
      for (let b = 0; b < B; b++) {
        for (let j = 0; j < padded(D); j++) {
          const found = panels[((j >> 4) * B + b) * 16 + (j & 15)];
          const expected = j < D ? table[dense[order[b] * D + j]] : 0;
          if (found !== expected) assert.fail(`B ${B}, D ${D}: pixel ${j} of row ${b} is ${found}`);
        }
      }
    }
  }
});

Deno.test("gatherNumbers() gives the reference's bits, the numbers as they are, and zeros from D on, for every batch and D from 1 to 33", () => {
  const random = new RandomNumbers(4);
  const sizes = [...new Set([...Array.from({ length: 33 }, (_, i) => i + 1), ...UNITS])];
  for (const D of sizes) {
    const rows = random.tame(ROWS * D);
    rows.set([-0, 1e-45, 3e38].slice(0, rows.length)); // a sign, the least and a large number stay
    for (const B of BATCHES) {
      memory.clear();
      const order = random.rows(B, ROWS);
      const [numbers, drawn] = [rows, order].map((values) => memory.place(values));
      const x = memory.place(new Float32Array(B * padded(D)).fill(-5));
      memory.run((kernels) => kernels.gatherNumbers(numbers.at, drawn.at, x.at, B, D), {
        name: `gatherNumbers(B ${B}, D ${D})`,
        written: [x],
      });
      const panels = new Float32Array(memory.read(x));
      for (let b = 0; b < B; b++) {
        for (let j = 0; j < padded(D); j++) {
          const found = panels[((j >> 4) * B + b) * 16 + (j & 15)];
          const expected = j < D ? rows[order[b] * D + j] : 0;
          if (!Object.is(found, expected)) assert.fail(`B ${B}, D ${D}: number ${j} of row ${b} is ${found}`);
        }
      }
    }
  }
});

/** (f32, u32) entries, the whole number first. */
function pairs(buffer: ArrayBuffer): [number, number][] {
  const [words, floats] = [new Uint32Array(buffer), new Float32Array(buffer)];
  return Array.from({ length: words.length / 2 }, (_, i) => [words[2 * i + 1], floats[2 * i]]);
}
