import assert from "node:assert/strict";
import fc from "fast-check";
import type { Kernels } from "../../../src/nn/kernels.ts";
import { padded } from "../../../src/nn/memory.ts";
import torch from "../../fixtures/activations.json" with { type: "json" };
import { floatSweep } from "../float_sweep.ts";
import { eachKind } from "./each_kind.ts";
import { BATCHES, UNITS } from "./sizes.ts";
import { TwinMemory } from "./twin_memory.ts";

const LENGTHS = [16, 32, 48, 64, 80, 112, 256, 1040];
const memory = new TwinMemory(12 << 20);
const sweep = floatSweep();

/** A forward pass on n floats at z, n a multiple of 16. */
type Forward = (kernels: Kernels, z: number, n: number) => void;
const FORWARD: Record<string, Forward> = {
  tanhForward: (kernels, z, n) => kernels.tanhForward(z, n),
  sigmoidForward: (kernels, z, n) => kernels.sigmoidForward(z, n / 16, 16, 16),
  reluForward: (kernels, z, n) => kernels.reluForward(z, n),
  leakyReluForward: (kernels, z, n) => kernels.leakyReluForward(z, n),
  eluForward: (kernels, z, n) => kernels.eluForward(z, n),
  softplusForward: (kernels, z, n) => kernels.softplusForward(z, z + 4 * n, n / 16, 16, 16),
  geluForward: (kernels, z, n) => kernels.geluForward(z, z + 4 * n, n),
};
/** Those that keep their derivatives, which these calls place behind the values. */
const KEEPING = ["softplusForward", "geluForward"];
const BACKWARD = [
  "tanhBackward",
  "sigmoidBackward",
  "reluBackward",
  "leakyReluBackward",
  "eluBackward",
  "slopeBackward",
] as const;

/** The compiled kernel's values, and behind them derivatives that it keeps, after they were held against the reference's. */
function forward(name: string, values: Float32Array): Float32Array {
  memory.clear();
  const room = new Float32Array(KEEPING.includes(name) ? 2 * values.length : values.length);
  room.set(values);
  const z = memory.place(room);
  const call = FORWARD[name];
  memory.run((kernels) => call(kernels, z.at, values.length), { name, written: [z], nan: true });
  return new Float32Array(memory.read(z));
}

for (const name of Object.keys(FORWARD)) {
  Deno.test(`${name}() gives the reference's bits for a million floats of all exponents, and NaN for NaN alone`, () => {
    const found = forward(name, sweep);
    found.forEach((y, i) => {
      const x = sweep[i % sweep.length];
      if (Number.isNaN(y) !== Number.isNaN(x)) assert.fail(`${name}(${x}) is ${y}`);
    });
  });

  Deno.test(`${name}() gives the reference's bits for every length`, () => {
    eachKind((draw) => LENGTHS.forEach((n) => forward(name, draw(n))));
  });
}

Deno.test("tanhForward() is odd, 0 at 0 with its sign, and within (-1, 1)", () => {
  const found = forward("tanhForward", sweep);
  const negated = forward("tanhForward", sweep.map((x) => -x));
  found.forEach((y, i) => {
    if (Number.isNaN(y)) return;
    if (!Object.is(y, -negated[i])) {
      assert.fail(`tanh(${sweep[i]}) is ${y}, tanh(${-sweep[i]}) ${negated[i]}`);
    }
    if (!(Math.abs(y) < 1)) assert.fail(`tanh(${sweep[i]}) is ${y}`);
  });
  assert.deepEqual([...forward("tanhForward", filled(0, -0))].slice(0, 2), [0, -0]);
});

Deno.test("tanhForward() is clamped: infinity gives what 7.9 gives", () => {
  const [at, beyond, infinity] = forward("tanhForward", filled(7.9, 8, Infinity));
  assert.equal(beyond, at);
  assert.equal(infinity, at);
});

Deno.test("sigmoidForward() is within (0, 1], 1/2 at 0, and clamped at infinity", () => {
  const found = forward("sigmoidForward", sweep);
  found.forEach((y, i) => {
    if (!Number.isNaN(y) && !(y > 0 && y <= 1)) assert.fail(`sigmoid(${sweep[i]}) is ${y}`);
  });
  const [zero, negativeZero, large, small, clamp] = forward(
    "sigmoidForward",
    filled(0, -0, Infinity, -Infinity, -88),
  );
  assert.deepEqual([zero, negativeZero, large], [0.5, 0.5, 1]);
  assert.equal(small, clamp);
});

