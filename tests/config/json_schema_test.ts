import assert from "node:assert/strict";
import { fromJSONSchema } from "npm/zod";
import { expandedJsonSchema, experimentJsonSchema } from "../../src/config/json_schema.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { SETTINGS } from "../../src/settings/settings.ts";
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

Deno.test("configs/schema.ja.json is up to date, and all that people read in it is Japanese", () => {
  const text = Deno.readTextFileSync(new URL("schema.ja.json", configs));
  const japanese = experimentJsonSchema("ja");
  assert.equal(text, `${JSON.stringify(japanese, null, 2)}\n`, "stale: run `deno task schema`");
  const words = (schema: unknown) => {
    const found: string[] = [];
    JSON.stringify(schema, (key, value) => {
      const isText = ["description", "errorMessage", "patternErrorMessage"].includes(key);
      if (isText && typeof value === "string") found.push(value);
      return value;
    });
    return found;
  };
  const isJapanese = (text: string) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);
  assert.ok(words(japanese).length > 50);
  assert.deepEqual(words(japanese).filter((text) => !isJapanese(text)), []);
  assert.deepEqual(words(experimentJsonSchema()).filter(isJapanese), []);
  // But for these the two are the same.
  const bare = (schema: unknown) =>
    JSON.parse(JSON.stringify(schema, (key, value) => {
      const isText = ["description", "errorMessage", "patternErrorMessage"].includes(key);
      return isText && typeof value === "string" ? undefined : value;
    }));
  assert.deepEqual(bare(expandedJsonSchema("ja")), bare(expandedJsonSchema()));
});

Deno.test("each config in configs/ is right, tells editors its schema, and is named after its file", () => {
  assert.ok(texts.length >= 3);
  for (const { name, text } of texts) {
    assert.equal(text.split("\n")[0], "# yaml-language-server: $schema=./schema.json", name);
    assert.equal(`${parseExperiment(text, { file: name }).name}.yaml`, name);
  }
});

Deno.test("the JSON Schema accepts the configs in configs/ and refuses what the program refuses by kind, range or name", () => {
  const schema = fromJSONSchema(JSON.parse(schemaText));
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

interface Described {
  $ref?: string;
  description?: string;
  properties?: Record<string, Described>;
  items?: Described;
  anyOf?: Described[];
  oneOf?: Described[];
}

Deno.test("editors complete every setting that can be swept, and see what each setting means", () => {
  const { properties: sections, definitions } = JSON.parse(schemaText);
  const resolve = (node: Described): Described =>
    node.$ref === undefined ? node : definitions[node.$ref.slice("#/definitions/".length)];
  const methods: Described[] = sections.sweep.oneOf;
  const keysAt = (method: number, ...path: string[]) => {
    const node = path.reduce(
      (parent, key) => resolve(resolve(parent).properties?.[key] ?? {}),
      methods[method],
    );
    return Object.keys(resolve(node.items ?? node).properties ?? {});
  };
  const places = { parameters: [0, 1, 3], where: [0, 1, 3], exclude: [0, 1, 3], trials: [2] };
  for (const [key, indices] of Object.entries(places)) {
    for (const index of indices) {
      assert.deepEqual(keysAt(index, key), Object.keys(SETTINGS), `${index} ${key}`);
    }
  }
  assert.deepEqual(Object.keys(SETTINGS), [
    "preprocess.scale",
    "preprocess.standardise",
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
    "train.weight_decay",
    "train.clip_norm",
    "train.reduction",
    "train.shuffle",
    "train.schedule",
    "train.early_stopping",
    "train.dropout",
    "train.input_noise",
  ]);
  const undescribed = (node: Described, path: string): string[] =>
    Object.entries(node.properties ?? {}).flatMap(([key, written]) => {
      const child = resolve(written);
      return [
        ...(child.description ? [] : [`${path}${key}`]),
        ...[child, ...child.anyOf ?? [], ...child.oneOf ?? []].flatMap((inner) =>
          undescribed(resolve(inner), `${path}${key}.`)
        ),
      ];
    });
  assert.deepEqual(undescribed(JSON.parse(schemaText), ""), []);
});
