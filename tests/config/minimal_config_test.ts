import assert from "node:assert/strict";
import fc from "fast-check";
import { minimalConfig } from "../../src/config/minimal_config.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import { arbitraryConfig } from "./arbitrary_config.ts";

const parse = (config: object) => parseExperiment(JSON.stringify(config), { file: "x.json" });

Deno.test("minimalConfig() keeps what is not a default, in the order of the config", () => {
  const minimal = (config: object) =>
    JSON.stringify(minimalConfig(parse({ name: "a", dataset: "strokes", ...config })));
  assert.equal(minimal({}), '{"name":"a","dataset":"strokes"}');
  assert.equal(
    minimal({
      preprocess: { scale: 255, validation: 0.1 },
      model: {
        hidden: [400, 200],
        activation: "relu",
        init: { method: "gaussian", sigma: 0.01, bias: "zero" },
      },
      train: { epochs: 10, learning_rate: 0.1 },
      seeds: [0, 1, 2],
      rng: { split: 0 },
      report: { metric: "val_loss", goal: "minimize" },
    }),
    '{"name":"a","dataset":"strokes","preprocess":{"validation":0.1},"model":{"activation":"relu","init":{"bias":"zero"}},' +
      '"train":{"learning_rate":0.1},"seeds":{"count":3},"rng":{"split":0},"report":{"metric":"val_loss"}}',
  );
  assert.equal(minimal({ seeds: [1, 0] }), '{"name":"a","dataset":"strokes","seeds":[1,0]}');
});

Deno.test("the minimal config of any experiment reads as that experiment, and needs every one of its keys", () => {
  fc.assert(
    fc.property(arbitraryConfig, ({ sweep: _, ...config }) => {
      const experiment = parse(config);
      const minimal = minimalConfig(experiment);
      assert.deepEqual(parse(minimal), experiment);
      for (const [key, value] of Object.entries(minimal)) {
        if (key === "name" || key === "dataset") continue;
        const { [key]: __, ...without } = minimal;
        assert.notDeepEqual(parse(without), experiment, `${key}: ${JSON.stringify(value)}`);
      }
    }),
    { numRuns: 60 },
  );
});
