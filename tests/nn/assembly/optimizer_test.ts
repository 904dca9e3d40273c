import fc from "fast-check";
import { eachKind } from "./each_kind.ts";
import { TwinMemory } from "./twin_memory.ts";

const LENGTHS = [16, 32, 48, 64, 80, 112, 256, 1040];
const memory = new TwinMemory(1 << 16);

Deno.test("sgdStep(), momentumStep() and adagradStep() give the reference's bits for every length and magnitude", () => {
  eachKind((draw, kind) => {
    for (const n of LENGTHS) {
      for (const rate of [0.01, 1, 1e-30]) {
        steps({ w: draw(n), s: draw(n), g: draw(n), rate, name: `${n} floats, rate ${rate}, ${kind}` });
      }
    }
  });
});

Deno.test("sgdStep(), momentumStep() and adagradStep() give the reference's numbers for any floats, NaN and infinity too", () => {
  const floats = fc.array(fc.float(), { minLength: 16, maxLength: 16 }).map((x) => Float32Array.from(x));
  fc.assert(
    fc.property(floats, floats, floats, fc.float({ min: 0, max: 2 }), (w, s, g, rate) => {
      steps({ w, s, g, rate, name: `rate ${rate}`, nan: true });
    }),
    { numRuns: 300, seed: 1 },
  );
});

function steps(
  { w, s, g, rate, name, nan }: {
    w: Float32Array;
    s: Float32Array;
    g: Float32Array;
    rate: number;
    name: string;
    nan?: boolean | undefined;
  },
): void {
  const n = w.length;
  memory.clear();
  const [weights, state, gradient] = [w, s, g].map((values) => memory.place(values));
  memory.run((kernels) => kernels.sgdStep(weights.at, gradient.at, n, rate), {
    name: `sgdStep(${name})`,
    written: [weights],
    nan,
  });
  memory.run((kernels) => kernels.momentumStep(weights.at, state.at, gradient.at, n, rate, 0.9), {
    name: `momentumStep(${name})`,
    written: [weights, state],
    nan,
  });
  memory.write(state, s.map(Math.abs)); // a sum of squares
  memory.run((kernels) => kernels.adagradStep(weights.at, state.at, gradient.at, n, rate), {
    name: `adagradStep(${name})`,
    written: [weights, state],
    nan,
  });
}
