import assert from "node:assert/strict";
import type { OptimizerChoice } from "../../src/nn/optimizers/optimizers.ts";
import { optimizerCell, optimizerSchema } from "../../src/settings/optimizer.ts";

Deno.test("an optimizer is resolved to its plainest form: a word where all is default, else what differs, in its own order", () => {
  const forms: [unknown, OptimizerChoice][] = [
    ["adam", "adam"],
    [{ name: "sgd" }, "sgd"],
    [{ name: "adam", epsilon: 1e-8, beta1: 0.9 }, "adam"],
    [{ name: "adam", epsilon: 1e-7, beta1: 0.8, beta2: 0.999 }, { name: "adam", beta1: 0.8, epsilon: 1e-7 }],
    [{ name: "rmsprop", centered: false }, "rmsprop"],
  ];
  for (const [written, plain] of forms) {
    assert.equal(JSON.stringify(optimizerSchema.parse(written)), JSON.stringify(plain));
    assert.deepEqual(optimizerSchema.parse(plain), plain);
  }
});

Deno.test("a cell of results.csv is read back as the optimizer that it was written for, and nothing else is read", () => {
  const cells: [OptimizerChoice, string][] = [
    ["momentum", "momentum"],
    [{ name: "adam", beta1: 0.8, epsilon: 1e-7 }, "adam(beta1=0.8 epsilon=1e-7)"],
    [{ name: "rmsprop", momentum: 0.5, centered: true }, "rmsprop(momentum=0.5 centered=true)"],
  ];
  for (const [choice, cell] of cells) {
    assert.equal(optimizerCell.write(choice), cell);
    assert.deepEqual(optimizerCell.read(cell), choice);
  }
  assert.equal(optimizerCell.write({ name: "adam", beta1: 0.9 }), "adam");
  const wrong = [
    "",
    "nadam",
    "adam()",
    "adam(",
    "adam(beta1)",
    "adam(beta1=true)",
    "adam(rho=1)",
    "rmsprop(centered=1)",
    "adam(beta1=x)",
    "toString",
  ];
  for (const cell of wrong) assert.equal(optimizerCell.read(cell), undefined, cell);
});
