import assert from "node:assert/strict";
import { nearest, nearestPath } from "../../src/config/explain/suggest.ts";

const keys = ["epochs", "batch_size", "learning_rate", "optimizer", "reduction", "shuffle"];

Deno.test("nearest() finds slips, other cases and separators, parts and names from other libraries", () => {
  const found = [
    "epoch",
    "EPOCHS",
    "batchSize",
    "learning-rate",
    "optimiser",
    "lr",
    "rate",
    "max_iter",
    "suffle",
  ];
  assert.deepEqual(found.map((name) => nearest(name, keys)), [
    "epochs",
    "epochs",
    "batch_size",
    "learning_rate",
    "optimizer",
    "learning_rate",
    "learning_rate",
    "epochs",
    "shuffle",
  ]);
});

Deno.test("nearest() suggests nothing that is far, and nothing without candidates", () => {
  assert.deepEqual(["dropout", "x", "", "units"].map((name) => nearest(name, keys)), [
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.equal(nearest("epochs", []), undefined);
});

Deno.test("nearestPath() compares whole paths, then last names", () => {
  const paths = ["model", "model.hidden", "train.epochs", "sweep.parameters.train.epochs"];
  assert.equal(nearestPath("train.epoch", paths), "train.epochs");
  assert.equal(nearestPath("epochs", paths), "train.epochs");
  assert.equal(nearestPath("model.layers", paths), "model.hidden");
  assert.equal(nearestPath("foo.bar", paths), undefined);
});
