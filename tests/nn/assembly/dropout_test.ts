import assert from "node:assert/strict";
import { padded } from "../../../src/nn/memory.ts";
import { RandomNumbers } from "../random_numbers.ts";
import { eachKind } from "./each_kind.ts";
import { BATCHES, UNITS } from "./sizes.ts";
import { mixedRows } from "./sparse_batch.ts";
import { TwinMemory } from "./twin_memory.ts";

const memory = new TwinMemory(2 << 20);

Deno.test("dropUnits() gives the reference's bits for every batch, width and share, in place too", () => {
  const random = new RandomNumbers(6);
  eachKind((draw, kind) => {
    for (const N of UNITS) {
      for (const B of BATCHES) {
        for (const least of [1, 13_108, 32_768, 65_535]) {
          memory.clear();
          const n = B * padded(N);
          const draws = memory.place(Uint16Array.from({ length: B * N + 16 }, () => random.below(65_536)));
          const from = memory.place(draw(n)), to = memory.room(4 * n);
          const name = `dropUnits(B ${B}, N ${N}, from ${least}, ${kind})`;
          for (const target of [to, from]) {
            memory.run(
              (kernels) => kernels.dropUnits(from.at, draws.at, target.at, B, N, padded(N), least, 1.25),
              { name, written: [target] },
            );
          }
        }
      }
    }
  });
});

Deno.test("dropUnits() keeps a unit whose draw is the least that is kept, and makes the others +0", () => {
  memory.clear();
  const draws = memory.place(Uint16Array.from([0, 99, 100, 65_535, ...new Array(28).fill(0)]));
  const from = memory.place(Float32Array.from({ length: 16 }, (_, i) => i < 4 ? -2 : 0)),
    to = memory.room(64);
  memory.run((kernels) => kernels.dropUnits(from.at, draws.at, to.at, 1, 4, 16, 100, 1.5), {
    name: "dropUnits",
    written: [to],
  });
  assert.deepEqual([...new Float32Array(memory.read(to))], [0, 0, -3, -3, ...new Array(12).fill(0)]);
});

Deno.test("spreadRows() gives the reference's bits for every batch and number of features", () => {
  const random = new RandomNumbers(2);
  for (const D of UNITS) {
    const rows = mixedRows(12, D, random);
    for (const B of BATCHES) {
      memory.clear();
      const [starts, columns, values] = [rows.rowStarts, rows.columns, rows.values].map((a) =>
        memory.place(a)
      );
      const [order, table] = [random.rows(B, 12), random.tame(256)].map((a) => memory.place(a));
      const x = memory.room(4 * B * padded(D));
      memory.run(
        (kernels) => kernels.spreadRows(starts.at, columns.at, values.at, table.at, order.at, x.at, B, D),
        { name: `spreadRows(B ${B}, D ${D})`, written: [x] },
      );
    }
  }
});
