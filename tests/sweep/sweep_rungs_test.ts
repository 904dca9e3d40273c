import assert from "node:assert/strict";
import { candidatesOf, sweptPaths } from "../../src/config/methods/methods.ts";
import { type Experiment, experimentSchema } from "../../src/config/schema.ts";
import { expandSweep } from "../../src/sweep/expand_sweep.ts";
import { objectiveOf } from "../../src/sweep/objective.ts";
import { sweepRungs } from "../../src/sweep/sweep_rungs.ts";

const parameters = { "train.learning_rate": [0.01, 0.1, 1, 10] };
const LISTED = [
  { method: "grid", parameters },
  { method: "zip", parameters },
  {
    method: "list",
    trials: parameters["train.learning_rate"].map((rate) => ({ "train.learning_rate": rate })),
  },
  { method: "random", count: 4, parameters },
];

function experiment(sweep?: object): Experiment {
  return experimentSchema.parse({
    name: "a",
    dataset: "strokes",
    train: { epochs: 8 },
    ...sweep && { sweep },
  });
}

Deno.test("each method has its rungs: one for all trials and epochs, but of halving several", () => {
  assert.deepEqual(sweepRungs(experiment(), 1), [{ epochs: 8, trials: 1 }]);
  for (const sweep of LISTED) {
    const listed = experiment(sweep);
    assert.deepEqual(sweepRungs(listed, expandSweep(listed).count), [{ epochs: 8, trials: 4 }], sweep.method);
    const halved = experiment({ method: "halving", factor: 2, candidates: sweep });
    assert.deepEqual(sweepRungs(halved, expandSweep(halved).count), [
      { epochs: 2, trials: 4 },
      { epochs: 4, trials: 2 },
      { epochs: 8, trials: 1 },
    ], sweep.method);
  }
});

Deno.test("max_epochs of halving takes the place of train.epochs", () => {
  const halved = experiment({ method: "halving", factor: 2, max_epochs: 4, candidates: LISTED[0] });
  assert.deepEqual(sweepRungs(halved, 4).map(({ epochs }) => epochs), [1, 2, 4]);
});

Deno.test("trials are ranked by the report's metric, of halving first by how far they got", () => {
  assert.deepEqual(objectiveOf(experiment()), { metric: "val_accuracy", goal: "maximize" });
  assert.deepEqual(objectiveOf(experiment(LISTED[0])), { metric: "val_accuracy", goal: "maximize" });
  assert.deepEqual(objectiveOf(experiment({ method: "halving", candidates: LISTED[0] })), {
    metric: "val_accuracy",
    goal: "maximize",
    by_epochs: true,
  });
});

Deno.test("the candidates of halving are a sweep of their own, and of the others the sweep itself", () => {
  for (const sweep of LISTED) {
    const listed = experiment(sweep).sweep;
    const halved = experiment({ method: "halving", candidates: sweep }).sweep;
    assert.ok(listed !== undefined && halved !== undefined);
    assert.equal(candidatesOf(listed), listed);
    assert.equal(candidatesOf(halved).method, sweep.method);
    assert.deepEqual([sweptPaths(listed), sweptPaths(halved)], [["train.learning_rate"], [
      "train.learning_rate",
    ]]);
  }
});