Deno.test("reluForward() is max(x, 0), never -0", () => {
  const found = forward("reluForward", sweep);
  found.forEach((y, i) => {
    if (Number.isNaN(y)) return;
    const expected = sweep[i] > 0 ? sweep[i] : 0;
    if (!Object.is(y, expected)) assert.fail(`relu(${sweep[i]}) is ${y}`);
  });
});

Deno.test("the activations beside the course's and their derivatives are PyTorch's in float64 but for rounding", () => {
  const forwards: Record<string, string> = {
    leaky_relu: "leakyReluForward",
    elu: "eluForward",
    softplus: "softplusForward",
    gelu: "geluForward",
  };
  // Of gelu far below 0 a float64's 1 + tanh leaves no digit.
  const z = filled(...torch.z);
  for (const [name, { values, slopes }] of Object.entries(torch.activations)) {
    const found = forward(forwards[name], z);
    const at = (i: number) => `${name}(${torch.z[i]})`;
    values.forEach((a, i) =>
      assert.ok(Math.abs(found[i] - a) <= 1e-15 + 4e-6 * Math.abs(a), `${at(i)} is ${found[i]}`)
    );
    memory.clear();
    const [a, delta] = [memory.place(found), memory.place(z.map(() => 1))];
    memory.run((kernels) => {
      if (name === "leaky_relu") kernels.leakyReluBackward(a.at, delta.at, z.length);
      else if (name === "elu") kernels.eluBackward(a.at, delta.at, z.length);
      else kernels.slopeBackward(a.at + z.byteLength, delta.at, z.length);
    }, { name, written: [delta] });
    const passed = new Float32Array(memory.read(delta));
    // What is near 0 is a difference of numbers near 1.
    slopes.forEach((slope, i) => {
      assert.ok(
        Math.abs(passed[i] - slope) <= 2e-7 + 1e-6 * Math.abs(slope),
        `the slope of ${at(i)} is ${passed[i]}`,
      );
    });
  }
});

Deno.test("sigmoidForward() sets the padding to zero, and nothing else, for every batch and number of units", () => {
  eachKind((draw, kind) => {
    for (const B of BATCHES) {
      for (const N of UNITS) {
        const Np = padded(N);
        memory.clear();
        const z = memory.place(draw(B * Np));
        memory.run((kernels) => kernels.sigmoidForward(z.at, B, N, Np), {
          name: `sigmoidForward(B ${B}, N ${N}), ${kind},`,
          written: [z],
        });
        const found = new Float32Array(memory.read(z));
        for (let i = 0; i < found.length; i++) {
          const column = Math.floor(i / (16 * B)) * 16 + i % 16;
          const isPadding = column >= N;
          if (Object.is(found[i], 0) !== isPadding) {
            assert.fail(`B ${B}, N ${N}: column ${column} is ${found[i]}`);
          }
        }
      }
    }
  });
});

for (const name of BACKWARD) {
  Deno.test(`${name}() gives the reference's bits for every length and magnitude`, () => {
    eachKind((draw, kind) => {
      for (const n of LENGTHS) {
        memory.clear();
        const [a, delta] = [memory.place(draw(n)), memory.place(draw(n))];
        memory.run((kernels) => kernels[name](a.at, delta.at, n), {
          name: `${name}(${n} floats), ${kind},`,
          written: [delta],
        });
      }
    });
  });

  Deno.test(`${name}() gives the reference's numbers for any floats, NaN and infinity too`, () => {
    const floats = fc.array(fc.float(), { minLength: 16, maxLength: 16 }).map((x) => Float32Array.from(x));
    fc.assert(
      fc.property(floats, floats, (x, y) => {
        memory.clear();
        const [a, delta] = [memory.place(x), memory.place(y)];
        memory.run((kernels) => kernels[name](a.at, delta.at, 16), { name, written: [delta], nan: true });
      }),
      { numRuns: 300, seed: 1 },
    );
  });
}

/** Sixteen floats, or a multiple of that, these first. */
function filled(...values: number[]): Float32Array {
  const floats = new Float32Array(padded(Math.max(values.length, 16)));
  floats.set(values);
  return floats;
}
