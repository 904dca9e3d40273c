import assert from "node:assert/strict";
import {
  bestRun,
  examinedRuns,
  inspectedRuns,
  type Objective,
  rankTrials,
} from "../../src/analysis/ranking.ts";
import { formatParameter, shortNames, sweptParameters } from "../../src/analysis/trial_parameters.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";

const ACCURACY: Objective = { metric: "val_accuracy", goal: "maximize" };

Deno.test("trials are ranked by the mean of the metric over their seeds", () => {
  const rows = [
    runRow({ trial: 0, seed: 0, val_accuracy: 0.9, val_loss: 1 }),
    runRow({ trial: 0, seed: 1, val_accuracy: 0.5, val_loss: 1 }),
    runRow({ trial: 1, seed: 0, val_accuracy: 0.8, val_loss: 3 }),
    runRow({ trial: 1, seed: 1, val_accuracy: 0.75, val_loss: 2 }),
  ];
  const ranking = rankTrials(rows, ACCURACY);
  assert.deepEqual(ranking.map(({ trial, rank, ok }) => [trial, rank, ok]), [[1, 1, 2], [0, 2, 2]]);
  assert.equal(ranking[1].means.val_accuracy, 0.7);
  assert.deepEqual(rankTrials(rows, { metric: "val_loss", goal: "minimize" }).map(({ trial }) => trial), [
    0,
    1,
  ]);
});

Deno.test("a trial with a run that did not end ok comes after all without, and one with none comes last", () => {
  const rows = [
    divergedRow({ trial: 0 }),
    runRow({ trial: 1, seed: 0, val_accuracy: 0.99 }),
    divergedRow({ trial: 1, seed: 1, val_accuracy: 0.1 }),
    runRow({ trial: 2, val_accuracy: 0.1 }),
    runRow({ trial: 3, status: "failed", val_accuracy: 0.9 }),
  ];
  const ranking = rankTrials(rows, ACCURACY);
  assert.deepEqual(ranking.map(({ trial, rank }) => [trial, rank]), [[2, 1], [1, 2], [0, null], [3, null]]);
  assert.equal(ranking[1].means.val_accuracy, 0.99);
});

Deno.test("the same rows are ranked by each objective that is asked for, by epochs and without", () => {
  const rows = [
    runRow({ trial: 0, epochs: 1, val_accuracy: 0.9, val_loss: 0.1 }),
    runRow({ trial: 1, epochs: 3, val_accuracy: 0.8, val_loss: 0.2 }),
  ];
  const best = (objective: Objective) => rankTrials(rows, objective)[0].trial;
  assert.deepEqual([best(ACCURACY), best({ ...ACCURACY, by_epochs: true })], [0, 1]);
  assert.deepEqual([best({ ...ACCURACY, goal: "minimize" }), best({ ...ACCURACY, metric: "val_loss" })], [
    1,
    1,
  ]);
});

Deno.test("equal trials are ordered by number, whatever the order of the rows", () => {
  const rows = [3, 1, 2].map((trial) => runRow({ trial }));
  assert.deepEqual(rankTrials(rows, ACCURACY).map(({ trial }) => trial), [1, 2, 3]);
  assert.deepEqual(rankTrials(rows.toReversed(), ACCURACY), rankTrials(rows, ACCURACY));
});

Deno.test("a trial's means have the same bits whatever the order of the rows", () => {
  const rows = [0.1, 0.2, 0.3].map((val_loss, seed) => runRow({ seed, val_loss }));
  const means = [rows, rows.toReversed()].map((rows) => rankTrials(rows, ACCURACY)[0].means.val_loss);
  assert.deepEqual(means, [(0.1 + 0.2 + 0.3) / 3, (0.1 + 0.2 + 0.3) / 3]);
});

Deno.test("the best run of a trial is its best by the metric that ended ok, the lowest seed among equals", () => {
  const rows = [
    runRow({ seed: 2, val_accuracy: 0.9 }),
    runRow({ seed: 1, val_accuracy: 0.9 }),
    runRow({ seed: 0, val_accuracy: 0.8 }),
    divergedRow({ seed: 3, val_accuracy: 0.95 }),
  ];
  const [trial] = rankTrials(rows, ACCURACY);
  assert.equal(bestRun(trial, ACCURACY)?.seed, 1);
  assert.equal(bestRun(trial, { ...ACCURACY, goal: "minimize" })?.seed, 0);
  const [lost] = rankTrials([divergedRow()], ACCURACY);
  assert.equal(bestRun(lost, ACCURACY), undefined);
});

Deno.test("what was swept is told from the rows alone", () => {
  const rows = [
    runRow({ trial: 1, hidden: [], learning_rate: 0.1 }),
    runRow({ trial: 0, seed: 0, learning_rate: 0.1 }),
    runRow({ trial: 0, seed: 1, learning_rate: 0.1 }),
  ];
  assert.deepEqual(sweptParameters(rows), [
    { trial: 0, parameters: { hidden: [400, 200] } },
    { trial: 1, parameters: { hidden: [] } },
  ]);
});

Deno.test("parameters have short names that stay apart", () => {
  const names = shortNames(["model.init.sigma", "train.learning_rate", "preprocess.scale", "model.scale"]);
  assert.deepEqual([...names.values()], ["sigma", "learning_rate", "preprocess.scale", "model.scale"]);
  assert.deepEqual([...shortNames(["a.b", "b"]).values()], ["a.b", "b"]);
  assert.deepEqual(
    [[], [100], [400, 200], 1e-7, "full", null, true, { method: "gaussian", sigma: 3, bias: "gaussian" }, {
      method: "he",
      bias: "zero",
    }].map(formatParameter),
    [
      "none",
      "100",
      "400-200",
      "1e-7",
      "full",
      "none",
      "true",
      "gaussian, sigma 3",
      "he, bias zero",
    ],
  );
});

Deno.test("ten trials are inspected by their best runs, and one without such a run is examined by its first", () => {
  const rows = Array.from(
    { length: 60 },
    (_, trial) =>
      [0, 1].map((seed) => runRow({ trial, seed, val_accuracy: 0.9 - trial / 100 + seed / 1000 })),
  ).flat();
  const inspected = inspectedRuns(rankTrials(rows, ACCURACY), ACCURACY);
  assert.deepEqual(inspected, Array.from({ length: 10 }, (_, trial) => ({ trial, seed: 1 })));
  const examined = examinedRuns(rankTrials(rows, ACCURACY), ACCURACY);
  assert.deepEqual([examined.length, examined.slice(0, 10)], [40, inspected]);
  assert.deepEqual(examined.at(-1), { trial: 59, seed: 1 });
  // Both runs of trial 1 diverged: nothing of it is inspected, and what it has is of its first run.
  const broken = [
    runRow({ trial: 0 }),
    divergedRow({ trial: 1, seed: 3 }),
    divergedRow({ trial: 1, seed: 5 }),
  ];
  assert.deepEqual(inspectedRuns(rankTrials(broken, ACCURACY), ACCURACY), [{ trial: 0, seed: 0 }]);
  assert.deepEqual(examinedRuns(rankTrials(broken, ACCURACY), ACCURACY), [
    { trial: 0, seed: 0 },
    { trial: 1, seed: 3 },
  ]);
});
