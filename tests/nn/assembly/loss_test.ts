import assert from "node:assert/strict";
import { padded } from "../../../src/nn/memory.ts";
import { floatSweep, ulp32 } from "../float_sweep.ts";
import { RandomNumbers } from "../random_numbers.ts";
import { eachKind } from "./each_kind.ts";
import { BATCHES, UNITS } from "./sizes.ts";
import { type Region, TwinMemory } from "./twin_memory.ts";

const ROWS = 50;
const memory = new TwinMemory(4 << 20);

interface Batch {
  logits: Float32Array;
  labels: Uint8Array;
  order: Uint32Array;
  C: number;
}

/** Calls softmaxLoss(), then softmaxDelta(), both held against the reference. */
function losses(
  { logits, labels, order, C }: Batch,
  { name, scale = 0.07, sum = 0.3, nan }: {
    name: string;
    scale?: number;
    sum?: number;
    nan?: boolean | undefined;
  },
) {
  const B = order.length;
  memory.clear();
  const [z, l, o] = [logits, labels, order].map((values) => memory.place(values));
  const predictions = memory.room(B);
  const loss = memory.run(
    (kernels) => kernels.softmaxLoss(z.at, l.at, o.at, predictions.at, B, C, sum),
    { name: `softmaxLoss(${name})`, written: [predictions] },
  );
  const again = memory.run((kernels) => kernels.softmaxDelta(z.at, l.at, o.at, B, C, scale, sum), {
    name: `softmaxDelta(${name})`,
    written: [z],
    nan,
  });
  assert.ok(Object.is(again, loss), `softmaxDelta(${name}) returned ${again}, softmaxLoss() ${loss}`);
  return { loss, predictions: new Uint8Array(memory.read(predictions)), delta: floats(z) };
}

function floats(region: Region): Float32Array {
  return new Float32Array(memory.read(region));
}

/** Logits of B rows by C classes, in panels. */
function panels(rows: ArrayLike<number>[]): Float32Array {
  const [B, C] = [rows.length, rows[0].length];
  const panels = new Float32Array(B * padded(C));
  rows.forEach((row, b) => {
    for (let c = 0; c < C; c++) panels[((c >> 4) * B + b) * 16 + (c & 15)] = row[c];
  });
  return panels;
}

Deno.test("softmaxLoss() and softmaxDelta() give the reference's bits for every batch and number of classes", () => {
  eachKind((draw, kind) => {
    const random = new RandomNumbers(7);
    for (const B of BATCHES) {
      for (const C of UNITS) {
        const batch = {
          logits: draw(B * padded(C)),
          labels: Uint8Array.from({ length: ROWS }, () => random.below(C)),
          order: random.rows(B, ROWS),
          C,
        };
        losses(batch, { name: `B ${B}, C ${C}, ${kind}` });
      }
    }
  });
});

Deno.test("softmaxDelta() and softmaxLoss() agree with softmax and cross-entropy in float64", () => {
  const random = new RandomNumbers(8);
  for (const [B, C] of [[1, 2], [5, 3], [20, 10], [9, 17], [3, 100]]) {
    const rows = Array.from({ length: B }, () => random.tame(C).map((x) => 8 * x));
    const labels = Uint8Array.from({ length: B }, () => random.below(C));
    const order = Uint32Array.from({ length: B }, (_, b) => B - 1 - b);
    const { loss, delta, predictions } = losses({ logits: panels(rows), labels, order, C }, { name: "tame" });
    let expected = 0.3;
    rows.forEach((row, b) => {
      const label = labels[order[b]];
      const total = row.reduce((sum, x) => sum + Math.exp(x), 0);
      expected -= Math.log(Math.exp(row[label]) / total);
      assert.equal(predictions[b], row.indexOf(Math.max(...row)));
      row.forEach((x, c) => {
        const found = delta[((c >> 4) * B + b) * 16 + (c & 15)];
        const exact = (Math.exp(x) / total - (c === label ? 1 : 0)) * 0.07;
        assert.ok(Math.abs(found - exact) <= 0.07 * 2 ** -21, `delta ${found}, in float64 ${exact}`);
      });
    });
    assert.ok(Math.abs(loss - expected) <= 1e-6 * expected, `loss ${loss}, in float64 ${expected}`);
  }
});

Deno.test("softmaxLoss() predicts the first of equal classes, in whichever panel", () => {
  const row = new Float32Array(40).fill(-1);
  for (const equals of [[0, 1], [3, 17], [16, 39], [15, 16, 31], [0, 39], Array.from(row.keys())]) {
    const rows = [row.map((x, c) => equals.includes(c) ? 2 : x)];
    const batch = { logits: panels(rows), labels: Uint8Array.of(1), order: Uint32Array.of(0), C: 40 };
    assert.equal(losses(batch, { name: `classes ${equals} equal` }).predictions[0], Math.min(...equals));
  }
});

Deno.test("softmaxDelta() gives each exp within 1 ulp, in the reference's bits, down to the clamp at -87", () => {
  // Beside a logit of 0 the sum rounds to 1, and the quotient is exp itself.
  const x = floatSweep().filter((x) => x <= -40 && x >= -90);
  const batch = {
    logits: panels(Array.from(x, (x) => [0, x])),
    labels: Uint8Array.of(0),
    order: new Uint32Array(x.length),
    C: 2,
  };
  const { delta } = losses(batch, { name: "a sweep", scale: 1 });
  assert.ok(x.length > 1000);
  x.forEach((x, b) => {
    const exact = Math.exp(Math.max(x, -87));
    const error = Math.abs(delta[16 * b + 1] - exact) / ulp32(exact);
    assert.ok(error <= 1, `exp(${x}) is wrong by ${error} ulp`);
  });
});

Deno.test("a loss is not finite where a logit is NaN or infinite, whichever class it is of", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    for (const C of [2, 10, 17]) {
      for (let c = 0; c < C; c++) {
        const row = new Float32Array(C);
        row[c] = bad;
        const batch = { logits: panels([row]), labels: Uint8Array.of(c), order: Uint32Array.of(0), C };
        const { loss } = losses(batch, { name: `class ${c} is ${bad}`, nan: true });
        assert.ok(!Number.isFinite(loss), `class ${c} of ${C} is ${bad}: the loss is ${loss}`);
      }
    }
  }
});

Deno.test("a loss of logits far apart stays finite: no exp overflows", () => {
  for (const far of [90, 1e4, 1e30, 1.7e38]) {
    const batch = {
      logits: panels([[far, -far]]),
      labels: Uint8Array.of(1),
      order: Uint32Array.of(0),
      C: 2,
    };
    const { loss } = losses(batch, { name: `logits ${far} and ${-far}`, sum: 0 });
    assert.ok(Math.abs(loss - 2 * far) <= 1e-6 * far, `logits ${far} and ${-far}: the loss is ${loss}`);
  }
});
