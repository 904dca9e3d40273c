import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";
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

Deno.test("two neighbouring letters in each other's place are one slip", () => {
  assert.equal(nearest("nmae", ["name", "title"]), "name");
  assert.equal(nearest("mnits", ["strokes", "mnist"]), "mnist");
  assert.equal(nearest("anme", ["name"]), "name");
  assert.equal(nearest("naem", ["name"]), "name");
  // Two such slips in so short a word are none.
  assert.equal(nearest("anem", ["name"]), undefined);
  assert.equal(nearest("eman", ["name"]), undefined);
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

Deno.test("words of W&B, Optuna, scikit-learn and Hydra are known for what they mean in their place", () => {
  const problem = (text: string) => {
    try {
      parseExperiment(`name: a\ndataset: strokes\n${text}`, { file: "x.yaml" });
    } catch (error) {
      return String(error).split("\n").at(-1)?.replace(/^.*; /, "");
    }
  };
  const random = (path: string, distribution: string) =>
    problem(`sweep: {method: random, count: 3, parameters: {${path}: {${distribution}}}}`);
  assert.equal(random("train.learning_rate", "values: [0.1, 1]"), "did you mean `choice`?");
  assert.equal(random("train.learning_rate", "min: 0.1, max: 1"), "write {uniform: [0.1, 1]}");
  assert.equal(random("train.epochs", "min: 1, max: 9"), "write {int_uniform: [1, 9]}");
  assert.equal(
    random("train.learning_rate", "distribution: log_uniform_values, min: 0.001, max: 1"),
    "write {log_uniform: [0.001, 1]}",
  );
  assert.equal(
    random("train.learning_rate", "distribution: q_uniform, min: 1, max: 2, q: 0.5"),
    "write {quantized: [1, 2, 0.5]}",
  );
  assert.equal(random("train.epochs", "randint: [1, 2]"), "did you mean `int_uniform`?");
  assert.equal(random("train.learning_rate", "loguniform: [1, 2]"), "did you mean `log_uniform`?");
  assert.equal(random("train.epochs", "foo: 1"), "allowed here: choice, int_uniform, quantized");
  const grid = (value: string) => problem(`sweep: {parameters: {train.epochs: ${value}}}`);
  assert.equal(grid("{values: [1, 2]}"), "write [1, 2]");
  assert.equal(grid("{value: 2}"), "write [2]");
  assert.equal(grid("{min: 1, max: 2}"), "a distribution needs method random, sobol or halton");
  const cases = {
    "metrics: [val_loss]": "did you mean `report.metric`?",
    "metric: {name: val_loss}": "did you mean `report.metric`?",
    "report: {metrics: val_loss}": "did you mean `metric`?",
    "parameters: {train.epochs: [1]}": "did you mean `sweep.parameters`?",
    "sweep: {method: bayes}": "random, sobol and halving are the nearest",
    "sweep: {method: TPESampler}": "random, sobol and halving are the nearest",
    "sweep: {method: qmc}": "did you mean `sobol`?",
    "sweep: {method: grid_search}": "did you mean `grid`?",
    "sweep: {method: random, count: 1, parameters: {train.epochs: [1]}, n_trials: 5}":
      "did you mean `count`?",
    "lr: 1": "did you mean `train.learning_rate`?",
    "train: {epoch: 1}": "did you mean `epochs`?",
    "model: {hidden_layer_sizes: [3]}": "did you mean `hidden`?",
    "train: {solver: sgd}": "did you mean `optimizer`?",
    "seeds: 5": "write [5], or {count: 5} for the seeds 0 to 4",
    "seeds: 1": "write [1]",
  };
  for (const [text, hint] of Object.entries(cases)) assert.equal(problem(text), hint, text);
  assert.match(String(problem("seeds: 5.5")), /found 5\.5$/);
  assert.throws(
    () => parseExperiment("name: true\ndataset: strokes", { file: "x.yaml" }),
    /found true; put it in quotes$/,
  );
});

Deno.test("nearestPath() compares whole paths, then last names", () => {
  const paths = ["model", "model.hidden", "train.epochs", "sweep.parameters.train.epochs"];
  assert.equal(nearestPath("train.epoch", paths), "train.epochs");
  assert.equal(nearestPath("epochs", paths), "train.epochs");
  assert.equal(nearestPath("model.layers", paths), "model.hidden");
  assert.equal(nearestPath("foo.bar", paths), undefined);
});
