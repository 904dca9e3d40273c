import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";
import type { Experiment } from "../../src/config/schema.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import quasiRandom from "../fixtures/quasi_random.json" with { type: "json" };
import goldens from "../fixtures/sweep_methods.json" with { type: "json" };

const head = { name: "a", dataset: "strokes" };
const parse = (config: object): Experiment => parseExperiment(JSON.stringify(config), { file: "x.json" });
const sweptOf = (sweep: object, base: object = {}) =>
  Array.from(expandSweep(parse({ ...head, ...base, sweep })), ({ swept }) => swept);

Deno.test("zip pairs the values of lists of equal length", () => {
  const trials = sweptOf({ method: "zip", parameters: goldens.zip });
  assert.deepEqual(trials, goldens.zipped);
});

Deno.test("where keeps the trials for which every comparison holds, numbered anew in the grid's order", () => {
  const where = [{ "train.learning_rate": "<= 0.1" }, { "model.hidden": "!= [100]" }];
  assert.deepEqual(sweptOf({ parameters: goldens.grid, where }), goldens.where);
  const together = [{ "model.hidden": "!= [100]", "train.learning_rate": "<= 0.1" }];
  assert.deepEqual(sweptOf({ parameters: goldens.grid, where: together }), goldens.where);
  const space = expandSweep(parse({ ...head, sweep: { parameters: goldens.grid, where } }));
  assert.deepEqual([...space].map(({ index }) => index), [...goldens.where.keys()]);
  assert.deepEqual(space.at(3).swept, goldens.where[3]);
});

Deno.test("exclude leaves out the trials for which all that one rule says holds, and a full batch is the largest", () => {
  const exclude = [{ "model.hidden": [400, 200], "train.batch_size": "> 10" }, { "train.learning_rate": 1 }];
  assert.deepEqual(sweptOf({ parameters: goldens.grid, exclude }), goldens.exclude);
});

Deno.test("a comparison may be with another setting, swept or not", () => {
  const parameters = { "train.epochs": [1, 2, 3], "train.batch_size": [2, 3] };
  const trials = (condition: string) =>
    sweptOf({ parameters, where: [{ "train.epochs": condition }] })
      .map((swept) => `${swept["train.epochs"]}${swept["train.batch_size"]}`);
  assert.deepEqual(trials(">= train.batch_size"), ["22", "32", "33"]);
  assert.deepEqual(trials("== train.batch_size"), ["22", "33"]);
  assert.deepEqual(trials("< preprocess.scale"), ["12", "13", "22", "23", "32", "33"]);
});

Deno.test("filters see what a trial resolves to: a part of a value swept as a whole, and what a method does not have", () => {
  const inits = [{ method: "he" }, { method: "gaussian", sigma: 0.1 }, { method: "gaussian" }];
  const methods = (filters: object) =>
    sweptOf({ parameters: { "model.init": inits }, ...filters }).map((swept) =>
      JSON.stringify(swept["model.init"])
    );
  const [he, wide, narrow] = methods({});
  assert.deepEqual(methods({ where: [{ "model.init.method": "he" }] }), [he]);
  assert.deepEqual(methods({ where: [{ "model.init.sigma": "<= 0.05" }] }), [narrow]);
  assert.deepEqual(methods({ exclude: [{ "model.init.sigma": 0.1 }] }), [he, narrow]);
  assert.deepEqual(methods({ exclude: [{ "model.init": { sigma: 0.1 } }] }), [he, narrow]);
  assert.deepEqual(methods({ exclude: [{ "model.init.sigma": "!= 0.1" }] }), [wide]);
});

Deno.test("list has the trials as written, and what one leaves out as in the settings", () => {
  const trials = [
    { "train.learning_rate": 0.1, "model.hidden": [50] },
    { "train.learning_rate": 0.2 },
    { "model.init.method": "he" },
    { "model.init.sigma": 0.5 },
  ];
  const base = { model: { hidden: [30] }, train: { learning_rate: 0.3 } };
  const gaussian = { "model.init.method": "gaussian", "model.init.sigma": 0.01 };
  assert.deepEqual(sweptOf({ method: "list", trials }, base), [
    { "train.learning_rate": 0.1, "model.hidden": [50], ...gaussian },
    { "train.learning_rate": 0.2, "model.hidden": [30], ...gaussian },
    { "train.learning_rate": 0.3, "model.hidden": [30], "model.init.method": "he" },
    { "train.learning_rate": 0.3, "model.hidden": [30], ...gaussian, "model.init.sigma": 0.5 },
  ]);
});

