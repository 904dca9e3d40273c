import assert from "node:assert/strict";
import type { SparseRows } from "../../src/data/dataset.ts";
import { SparseLayer } from "../../src/nn/layers/sparse_layer.ts";
import { Arena } from "../../src/nn/memory.ts";
import { placeRows, randomImages } from "./place_rows.ts";
import { RandomNumbers } from "./random_numbers.ts";
import { compiledWorkspace } from "./workspaces.ts";

Deno.test("the first layer's gradient of a batch in several blocks of rows has the bits of the batch at once", () => {
  const [D, capacity, scale] = [70, 300, -0.013];
  for (const fanOut of [10, 30, 48, 64, 100, 112, 130]) {
    const workspace = compiledWorkspace(8 << 20);
    const { kernels, floats, words } = workspace;
    const arena = new Arena(0);
    const place = (count: number, values: ArrayLike<number> = []) => {
      const pointer = arena.allocate(4 * count);
      floats.set(values, pointer >>> 2);
      return pointer;
    };
    const random = new RandomNumbers(8);
    const images = randomImages({ count: capacity, features: D, classes: 10, density: 0.2, seed: 9 });
    const rows = placeRows(workspace, arena, images, "sparse") as SparseRows;
    const zeros = place(32), scratch = place(64 * capacity);
    const options = { workspace, arena, fanIn: D, fanOut, offset: 0, capacity, last: false, zeros, scratch };
    const layer = new SparseLayer({ ...options, longestRow: D });
    const table = place(256, Array.from({ length: 256 }, (_, v) => v / 255));
    const order = arena.allocate(4 * capacity);
    for (let b = 0; b < capacity; b++) words[(order >>> 2) + b] = b;
    const Np = layer.size / (4 * (D + 1));
    const starts = arena.allocate(4 * (capacity + 1)), entries = place(2 * capacity * D);
    const counts = place(D + capacity + 2), touched = place(4 * D), lists = place(2 * capacity * D);
    for (const B of [128, 129, 200, 256, 300]) {
      const before = random.tame(layer.size / 4);
      floats.set(random.tame(B * Np), layer.delta >>> 2);
      const [found, expected] = [place(before.length, before), place(before.length, before)];
      layer.gather(rows, { table, order, B });
      layer.addGradient(found, B, scale);

      kernels.gatherRows(
        rows.rowStarts.byteOffset,
        rows.columns.byteOffset,
        rows.values.byteOffset,
        table,
        order,
        B,
        starts,
        entries,
      );
      const T = kernels.transposeRows(starts, entries, B, D, counts, touched, lists, 1);
      kernels.sparseUpdate(touched, T, lists, layer.delta, expected, B, D, Np, scale, zeros, scratch);
      kernels.biasUpdate(layer.delta, expected + 4 * D * Np, B, Np, scale, zeros);
      const [a, b] = [found, expected].map((at) => words.slice(at >>> 2, (at >>> 2) + before.length));
      assert.deepEqual(a, b, `${fanOut} units, ${B} rows`);
    }
  }
});
