import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { experimentSchema } from "../../src/config/schema.ts";
import { arbitraryConfig } from "./arbitrary_config.ts";
import { writeYaml } from "./write_yaml.ts";

Deno.test("key order, comments, block or flow style, quotes and anchors do not change the experiment", () => {
  const draws = fc.infiniteStream(fc.nat({ max: 2 ** 20 - 1 }));
  fc.assert(
    fc.property(arbitraryConfig, draws, (config, stream) => {
      const text = writeYaml(config, (n) => stream.next().value % n);
      const expected = parseExperiment(JSON.stringify(config), { file: "x.json" });
      const found = parseExperiment(text, { file: "x.yaml" });
      assert.deepEqual(found, expected, text);
      // Not even the order of keys: what is written into a manifest is the same text.
      assert.equal(JSON.stringify(found), JSON.stringify(expected), text);
    }),
    { numRuns: 150 },
  );
});

Deno.test("an experiment is what the schema makes of the plain config, and reads back from JSON unchanged", () => {
  fc.assert(
    fc.property(arbitraryConfig, (config) => {
      const experiment = parseExperiment(JSON.stringify(config), { file: "x.json" });
      assert.deepEqual(experiment, experimentSchema.parse(config));
      assert.equal(
        JSON.stringify(experimentSchema.parse(JSON.parse(JSON.stringify(experiment)))),
        JSON.stringify(experiment),
      );
    }),
    { numRuns: 150 },
  );
});

Deno.test("overriding each setting one by one gives the same as writing them", () => {
  fc.assert(
    fc.property(arbitraryConfig, ({ name, dataset, ...config }) => {
      const set = Object.entries(config).flatMap(([section, value]) =>
        Array.isArray(value)
          ? [`${section}=${JSON.stringify(value)}`]
          : Object.entries(value ?? {}).map(([key, item]) => `${section}.${key}=${JSON.stringify(item)}`)
      );
      // A setting that is also swept may not be overridden: it would change nothing.
      const swept = Object.keys(Object(Reflect.get(config.sweep ?? {}, "parameters")));
      fc.pre(!set.some((override) => swept.includes(override.slice(0, override.indexOf("=")))));
      const start = JSON.stringify({ name, dataset });
      assert.deepEqual(
        parseExperiment(start, { file: "x.json", set }),
        parseExperiment(JSON.stringify({ name, dataset, ...config }), { file: "x.json" }),
      );
    }),
    { numRuns: 100 },
  );
});

Deno.test("no text at all makes the parser throw anything but a ConfigError", () => {
  const words = fc.constantFrom(
    ..."name dataset model train sweep parameters strokes he 1 -1 0.5 : , [ ] { } & * << ! | > # ' \" ? ~ - \n \t a"
      .split(" "),
    "\n  ",
    " ",
    ": ",
    "- ",
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), fc.boolean(), (parts, valid) => {
      const text = (valid ? "name: a\ndataset: strokes\n" : "") + parts.join("");
      try {
        parseExperiment(text, { file: "x.yaml" });
      } catch (error) {
        assert.equal(error instanceof Error ? error.name : error, "ConfigError", text);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("no value in the place of a setting makes the parser throw anything but a ConfigError in words of its own", () => {
  const wrong = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(null, "he", { method: "he" }, [{ method: "he" }], [[1]], [0.5, 0.5], ["full"]),
  );
  const paths = [
    "name",
    "dataset",
    "dataset.idx",
    "preprocess",
    "preprocess.validation",
    "model",
    "model.init",
    "model.init.sigma",
    "train",
    "seeds",
    "rng",
    "sweep",
    "sweep.parameters",
    "sweep.parameters.model.init",
    "sweep.parameters.model.init.sigma",
    "sweep.parameters.preprocess.validation",
    "report",
    "report.metric",
  ];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), wrong), { maxLength: 4 }), (overrides) => {
      const set = overrides.map(([path, value]) => `${path}=${JSON.stringify(value)}`);
      try {
        parseExperiment("name: a\ndataset: strokes\n", { file: "x.yaml", set });
      } catch (error) {
        assert.ok(error instanceof ConfigError, set.join(" "));
        for (const { message } of error.problems) {
          assert.doesNotMatch(
            message,
            /Invalid|undefined|object Object|must be ,|found $|Expected/,
            set.join(" "),
          );
        }
      }
    }),
    { numRuns: 500 },
  );
});
