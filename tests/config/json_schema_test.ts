import assert from "node:assert/strict";
import { z } from "zod";
import { experimentJsonSchema } from "../../src/config/json_schema.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { sweepable } from "../../src/config/sweepable.ts";
import { parse } from "yaml";

const configs = new URL("../../configs/", import.meta.url);
const schemaText = Deno.readTextFileSync(new URL("schema.json", configs));
const texts = [...Deno.readDirSync(configs)].filter(({ name }) => name.endsWith(".yaml"))
  .map(({ name }) => ({ name, text: Deno.readTextFileSync(new URL(name, configs)) }));

Deno.test("configs/schema.json is up to date", () => {
  assert.equal(
    schemaText,
    `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`,
    "stale: run `deno task schema`",
  );
});

Deno.test("each config in configs/ is right, tells editors its schema, and is named after its file", () => {
  assert.ok(texts.length >= 3);
  for (const { name, text } of texts) {
    assert.equal(text.split("\n")[0], "# yaml-language-server: $schema=./schema.json", name);
    assert.equal(`${parseExperiment(text, { file: name }).name}.yaml`, name);
  }
});

Deno.test("the JSON Schema accepts the configs in configs/ and refuses what the program refuses by kind, range or name", () => {
  const schema = z.fromJSONSchema(JSON.parse(schemaText));
  for (const { name, text } of texts) assert.ok(schema.safeParse(parse(text)).success, name);
  const head = { name: "a", dataset: "strokes" };
  for (
    const wrong of [
      { name: "a" },
      { ...head, name: "a b" },
      { ...head, dataset: "mnst" },
      { ...head, epochs: 3 },
      { ...head, train: { epochs: 0 } },
      { ...head, train: { batch_size: "ful" } },
      { ...head, train: { batch_size: 1025 } },
      { ...head, model: { hidden: 100 } },
      { ...head, model: { hidden: [2001] } },
      { ...head, model: { init: { method: "hey" } } },
      { ...head, preprocess: { validation: 1 } },
      { ...head, seeds: [] },
      { ...head, sweep: {} },
      { ...head, sweep: { parameters: { "train.epoch": [1] } } },
      { ...head, sweep: { parameters: { "train.epochs": [] } } },
      { ...head, sweep: { parameters: { "model.hidden": [100] } } },
    ]
  ) {
    assert.equal(schema.safeParse(wrong).success, false, JSON.stringify(wrong));
    assert.throws(() => parseExperiment(JSON.stringify(wrong), { file: "x.json" }), { name: "ConfigError" });
  }
});

Deno.test("editors complete every setting that can be swept, and see what each setting means", () => {
  const { properties: sections } = JSON.parse(schemaText);
  const { parameters } = sections.sweep.oneOf[0].properties;
  assert.deepEqual(Object.keys(parameters.properties), Object.keys(sweepable));
  assert.deepEqual(Object.keys(sweepable), [
    "preprocess.scale",
    "preprocess.validation",
    "preprocess.limit",
    "model.hidden",
    "model.activation",
    "model.init",
    "model.init.method",
    "model.init.sigma",
    "model.init.bias",
    "train.epochs",
    "train.batch_size",
    "train.learning_rate",
    "train.optimizer",
    "train.reduction",
    "train.shuffle",
  ]);
  interface Described {
    description?: string;
    properties?: Record<string, Described>;
  }
  const undescribed = (node: Described, path: string): string[] =>
    Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
      ...(child.description ? [] : [`${path}${key}`]),
      ...undescribed(child, `${path}${key}.`),
    ]);
  assert.deepEqual(undescribed(JSON.parse(schemaText), ""), []);
  assert.deepEqual(undescribed(sections.sweep.oneOf[0], "sweep."), []);
  assert.deepEqual(undescribed(sections.dataset.anyOf[1], "dataset."), []);
});
