import { RandomNumbers } from "../random_numbers.ts";
import { eachKind } from "./each_kind.ts";
import { BATCHES, PADDED, UNITS } from "./sizes.ts";
import { gatherBatch, mixedRows, sparseRows } from "./sparse_batch.ts";
import { TwinMemory } from "./twin_memory.ts";

const FLOAT = 4;
const ROWS = 12;
const memory = new TwinMemory(8 << 20);

Deno.test("sparseForward() and sparseUpdate() give the reference's bits for every batch, number of features and of panels", () => {
  eachKind((draw, kind) => {
    const random = new RandomNumbers(4);
    for (const D of UNITS) {
      const rows = mixedRows(ROWS, D, random);
      for (const B of BATCHES) {
        memory.clear();
        const name = `B ${B}, D ${D}, ${kind}`;
        const order = random.rows(B, ROWS);
        const batch = gatherBatch(memory, { rows, order, table: draw(256), D, name });
        const zeros = memory.place(new Float32Array(32));
        for (const Np of PADDED) {
          const w = memory.place(draw(D * Np));
          const bias = memory.place(draw(Np));
          const z = memory.room(FLOAT * B * Np);
          const scratch = memory.room(256 * B);
          memory.run(
            (kernels) =>
              kernels.sparseForward(batch.starts.at, batch.entries.at, w.at, bias.at, z.at, B, D, Np),
            { name: `sparseForward(${name}, Np ${Np})`, written: [z] },
          );
          memory.write(z, draw(B * Np)); // a delta
          memory.run(
            (kernels) =>
              kernels.sparseUpdate(
                batch.touched.at,
                batch.T,
                batch.columnEntries.at,
                z.at,
                w.at,
                B,
                D,
                Np,
                -0.013,
                zeros.at,
                scratch.at,
              ),
            { name: `sparseUpdate(${name}, Np ${Np})`, written: [w], scratch: [scratch] },
          );
        }
      }
    }
  });
});

Deno.test("sparseSums() gives the reference's bits, for the rows before and those from any row on", () => {
  eachKind((draw, kind) => {
    const random = new RandomNumbers(7);
    const [B, D] = [20, 35];
    const order = random.rows(B, ROWS);
    for (const width of [16, 32, 64]) {
      memory.clear();
      const name = `B ${B}, D ${D}, width ${width}, ${kind}`;
      const batch = gatherBatch(memory, {
        rows: mixedRows(ROWS, D, random),
        order,
        table: draw(256),
        D,
        name,
      });
      const zeros = memory.place(new Float32Array(32));
      const delta = memory.place(draw(B * width));
      const sums = memory.place(draw(D * width));
      const scratch = memory.room(256 * B);
      for (const [first, rows, fresh] of [[0, 13, 0], [13, 7, 0], [0, 20, 1], [19, 1, 0]]) {
        const starts = batch.starts.at + 4 * first;
        const T = memory.run(
          (kernels) =>
            kernels.transposeRows(
              starts,
              batch.entries.at,
              rows,
              D,
              batch.counts.at,
              batch.touched.at,
              batch.columnEntries.at,
              first & 1,
            ),
          { name, written: [batch.touched, batch.columnEntries], scratch: [batch.counts] },
        );
        memory.run(
          (kernels) =>
            kernels.sparseSums(
              batch.touched.at,
              T,
              batch.columnEntries.at,
              delta.at + 64 * first,
              sums.at,
              B,
              rows,
              D,
              width,
              zeros.at,
              fresh,
              scratch.at,
            ),
          { name: `sparseSums(${name}), rows from ${first}`, written: [sums], scratch: [scratch] },
        );
      }
    }
  });
});

Deno.test("sparseForward() and sparseUpdate() take a batch without a single pixel", () => {
  const [B, D, Np] = [5, 9, 48];
  const random = new RandomNumbers(5);
  memory.clear();
  const rows = sparseRows(Array.from({ length: B }, () => new Uint8Array(D)));
  const order = Uint32Array.of(0, 1, 2, 3, 4);
  const name = "an empty batch";
  const { starts, entries, touched, columnEntries, T } = gatherBatch(memory, {
    rows,
    order,
    table: random.tame(256),
    D,
    name,
  });
  const [w, bias, delta] = [D * Np, Np, B * Np].map((n) => memory.place(random.tame(n)));
  const zeros = memory.place(new Float32Array(32));
  const [z, scratch] = [memory.room(FLOAT * B * Np), memory.room(256 * B)];
  memory.run(
    (kernels) => kernels.sparseForward(starts.at, entries.at, w.at, bias.at, z.at, B, D, Np),
    { name, written: [z] },
  );
  memory.run(
    (kernels) =>
      kernels.sparseUpdate(
        touched.at,
        T,
        columnEntries.at,
        delta.at,
        w.at,
        B,
        D,
        Np,
        1,
        zeros.at,
        scratch.at,
      ),
    { name, written: [], scratch: [scratch] },
  );
});

Deno.test("sparseForward() and sparseUpdate() reach the last of 65,536 columns", () => {
  const [B, D, Np] = [2, 65536, 16];
  const random = new RandomNumbers(6);
  memory.clear();
  const rows = {
    rowStarts: Uint32Array.of(0, 2, 3),
    columns: Uint16Array.of(0, 65535, 65535),
    values: Uint8Array.of(1, 2, 3),
  };
  const order = Uint32Array.of(0, 1);
  const name = `D ${D}`;
  const batch = gatherBatch(memory, { rows, order, table: random.tame(256), D, name });
  const w = memory.place(new Float32Array(D * Np));
  memory.write({ at: w.at, bytes: FLOAT * Np }, random.tame(Np));
  memory.write({ at: w.at + FLOAT * (D - 1) * Np, bytes: FLOAT * Np }, random.tame(Np));
  const bias = memory.place(random.tame(Np));
  const zeros = memory.place(new Float32Array(32));
  const [z, scratch] = [memory.room(FLOAT * B * Np), memory.room(256 * B)];
  memory.run(
    (kernels) => kernels.sparseForward(batch.starts.at, batch.entries.at, w.at, bias.at, z.at, B, D, Np),
    { name, written: [z] },
  );
  const [first, last] = [0, D - 1].map((j) => ({ at: w.at + FLOAT * j * Np, bytes: FLOAT * Np }));
  memory.run(
    (kernels) =>
      kernels.sparseUpdate(
        batch.touched.at,
        batch.T,
        batch.columnEntries.at,
        z.at,
        w.at,
        B,
        D,
        Np,
        1,
        zeros.at,
        scratch.at,
      ),
    { name, written: [first, last] },
  );
});
