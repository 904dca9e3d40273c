import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";
import { experimentSchema } from "../../src/config/schema.ts";

const head = "name: a\ndataset: strokes\n";
const sweepOf = (text: string, ...sweep: string[]) =>
  parseExperiment(head + text, { file: "x.yaml", sweep }).sweep;

Deno.test("--sweep makes a grid of a config without a sweep, in the order of the command line", () => {
  assert.deepEqual(
    sweepOf("", "train.learning_rate=0.01,1e-1", "model.hidden=[100],[400,200]", "train.batch_size=full"),
    {
      method: "grid",
      parameters: {
        "train.learning_rate": [0.01, 0.1],
        "model.hidden": [[100], [400, 200]],
        "train.batch_size": ["full"],
      },
      run_cap: 1000,
    },
  );
});

Deno.test("--sweep replaces a parameter of the config's own sweep in its place, adds others, and the last of two wins", () => {
  const grid = "sweep: {parameters: {train.epochs: [1], train.batch_size: [5]}}";
  const parameters = (sweep: ReturnType<typeof sweepOf>) =>
    Object.entries(Object(Reflect.get(sweep ?? {}, "parameters")));
  assert.deepEqual(parameters(sweepOf(grid, "train.shuffle=none", "train.epochs=7", "train.epochs=2,3")), [
    ["train.epochs", [2, 3]],
    ["train.batch_size", [5]],
    ["train.shuffle", ["none"]],
  ]);
  const random = "sweep: {method: random, count: 2, parameters: {train.epochs: {int_uniform: [1, 9]}}}";
  assert.deepEqual(
    parameters(
      sweepOf(
        random,
        "train.learning_rate={uniform: [0.1, 0.2]}",
        "train.epochs=4,5",
        "model.init={method: he}",
      ),
    ),
    [
      ["train.epochs", { choice: [4, 5] }],
      ["train.learning_rate", { uniform: [0.1, 0.2] }],
      ["model.init", { choice: [{ method: "he", bias: "gaussian" }] }],
    ],
  );
  const halving = sweepOf(
    "sweep: {method: halving, candidates: {parameters: {train.batch_size: [5]}}}",
    "train.batch_size=1,2",
  );
  assert.ok(halving?.method === "halving");
  assert.deepEqual(parameters(halving.candidates as never), [["train.batch_size", [1, 2]]]);
});

Deno.test("seeds: {count: 3} is the seeds 0, 1 and 2", () => {
  assert.deepEqual(parseExperiment(`${head}seeds: {count: 3}`, { file: "x" }).seeds, [0, 1, 2]);
  assert.deepEqual(parseExperiment(head, { file: "x", set: ["seeds={count: 2}"] }).seeds, [0, 1]);
});

Deno.test("an experiment with a sweep of any method reads back from JSON unchanged", () => {
  const grid = "parameters: {train.batch_size: [1, 2]}";
  for (
    const sweep of [
      `{${grid}, where: [{train.batch_size: < 2}]}`,
      `{method: zip, ${grid}, run_cap: 3}`,
      "{method: list, trials: [{model.init: {method: he}}, {model.hidden: []}]}",
      `{method: random, count: 1, ${grid}, exclude: [{train.batch_size: 1}]}`,
      "{method: random, count: 9, seed: 3, parameters: {train.learning_rate: {log_uniform: [0.1, 1]}}}",
      `{method: halving, factor: 2, min_epochs: 2, candidates: {method: zip, ${grid}}}`,
    ]
  ) {
    const experiment = parseExperiment(`${head}sweep: ${sweep}`, { file: "x" });
    const text = JSON.stringify(experiment);
    assert.equal(JSON.stringify(experimentSchema.parse(JSON.parse(text))), text);
    assert.equal(JSON.stringify(parseExperiment(text, { file: "x" })), text);
  }
});

Deno.test("of a flag that is very long the beginning is shown", () => {
  const long = "a".repeat(3000);
  for (const flag of ["set", "sweep"] as const) {
    for (const text of [`${long}=1`, `train.epochs=${long}`, `train.epochs=[${long}`, `'${long}'`, long]) {
      assert.throws(
        () => parseExperiment(head, { file: "x", [flag]: [text] }),
        ({ message }: Error) => message.includes(`--${flag} `) && message.length < 2000,
        text.slice(0, 20),
      );
    }
  }
});

Deno.test("what is to be typed instead of a flag in another shell's quotes is shown whole, or by its form", () => {
  const told = (text: string) => {
    try {
      return parseExperiment(head, { file: "x", set: [text] });
    } catch (error) {
      return (error as Error).message;
    }
  };
  assert.match(String(told("'train.epochs=3'")), /; write --set "train\.epochs=3"$/);
  const long = `model.hidden=[${Array(30).fill("100").join(", ")}]`;
  assert.match(String(told(`'${long}'`)), /; write --set "PATH=VALUE"$/);
});
