import assert from "node:assert/strict";
import fc from "fast-check";
import { trainParameters } from "../../../pipeline/steps/train.ts";
import type { JsonSchema } from "../../../src/config/json_schema.ts";
import { choicesOf, schemaAt } from "../../../src/config/explain/schema_paths.ts";
import { type Experiment, experimentSchema } from "../../../src/config/schema.ts";
import { settingAt, SETTINGS } from "../../../src/settings/settings.ts";
import { arbitraryConfig } from "../../config/arbitrary_config.ts";
import { plannedKeys } from "../planned_keys.ts";

/** The leaves of the sections that a trial resolves, as the schema has them. */
const LEAVES = ["preprocess", "model", "train"].flatMap((section) => leavesOf(section));

function leavesOf(path: string): string[] {
  const { properties } = schemaAt(path.split(".")) ?? {};
  return properties === undefined
    ? [path]
    : Object.keys(properties).flatMap((key) => leavesOf(`${path}.${key}`));
}

/** Values that a schema takes. */
function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const choices = choicesOf(schema);
  if (choices.length > 0) return fc.oneof(...choices.map(valuesOf));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.examples !== undefined) return fc.constantFrom(...schema.examples);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const min = Number(schema.minimum ?? schema.exclusiveMinimum ?? 0);
  const max = Number(schema.maximum ?? schema.exclusiveMaximum ?? 1000);
  switch (schema.type) {
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer({ min, max });
    case "number":
      return fc.double({ min, max, noNaN: true });
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([key, inner]) => [key, valuesOf(inner as JsonSchema)]),
        ),
        { requiredKeys: schema.required ?? [] },
      );
    case "array":
      return fc.array(valuesOf(schema.items as JsonSchema), { maxLength: schema.maxItems ?? 3 });
  }
  throw new TypeError(`no values for ${JSON.stringify(schema)}`);
}

/** Configs of one trial, each with another one that differs from it in the setting `path` alone, both of them right. */
function changesOf(path: string): fc.Arbitrary<{ before: Experiment; after: Experiment }> {
  const [section, ...keys] = path.split(".");
  const withValue = (config: object, [key, ...rest]: readonly string[], value: unknown): object => ({
    ...config,
    [key]: rest.length === 0 ? value : withValue(Object(Reflect.get(config, key)), rest, value),
  });
  return fc.tuple(arbitraryConfig, valuesOf(schemaAt(path.split(".")) ?? {}))
    .map(([{ sweep: _, seeds: __, ...config }, value]) => ({
      before: experimentSchema.safeParse(config).data,
      after: experimentSchema.safeParse(withValue(config, [section, ...keys], value)).data,
    }))
    .filter((pair): pair is { before: Experiment; after: Experiment } => {
      const { before, after } = pair;
      return before !== undefined && after !== undefined &&
        JSON.stringify(settingAt(before, path)) !== JSON.stringify(settingAt(after, path));
    });
}

Deno.test("every leaf of the schema's sections is a setting, and every setting a leaf or a part with leaves", () => {
  assert.ok(LEAVES.length >= 14);
  const parts = Object.keys(SETTINGS).filter((path) => LEAVES.some((leaf) => leaf.startsWith(`${path}.`)));
  assert.deepEqual([...LEAVES, ...parts].sort(), Object.keys(SETTINGS).sort());
});

for (const path of LEAVES) {
  const isStage = path === "train.epochs";
  Deno.test(`a change of ${path} ${isStage ? "goes on with the same" : "is another"} training`, () => {
    fc.assert(
      fc.property(changesOf(path), ({ before, after }) => {
        const [old, now] = [before, after].map((experiment) => plannedKeys(experiment).get("train 0-0"));
        assert.ok(old !== undefined && now !== undefined);
        assert.equal(old === now, isStage);
      }),
      { numRuns: 15 },
    );
  });
}

Deno.test("a change of the epochs is another training where a setting depends on how many there are", () => {
  const seeds = { split: 1, init: 2, shuffle: 3, noise: 4 };
  const settings = experimentSchema.parse({
    name: "a",
    dataset: "strokes",
    train: { optimizer: "momentum" },
  });
  const longer = { ...settings, train: { ...settings.train, epochs: settings.train.epochs + 1 } };
  // As if momentum came with a schedule over all epochs.
  const planted = {
    ...SETTINGS,
    "train.optimizer": {
      ...SETTINGS["train.optimizer"],
      needsTotal: (value: unknown) => value === "momentum",
    },
  };
  const parameters = (trial: Experiment, registry = SETTINGS) => trainParameters(trial, seeds, registry);
  assert.deepEqual(parameters(longer), parameters(settings));
  assert.notDeepEqual(parameters(longer, planted), parameters(settings, planted));
  assert.deepEqual(parameters(settings, planted).train, settings.train);

  const plain = { ...settings, train: { ...settings.train, optimizer: "sgd" as const } };
  const plainLonger = { ...plain, train: { ...plain.train, epochs: plain.train.epochs + 1 } };
  assert.deepEqual(parameters(plainLonger, planted), parameters(plain, planted));
});
