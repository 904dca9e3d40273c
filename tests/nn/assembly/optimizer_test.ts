import assert from "node:assert/strict";
import fc from "fast-check";
import type { Kernels } from "../../../src/nn/kernels.ts";
import { eachKind } from "./each_kind.ts";
import { TwinMemory } from "./twin_memory.ts";

const LENGTHS = [16, 32, 48, 64, 80, 112, 256, 1040];
const memory = new TwinMemory(1 << 16);

/** Pointers to weights, a state, another that is not negative, and a gradient. */
interface Blocks {
  w: number;
  s: number;
  h: number;
  g: number;
}

const STEPS: Record<string, (kernels: Kernels, blocks: Blocks, n: number, rate: number) => void> = {
  sgdStep: (kernels, { w, g }, n, rate) => kernels.sgdStep(w, g, n, rate),
  momentumStep: (kernels, { w, s, g }, n, rate) => kernels.momentumStep(w, s, g, n, rate, 0.9, 0.7),
  nesterovStep: (kernels, { w, s, g }, n, rate) => kernels.nesterovStep(w, s, g, n, rate, 0.9),
  adagradStep: (kernels, { w, h, g }, n, rate) => kernels.adagradStep(w, h, g, n, rate, 1e-7, 0.1),
  adamStep: (kernels, { w, s, h, g }, n, rate) =>
    kernels.adamStep(w, s, h, g, n, rate, 0.1, 0.001, 3, 1e-8, 0.01 * rate),
  rmspropScale: (kernels, { h, g }, n, rate) => kernels.rmspropScale(h, g, n, rate / 8, 1e-8),
  rmspropCenteredScale: (kernels, { s, h, g }, n) => kernels.rmspropCenteredScale(h, s, g, n, 0.01, 1e-8),
  adjustGradient: (kernels, { w, g }, n, rate) => kernels.adjustGradient(g, w, n, 0.3, rate),
};

function run(name: string, [w, s, g]: Float32Array[], { rate, nan }: { rate: number; nan?: boolean }): void {
  memory.clear();
  const regions = [w, s, s.map(Math.abs), g].map((values) => memory.place(values));
  const [weights, state, squares, gradient] = regions.map(({ at }) => at);
  memory.run(
    (kernels) => STEPS[name](kernels, { w: weights, s: state, h: squares, g: gradient }, w.length, rate),
    { name: `${name}(${w.length} floats, rate ${rate})`, written: regions, nan },
  );
}

for (const name of Object.keys(STEPS)) {
  // Squares of wild numbers overflow, and what is subtracted from infinity may be infinity.
  Deno.test(`${name}() gives the reference's bits for every length and magnitude`, () => {
    eachKind((draw) => {
      for (const n of LENGTHS) {
        for (const rate of [0.01, 1, 1e-30]) run(name, [draw(n), draw(n), draw(n)], { rate, nan: true });
      }
    });
  });

  Deno.test(`${name}() gives the reference's numbers for any floats, NaN and infinity too`, () => {
    const floats = fc.array(fc.float(), { minLength: 16, maxLength: 16 }).map((x) => Float32Array.from(x));
    fc.assert(
      fc.property(floats, floats, floats, fc.float({ min: 0, max: 2 }), (w, s, g, rate) => {
        run(name, [w, s, g], { rate, nan: true });
      }),
      { numRuns: 300, seed: 1 },
    );
  });
}

Deno.test("addSquares() returns the reference's sum to the last bit, whatever lies between the rows", () => {
  eachKind((draw) => {
    for (const rows of [1, 2, 7, 33]) {
      for (const stride of [64, 128]) {
        memory.clear();
        const block = memory.place(draw(rows * stride / 4));
        const found = memory.run((kernels) => kernels.addSquares(block.at, rows, stride, 0.1), {
          name: `addSquares(${rows} rows, stride ${stride})`,
          written: [],
        });
        assert.ok(found > 0.1);
      }
    }
  });
});
