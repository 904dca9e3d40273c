import assert from "node:assert/strict";
import { finalValues, parameterEffects, valuesAfter } from "../../src/analysis/effects.ts";
import goldens from "../fixtures/statistics.json" with { type: "json" };
import { divergedRow, runRow } from "../tables/run_rows.ts";

Deno.test("the effects of a full grid are the shares of an analysis of variance by least squares", () => {
  // Three replicates of each combination in a row: the seeds of a trial. See tests/fixtures/statistics.py.
  const { observations, factors, pairs, rest, replicates } = goldens.balanced;
  const values = observations.map(({ value }, i) => ({ trial: Math.floor(i / 3), seed: i % 3, value }));
  const trials = Array.from({ length: observations.length / 3 }, (_, trial) => {
    const [activation, optimizer, sigma] = observations[3 * trial].levels;
    return { trial, parameters: { activation, optimizer, sigma: Number(sigma), same: 1 } };
  });
  const effects = parameterEffects({ values, trials });
  assert.ok(effects !== null && effects.balanced);
  assert.equal(effects.runs, 72);
  assert.deepEqual(effects.parameters.map(({ path }) => path), ["activation", "optimizer", "sigma"]);
  const near = (found: number | null, expected: number) =>
    assert.ok(Math.abs((found ?? NaN) - expected) < 1e-10);
  factors.forEach((share, i) => near(effects.parameters[i].share, share));
  pairs.forEach(({ share }, i) => near(effects.pairs[i].share, share));
  assert.deepEqual(effects.pairs.map(({ paths }) => paths.join()), [
    "activation,optimizer",
    "activation,sigma",
    "optimizer,sigma",
  ]);
  near(effects.rest, rest);
  near(effects.seeds, replicates);
  assert.deepEqual(effects.parameters[2].levels.map(({ level, runs }) => [level, runs]), [
    ["0", 18],
    ["1", 18],
    ["2", 18],
    ["3", 18],
  ]);
});

Deno.test("a trial without a value makes the design unbalanced: shares overlap and there are no pairs", () => {
  const trials = [0, 1, 2, 3].map((trial) => ({
    trial,
    parameters: { "model.hidden": trial < 2 ? [10] : [20, 5], "train.learning_rate": trial % 2 ? 0.1 : 0.01 },
  }));
  const rows = [0.7, 0.8, 0.9].map((val_accuracy, trial) => runRow({ trial, val_accuracy }));
  const effects = parameterEffects({
    values: finalValues([...rows, divergedRow({ trial: 3 })], "val_accuracy"),
    trials,
  });
  assert.ok(effects !== null);
  assert.deepEqual([effects.runs, effects.balanced, effects.pairs, effects.rest, effects.seeds], [
    3,
    false,
    [],
    null,
    null,
  ]);
  assert.deepEqual(effects.parameters[0].levels, [
    { level: "10", runs: 2, mean: 0.75 },
    { level: "20-5", runs: 1, mean: 0.9 },
  ]);
  // Of 0.02 about the mean of 0.8: groups 0.75, 0.75 and 0.9 keep 0.015.
  assert.ok(Math.abs((effects.parameters[0].share ?? 0) - 0.75) < 1e-12);
});

Deno.test("many different numbers are taken together in quarters", () => {
  const trials = Array.from(
    { length: 40 },
    (_, trial) => ({ trial, parameters: { "train.learning_rate": (trial + 1) / 1000 } }),
  );
  const values = trials.map(({ trial }) => ({ trial, seed: 0, value: trial }));
  const effects = parameterEffects({ values, trials });
  assert.deepEqual(effects?.parameters[0].levels, [
    { level: "0.001 to 0.01", runs: 10, mean: 4.5 },
    { level: "0.011 to 0.02", runs: 10, mean: 14.5 },
    { level: "0.021 to 0.03", runs: 10, mean: 24.5 },
    { level: "0.031 to 0.04", runs: 10, mean: 34.5 },
  ]);
});

Deno.test("there are no effects of nothing swept, or of one run", () => {
  const trials = [{ trial: 0, parameters: { a: 1 } }, { trial: 1, parameters: { a: 2 } }];
  assert.equal(parameterEffects({ values: [{ trial: 0, seed: 0, value: 1 }], trials }), null);
  assert.equal(parameterEffects({ values: [], trials: [] }), null);
});

Deno.test("values after an epoch are those of history.csv, and there are none of the test set", () => {
  const epoch = { trial: 0, seed: 0, train_loss: 2, val_loss: 1, val_accuracy: 0.5 };
  const history = [{ ...epoch, epoch: 1 }, { ...epoch, epoch: 2, val_loss: 0.5 }, {
    ...epoch,
    trial: 1,
    epoch: 1,
    val_loss: null,
  }];
  assert.deepEqual(valuesAfter(1, history, "val_loss"), [{ trial: 0, seed: 0, value: 1 }]);
  assert.deepEqual(valuesAfter(2, history, "val_loss"), [{ trial: 0, seed: 0, value: 0.5 }]);
  assert.deepEqual(valuesAfter(1, history, "test_loss"), []);
});
