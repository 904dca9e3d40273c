import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";

const parse = (text: string, ...set: string[]) => parseExperiment(text, { file: "x.yaml", set });
const parametersOf = ({ sweep }: Experiment) => {
  assert.ok(sweep?.method === "grid");
  return sweep.parameters;
};
const minimal = "name: a\ndataset: strokes\n";

Deno.test("a config of a name and a data set gets the course's values for everything else", () => {
  assert.deepEqual(parse(minimal), {
    name: "a",
    dataset: "strokes",
    preprocess: { scale: 255, validation: 0.2 },
    model: {
      hidden: [400, 200],
      activation: "tanh",
      init: { method: "gaussian", sigma: 0.01, bias: "gaussian" },
    },
    train: {
      epochs: 10,
      batch_size: 20,
      learning_rate: 0.01,
      optimizer: "sgd",
      reduction: "mean",
      shuffle: "once",
    },
    seeds: [0],
    rng: {},
    report: { metric: "val_accuracy", goal: "maximize", language: "en" },
  });
});

Deno.test("every value of the full form is read", () => {
  const sha256 = "AB".repeat(32);
  const experiment = parse(`
name: full.form_1-a
dataset:
  idx:
    train_images: {path: a/train.gz, sha256: ${sha256}}
    train_labels: {url: "https://example.org/labels", sha256: ${sha256}}
    test_images: {path: c, sha256: ${sha256}}
    test_labels: {path: d, sha256: ${sha256}}
preprocess: {scale: 1, validation: 0, limit: 60000}
model:
  hidden: []
  activation: relu
  init: {method: he, bias: zero}
train: {epochs: 3, batch_size: full, learning_rate: 1e-4, optimizer: adagrad, reduction: sum, shuffle: none}
seeds: [3, 0, 1073741823]
rng: {split: 4294967295, shuffle: 2, noise: 1}
sweep: {method: grid, parameters: {train.epochs: [2, 1]}}
report: {metric: test_loss}
`);
  const hash = "ab".repeat(32);
  assert.deepEqual(experiment, {
    name: "full.form_1-a",
    dataset: {
      idx: {
        train_images: { path: "a/train.gz", sha256: hash },
        train_labels: { url: "https://example.org/labels", sha256: hash },
        test_images: { path: "c", sha256: hash },
        test_labels: { path: "d", sha256: hash },
      },
    },
    preprocess: { scale: 1, validation: 0, limit: 60000 },
    model: { hidden: [], activation: "relu", init: { method: "he", bias: "zero" } },
    train: {
      epochs: 3,
      batch_size: "full",
      learning_rate: 0.0001,
      optimizer: "adagrad",
      reduction: "sum",
      shuffle: "none",
    },
    seeds: [3, 0, 1073741823],
    rng: { split: 4294967295, shuffle: 2, noise: 1 },
    sweep: { method: "grid", parameters: { "train.epochs": [2, 1] }, run_cap: 1000 },
    report: { metric: "test_loss", goal: "minimize", language: "en" },
  });
});

Deno.test("1e-4 is a number in every spelling that YAML 1.2 has for it", () => {
  for (const spelling of ["1e-4", "1E-4", "1.0e-4", "+1e-4", "0.0001", ".0001", "1.e-04"]) {
    assert.equal(parse(`${minimal}train: {learning_rate: ${spelling}}`).train.learning_rate, 1e-4, spelling);
  }
});

Deno.test("anchors, aliases and merge keys expand, and a mapping's own keys win over merged ones", () => {
  const experiment = parse(`
name: a
dataset: strokes
model:
  hidden: [&units 30, *units]
  init: &init {method: gaussian, sigma: 0.5}
sweep:
  parameters:
    model.init:
      - *init
      - {<<: *init, sigma: 0.1}
      - {sigma: 0.2, <<: [{bias: zero}, {bias: gaussian, sigma: 9}]}
`);
  assert.deepEqual(experiment.model.hidden, [30, 30]);
  assert.deepEqual(parametersOf(experiment)["model.init"], [
    { method: "gaussian", sigma: 0.5, bias: "gaussian" },
    { method: "gaussian", sigma: 0.1, bias: "gaussian" },
    { method: "gaussian", sigma: 0.2, bias: "zero" },
  ]);
});

Deno.test("an alias means the anchor last set before it, even inside a later copy", () => {
  const experiment = parse(`
name: a
dataset: strokes
train: {epochs: &n 3, batch_size: 1}
seeds: &seeds [*n]
rng: {split: &n 5, init: *n}
sweep: {parameters: {train.epochs: *seeds}}
`);
  assert.deepEqual(experiment.rng, { split: 5, init: 5 });
  assert.deepEqual(parametersOf(experiment)["train.epochs"], [3]);
});

Deno.test("a byte order mark, Windows line ends and a document marker do no harm", () => {
  assert.deepEqual(parse("\ufeff---\r\nname: a\r\ndataset: strokes\r\n...\r\n"), parse(minimal));
});

Deno.test("overrides replace values, add missing sections, and the last of two wins", () => {
  const experiment = parse(
    `${minimal}train: {epochs: 9, optimizer: momentum}`,
    "train.epochs=3",
    "model.hidden=[100]",
    "train.learning_rate = 1e-4",
    "model.init={method: he}",
    "model.init.bias=zero",
    "seeds=[1]",
    "seeds=[2, 3]",
    "sweep.parameters.train.batch_size=[full, 5]",
    "dataset=mnist",
  );
  assert.deepEqual(experiment.train, {
    ...parse(minimal).train,
    epochs: 3,
    optimizer: "momentum",
    learning_rate: 1e-4,
  });
  assert.deepEqual(experiment.model, {
    hidden: [100],
    activation: "tanh",
    init: { method: "he", bias: "zero" },
  });
  assert.deepEqual(experiment.seeds, [2, 3]);
  assert.deepEqual(parametersOf(experiment), { "train.batch_size": ["full", 5] });
  assert.equal(experiment.dataset, "mnist");
});

Deno.test("an override of a part of an anchored value leaves the anchor's other places as they are", () => {
  const shared = parse(
    `
name: a
dataset:
  idx:
    train_images: &file {path: p, sha256: &hash ${"0a".repeat(32)}}
    train_labels: *file
    test_images: {<<: *file}
    test_labels: {path: q, sha256: *hash}
`,
    "dataset.idx.train_images.path=changed",
  );
  const sha256 = "0a".repeat(32);
  assert.deepEqual(shared.dataset, {
    idx: {
      train_images: { path: "changed", sha256 },
      train_labels: { path: "p", sha256 },
      test_images: { path: "p", sha256 },
      test_labels: { path: "q", sha256 },
    },
  });
});

Deno.test("swept parameters keep the order written, of the file and then of overrides", () => {
  const experiment = parse(
    `${minimal}sweep: {parameters: {train.epochs: [1], model.hidden: [[5]], preprocess.scale: [1]}}`,
    "sweep.parameters.model.activation=[relu]",
    "sweep.parameters.model.hidden=[[6]]",
  );
  assert.deepEqual(Object.entries(parametersOf(experiment)), [
    ["train.epochs", [1]],
    ["model.hidden", [[6]]],
    ["preprocess.scale", [1]],
    ["model.activation", ["relu"]],
  ]);
});
