import assert from "node:assert/strict";
import {
  finalValues,
  marginalMean,
  parameterEffects,
  quarters,
  valuesAfter,
} from "../../src/analysis/effects.ts";
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
  // Of 0.02 about the mean of 0.8: groups 0.75, 0.75 and 0.9 keep 0.015.
  assert.ok(Math.abs((effects.parameters[0].share ?? 0) - 0.75) < 1e-12);
});

Deno.test("many different numbers are taken together in quarters", () => {
  const trials = Array.from(
    { length: 40 },
    (_, trial) => ({ trial, parameters: { "train.learning_rate": (trial + 1) / 1000 } }),
  );
  const values = trials.map(({ trial }) => ({ trial, seed: 0, value: trial }));
  // As many levels as runs would explain all; four groups of ten neighbours keep 5000 of 5330.
  const share = parameterEffects({ values, trials })?.parameters[0].share ?? NaN;
  assert.ok(Math.abs(share - 5000 / 5330) < 1e-12);
  // Of ten different numbers each is a level, and explains its only run.
  const shareOf = (count: number) => {
    const values = trials.slice(0, count).map(({ trial }) => ({ trial, seed: 0, value: trial }));
    return parameterEffects({ values, trials })?.parameters[0].share ?? NaN;
  };
  assert.equal(shareOf(10), 1);
  assert.ok(shareOf(11) < 1);
  assert.deepEqual(quarters([1, 2, 2, 5, 3, 9, 8]), [{ low: 1, high: 2 }, { low: 3, high: 5 }, {
    low: 8,
    high: 9,
  }]);
  assert.deepEqual(quarters([7]), [{ low: 7, high: 7 }]);
});

Deno.test("a marginal mean's interval is Student's t over its means for each seed", () => {
  const value = (trial: number, seed: number, value: number) => ({ trial, seed, value });
  const values = [
    ...[0.8, 0.9, 0.85].map((v, seed) => value(0, seed, v)),
    ...[0.4, 0.44, 0.42].map((v, seed) => value(1, seed, v)),
  ];
  const found = marginalMean(values, "val_accuracy");
  // scipy.stats.t.interval(0.95, 2, np.mean(m), scipy.stats.sem(m)) of m = [0.6, 0.67, 0.635]
  assert.deepEqual([found.trials, found.seeds], [2, 3]);
  const near = (found: number | null, expected: number) =>
    assert.ok(Math.abs((found ?? NaN) - expected) < 1e-9, `${found} ${expected}`);
  near(found.mean, 0.635);
  near(found.low, 0.5480551800887);
  near(found.high, 0.7219448199113);
  // What trials differ by is no error: the same apart by any amount.
  const apart = marginalMean(
    values.map((one) => one.trial === 1 ? { ...one, value: one.value - 0.3 } : one),
    "val_accuracy",
  );
  near((apart.high ?? NaN) - (apart.low ?? NaN), 0.7219448199113 - 0.5480551800887);
});

Deno.test("a marginal mean has no interval with one seed, or where a trial lacks one; each trial counts alike", () => {
  const value = (trial: number, seed: number, value: number) => ({ trial, seed, value });
  const none = { seeds: 0, low: null, high: null };
  assert.deepEqual(marginalMean([value(0, 0, 0.5), value(1, 0, 0.75)], "val_accuracy"), {
    trials: 2,
    mean: 0.625,
    ...none,
  });
  const lacking = [value(0, 0, 0.5), value(0, 1, 0.5), value(1, 0, 0.75)];
  assert.deepEqual(marginalMean(lacking, "val_accuracy"), { trials: 2, mean: 0.625, ...none });
  assert.deepEqual(marginalMean([], "val_loss"), { trials: 0, mean: null, ...none });
  const equal = [value(0, 0, 0.5), value(0, 1, 0.5)];
  assert.deepEqual(marginalMean(equal, "val_accuracy"), { trials: 1, mean: 0.5, ...none });
  const high = marginalMean([value(0, 0, 0.9), value(0, 1, 1)], "val_accuracy");
  assert.equal(high.high, 1, "an accuracy is 1 at most");
});

Deno.test("there are no effects of nothing swept, or of one run", () => {
  const trials = [{ trial: 0, parameters: { a: 1 } }, { trial: 1, parameters: { a: 2 } }];
  assert.equal(parameterEffects({ values: [{ trial: 0, seed: 0, value: 1 }], trials }), null);
  assert.equal(parameterEffects({ values: [], trials: [] }), null);
});

Deno.test("values after an epoch are those of history.csv, and there are none of the test set", () => {
  const epoch = { trial: 0, seed: 0, train_loss: 2, val_loss: 1, val_accuracy: 0.5, learning_rate: null };
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
