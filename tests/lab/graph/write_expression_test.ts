import assert from "node:assert/strict";
import type { Expression } from "../../../src/lab/graph/compute/expression.ts";
import { mistakeIn, MISTAKES } from "../../../src/lab/graph/compute/mistakes.ts";
import { graphOf, operationsOf } from "../../../src/lab/graph/compute/nodes.ts";
import { drawNet } from "../../../src/lab/graph/compute/small_net.ts";
import { walk } from "../../../src/lab/graph/compute/walk.ts";
import { cellNumber, shortNumber } from "../../../src/lab/graph/short_number.ts";
import { writeExpression } from "../../../src/lab/graph/write_expression.ts";
import { calculate } from "./calculate.ts";

const write = (expression: Expression | undefined, form: "names" | "numbers") =>
  expression === undefined ? "" : writeExpression(expression, form).map(({ text }) => text).join("");

const net = drawNet({ sizes: [2, 3, 2], rows: 2 }, "tanh", 0);
const { makings } = walk(net);
const written = (tensor: string, row: number, column: number) =>
  write(makings.get(tensor)?.entry(row, column), "names");

Deno.test("each number's chain rule is written by names, as in the course", () => {
  assert.equal(written("P1", 0, 2), "X[0,0]·W₁[0,2] + X[0,1]·W₁[1,2]");
  assert.equal(written("A1", 1, 2), "XW₁[1,2] + B₁[2]");
  assert.equal(written("Z1", 1, 2), "tanh(A₁[1,2])");
  assert.equal(written("Yhat", 0, 1), "exp(A₂[0,1]) / (exp(A₂[0,0]) + exp(A₂[0,1]))");
  assert.equal(written("L", 0, 0), "(−log(Ŷ[0,0]) − log(Ŷ[1,1])) / 2");
  assert.equal(written("dA2", 1, 0), "(Ŷ[1,0] − Y[1,0]) / 2");
  assert.equal(written("dB2", 0, 1), "δ₂[0,1] + δ₂[1,1]");
  assert.equal(written("dW2", 1, 0), "Z₁[0,1]·δ₂[0,0] + Z₁[1,1]·δ₂[1,0]");
  assert.equal(written("dZ1", 1, 2), "δ₂[1,0]·W₂[2,0] + δ₂[1,1]·W₂[2,1]");
  assert.equal(written("dA1", 0, 0), "∂L/∂Z₁[0,0]·f′(A₁[0,0])");
});

Deno.test("whatever is written in numbers comes to the number that it explains, mistakes too", () => {
  let checked = 0;
  for (const activation of ["tanh", "sigmoid", "relu", "identity"] as const) {
    const net = drawNet({ sizes: [3, 3, 3, 3], rows: 3 }, activation, 1);
    const operations = operationsOf(graphOf(net));
    for (const name of [undefined, ...MISTAKES]) {
      const mistake = name === undefined ? undefined : mistakeIn(operations, net, name);
      for (const { tensor, rows, columns, entry } of walk(net, mistake).makings.values()) {
        for (let i = 0; i < rows * columns; i++) {
          const expression = entry(Math.floor(i / columns), i % columns);
          const text = write(expression, "numbers");
          // Four digits of each number, and of a sum's every term.
          const error = Math.abs(calculate(text) - expression.value);
          assert.ok(
            error <= 3e-3 * Math.max(1, Math.abs(expression.value)),
            `${name} d${tensor}: ${text} = ${expression.value}`,
          );
          checked++;
        }
      }
    }
  }
  assert.ok(checked > 5000);
});

Deno.test("numbers are short, and never wider than a cell", () => {
  assert.deepEqual([0, -0, 0.1, -1.25, 1 / 3, 123456, 1e-7, -Infinity].map(shortNumber), [
    "0",
    "0",
    "0.1",
    "−1.25",
    "0.3333",
    "1.235e5",
    "1e−7",
    "−∞",
  ]);
  for (
    const size of [0, 1e-200, 4e-7, 0.00049, 0.0005, 0.0123, 0.0996, 0.5, 9.996, 99.96, 999.6, 9999.6, 1e9]
  ) {
    for (const value of [size, -size]) {
      const text = cellNumber(value);
      assert.ok(text.length <= (size < 1e-99 ? 7 : 6), text);
      const read = Number(text.replaceAll("−", "-"));
      assert.ok(Math.abs(read - value) <= Math.max(0.0005, 0.5 * size), text);
      assert.ok(size === 0 || read !== 0, text);
    }
  }
});
