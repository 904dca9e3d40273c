import assert from "node:assert/strict";
import fc from "fast-check";
import { parseExperiment } from "../../../src/config/parse.ts";
import {
  activationsOf,
  datasetOf,
  hiddenOf,
  isEnough,
  trainingOptions,
  yamlOf,
} from "../../../src/lab/playground/experiment.ts";
import type { Setting } from "../../../src/lab/playground/state.ts";
import { pointsDataset } from "../../../src/data/points/points.ts";
import { settingFrom, TWELVE } from "./settings.ts";

/** What the page's config says, as a sweep reads it, is what the page trains. */
function compare(setting: Setting, epochs: number): void {
  const { dataset, preprocess, model, train, seeds } = parseExperiment(yamlOf(setting, epochs), {
    file: "lab.yaml",
  });
  const { validation, seed, ...options } = trainingOptions(setting);
  const { hidden, activation, init, learning_rate, batch_size, optimizer } = options;
  assert.deepEqual(model, { hidden: [...hidden ?? []], activation, init });
  assert.deepEqual(
    [train.epochs, train.learning_rate, train.batch_size, train.optimizer, preprocess.validation, seeds],
    [epochs, learning_rate, batch_size, optimizer, validation, [seed]],
  );
  // What the page leaves to the engine is left to the config's defaults, which are the same ones.
  assert.deepEqual([train.reduction, train.shuffle, preprocess.limit], ["mean", "once", undefined]);
  if (setting.data === "strokes") return assert.equal(dataset, "strokes");
  assert.ok(typeof dataset === "object" && "points" in dataset);
  assert.deepEqual(datasetOf(setting), pointsDataset(dataset.points));
}

Deno.test("the config that the page shows is read as the setting, for all that its controls and links can say", () => {
  const number = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
  const coordinate = fc.integer({ min: -125, max: 125 }).map((hundredths) => hundredths / 100 + 0);
  const arbitrary = fc.record({
    data: fc.constantFrom("gaussians", "circle", "xor", "moons", "spirals", "curve", "own", "strokes"),
    points: fc.array(fc.tuple(coordinate, coordinate, fc.constantFrom(0, 1)), {
      minLength: 2,
      maxLength: 40,
    }),
    count: fc.integer({ min: 10, max: 60 }),
    noise: number(0, 0.5),
    dataseed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    hidden: fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 4 }),
    units: fc.integer({ min: 0, max: 400 }),
    activation: fc.array(fc.constantFrom("tanh", "sigmoid", "relu", "identity"), {
      minLength: 1,
      maxLength: 4,
    }),
    init: fc.constantFrom("gaussian", "xavier", "he"),
    sigma: number(0.0001, 10),
    bias: fc.constantFrom("gaussian", "zero"),
    rate: number(0.00001, 100),
    batch: fc.oneof(fc.constant("full"), fc.integer({ min: 1, max: 1024 })),
    optimizer: fc.constantFrom("sgd", "momentum", "adagrad", "adam"),
    seed: fc.integer({ min: 0, max: 2 ** 30 - 1 }),
    validation: number(0, 0.9),
  });
  fc.assert(
    fc.property(arbitrary, fc.integer({ min: 1, max: 10_000 }), (drawn, epochs) => {
      const setting: Setting = { ...settingFrom(""), ...drawn };
      if (isEnough(setting)) compare(setting, epochs);
    }),
    { numRuns: 150, seed: 1 },
  );
});

Deno.test("the 12 settings that are swept are of every kind", () => {
  const settings = TWELVE.map(settingFrom);
  settings.forEach((setting) => compare(setting, setting.epochs));
  const kinds = (of: (setting: Setting) => unknown) => new Set(settings.map(of));
  assert.equal(kinds(({ data }) => data).size, 8);
  assert.equal(new Set(settings.flatMap(({ activation }) => activation)).size, 4);
  assert.ok(settings.some((setting) => Array.isArray(activationsOf(setting))));
  assert.equal(kinds(({ optimizer }) => optimizer).size, 4);
  assert.equal(kinds(({ init }) => init).size, 3);
  assert.ok(kinds((setting) => hiddenOf(setting).length).size >= 4);
  for (const batch of [1, "full"]) assert.ok(settings.some((setting) => setting.batch === batch));
});

Deno.test("own points are enough from two on, if one is left to train on", () => {
  const own = (points: string, validation: number) =>
    isEnough(settingFrom(`data=own&points=${points}&validation=${validation}`));
  assert.deepEqual([own("0,0,1", 0), own("0,0,1;1,1,0", 0.2), own("0,0,1;1,1,0", 0.9)], [false, true, false]);
});