Deno.test("random draws the trials that NumPy's RandomState of the same seed draws, without repeats", () => {
  for (const { trials, ...sweep } of goldens.random) {
    assertTrials(sweptOf({ method: "random", ...sweep }), trials);
  }
});

function assertTrials(found: readonly Record<string, unknown>[], trials: readonly object[]): void {
  assert.equal(found.length, trials.length);
  for (const [i, trial] of trials.entries()) {
    assert.deepEqual(Object.keys(found[i]), Object.keys(trial));
    for (const [path, value] of Object.entries(trial)) {
      const drawn = found[i][path];
      // NumPy's exp may be the neighbour of the nearest double.
      if (path === "train.learning_rate") {
        assert.ok(typeof drawn === "number" && Math.abs(drawn / Number(value) - 1) < 3e-16, `${i} ${path}`);
      } else assert.deepEqual(drawn, value, `trial ${i}, ${path}`);
    }
  }
}

for (const method of ["sobol", "halton"] as const) {
  Deno.test(`${method} has its trials at the points of the sequence, in order and without repeats`, () => {
    for (const { sweep, trials } of quasiRandom.trials[method]) {
      assertTrials(sweptOf({ method, ...sweep }), trials);
    }
  });
}

Deno.test("filters pass over points of a sequence, and halving takes its trials", () => {
  const where = [{ "train.batch_size": "< 32", "train.epochs": ">= 2" }];
  const { sweep, trials } = quasiRandom.filtered;
  assert.deepEqual(sweptOf({ method: "sobol", ...sweep, where }), trials);
  const [{ sweep: candidates, trials: found }] = quasiRandom.trials.halton;
  assertTrials(sweptOf({ method: "halving", candidates: { method: "halton", ...candidates } }), found);
});

Deno.test("conditions leave of a grid the combinations that make sense: adagrad with small rates only, sgd with large ones", () => {
  const parameters = { "train.optimizer": ["sgd", "adagrad"], "train.learning_rate": [0.001, 0.01, 0.1, 1] };
  const trials = (filters: object) =>
    sweptOf({ parameters, ...filters }).map((swept) =>
      `${swept["train.optimizer"]} ${swept["train.learning_rate"]}`
    );
  const wanted = ["sgd 0.1", "sgd 1", "adagrad 0.001", "adagrad 0.01"];
  const exclude = [
    { "train.optimizer": "adagrad", "train.learning_rate": "> 0.01" },
    { "train.optimizer": "sgd", "train.learning_rate": "< 0.1" },
  ];
  assert.deepEqual(trials({ exclude }), wanted);
});

Deno.test("a list in the place of a distribution is a choice, and random search is the same each time and in any order", () => {
  const sweep = (choice: object) => ({
    method: "random",
    count: 20,
    seed: 3,
    parameters: { "train.batch_size": choice, "train.learning_rate": { uniform: [0.1, 0.2] } },
  });
  assert.deepEqual(sweptOf(sweep([1, 2, 3])), sweptOf(sweep({ choice: [1, 2, 3] })));
  const space = expandSweep(parse({ ...head, sweep: sweep([1, 2, 3]) }));
  const last = space.at(19);
  assert.deepEqual([...space].at(-1), last);
  assert.deepEqual([...space], [...space]);
});

Deno.test("a hundred thousand random trials are made, no two of them equal", () => {
  const space = expandSweep(parse({
    ...head,
    sweep: {
      method: "random",
      count: 100_000,
      parameters: {
        "train.learning_rate": { log_uniform: [1e-4, 1] },
        "train.batch_size": { int_uniform: [1, 1024] },
      },
      run_cap: 100_000,
    },
  }));
  assert.equal(space.count, 100_000);
  const seen = new Set<string>();
  for (const { swept } of space) seen.add(JSON.stringify(swept));
  assert.equal(seen.size, 100_000);
});

Deno.test("halving has the trials of its candidates", () => {
  const candidates = { parameters: goldens.grid, exclude: [{ "train.learning_rate": 1 }] };
  assert.deepEqual(sweptOf({ method: "halving", candidates }), sweptOf(candidates));
});
