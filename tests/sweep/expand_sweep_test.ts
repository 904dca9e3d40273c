import assert from "node:assert/strict";
import fc from "fast-check";
import { parseExperiment } from "../../src/config/parse.ts";
import { type Experiment, experimentSchema } from "../../src/config/schema.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { arbitraryConfig } from "../config/arbitrary_config.ts";

const parse = (config: object): Experiment => parseExperiment(JSON.stringify(config), { file: "x.json" });
const head = { name: "a", dataset: "strokes" };
const goldens = JSON.parse(Deno.readTextFileSync(new URL("../fixtures/sweep_grid.json", import.meta.url)));

Deno.test("a grid's trials come in the order of Python's itertools.product", () => {
  const space = expandSweep(parse({ ...head, sweep: { method: "grid", parameters: goldens.parameters } }));
  assert.equal(space.count, 24);
  const trials = [...space];
  assert.deepEqual(trials.map(({ swept }) => swept), goldens.trials);
  assert.deepEqual(trials.map(({ index }) => index), [...goldens.trials.keys()]);
  for (const { swept, model, train } of trials) {
    assert.deepEqual(model.hidden, swept["model.hidden"]);
    assert.equal(train.learning_rate, swept["train.learning_rate"]);
    assert.equal(train.batch_size, swept["train.batch_size"]);
    assert.deepEqual(model.init, { method: "gaussian", sigma: swept["model.init.sigma"], bias: "gaussian" });
  }
});

Deno.test("without a sweep there is one trial, of the settings as they are", () => {
  const experiment = parse({ ...head, model: { init: { method: "he" } } });
  const { preprocess, model, train } = experiment;
  assert.deepEqual([...expandSweep(experiment)], [{ index: 0, swept: {}, preprocess, model, train }]);
});

Deno.test("at() and iteration agree, twice, and at() refuses an index that is not a trial's", () => {
  const space = expandSweep(parse({ ...head, sweep: { parameters: { "train.epochs": [1, 2, 3] } } }));
  assert.deepEqual([...space], [...space]);
  assert.deepEqual([...space], [0, 1, 2].map((index) => space.at(index)));
  for (const index of [-1, 3, 0.5, NaN]) {
    assert.throws(() => space.at(index), {
      name: "RangeError",
      message: `Cannot make a trial: index must be a whole number from 0 to 2, found ${index}`,
    });
  }
});

Deno.test("a grid of a thousand million trials is made one trial at a time", () => {
  const thousand = Array.from({ length: 1000 }, (_, index) => index + 1);
  const space = expandSweep(
    parse({
      ...head,
      sweep: {
        parameters: {
          "train.epochs": thousand,
          "train.learning_rate": thousand,
          "model.init.sigma": thousand,
        },
      },
    }),
  );
  assert.equal(space.count, 1e9);
  assert.deepEqual(space.at(123_456_789).swept, {
    "train.epochs": 124,
    "train.learning_rate": 457,
    "model.init.sigma": 790,
  });
});

Deno.test("a swept method keeps the base's sigma for gaussian alone", () => {
  const space = expandSweep(parse({
    ...head,
    model: { init: { sigma: 0.5, bias: "zero" } },
    sweep: {
      parameters: { "model.init.method": ["xavier", "gaussian"], "model.init.bias": ["zero", "gaussian"] },
    },
  }));
  assert.deepEqual([...space].map(({ model }) => model.init), [
    { method: "xavier", bias: "zero" },
    { method: "xavier", bias: "gaussian" },
    { method: "gaussian", sigma: 0.5, bias: "zero" },
    { method: "gaussian", sigma: 0.5, bias: "gaussian" },
  ]);
});

Deno.test("a swept method of gaussian on a base without sigma takes the default, and whole inits replace the base's", () => {
  const base = { ...head, model: { init: { method: "he", bias: "zero" } } };
  const byMethod = expandSweep(
    parse({ ...base, sweep: { parameters: { "model.init.method": ["gaussian", "he"] } } }),
  );
  assert.deepEqual([...byMethod].map(({ model }) => model.init), [
    { method: "gaussian", sigma: 0.01, bias: "zero" },
    { method: "he", bias: "zero" },
  ]);
  const whole = expandSweep(
    parse({ ...base, sweep: { parameters: { "model.init": [{}, { method: "xavier" }] } } }),
  );
  assert.deepEqual([...whole].map(({ model }) => model.init), [
    { method: "gaussian", sigma: 0.01, bias: "gaussian" },
    { method: "xavier", bias: "gaussian" },
  ]);
});

Deno.test("a trial has an activation for each hidden layer, or one word where they are all the same", () => {
  const base = { ...head, model: { hidden: [4, 3], activation: ["relu", "relu"] } };
  const space = expandSweep(parse({
    ...base,
    sweep: {
      parameters: {
        "model.activation": [["tanh", "relu"], "tanh", ["relu", "relu"], ["relu", "tanh"]],
      },
      exclude: [{ "model.activation": ["tanh", "tanh"] }],
    },
  }));
  assert.deepEqual([...space].map(({ model, swept }) => [model.activation, swept["model.activation"]]), [
    [["tanh", "relu"], ["tanh", "relu"]],
    ["relu", "relu"],
    [["relu", "tanh"], ["relu", "tanh"]],
  ]);
  assert.deepEqual([...expandSweep(parse(base))].map(({ model }) => model.activation), ["relu"]);
  assert.equal(parse(base).model.activation, "relu");
});

Deno.test("a trial is what the config would be with its swept values written in, and no two are equal", () => {
  fc.assert(
    fc.property(arbitraryConfig, (config) => {
      const experiment = parse(config);
      const before = JSON.stringify(experiment);
      const space = expandSweep(experiment);
      const { sweep: _, ...base } = config;
      const seen = new Set<string>();
      for (const { swept, index, ...settings } of space) {
        if (index > 200) break;
        const written = structuredClone({
          preprocess: {},
          ...base,
          model: { init: {}, ...base.model },
          train: { ...base.train },
        });
        for (const [path, value] of Object.entries(swept)) {
          const keys = path.split(".");
          const parent = keys.slice(0, -1).reduce<object>((object, key) => Reflect.get(object, key), written);
          Reflect.set(parent, keys[keys.length - 1], value);
        }
        const { preprocess, model, train } = experimentSchema.parse(written);
        assert.deepEqual(settings, { preprocess, model, train });
        assert.ok(!seen.has(JSON.stringify(settings)));
        seen.add(JSON.stringify(settings));
      }
      assert.equal(JSON.stringify(experiment), before);
    }),
    { numRuns: 60 },
  );
});
