import assert from "node:assert/strict";
import { formatParameter } from "../../src/analysis/trial_parameters.ts";
import { parseExperiment } from "../../src/config/parse.ts";
import type { SettingValue } from "../../src/settings/settings.ts";
import { trialLabel } from "../../src/sweep/trial_label.ts";

Deno.test("trialLabel() names the swept settings alone, short, in their order", () => {
  assert.equal(
    trialLabel({
      swept: {
        "model.hidden": [400, 200],
        "train.learning_rate": 0.1,
        "train.batch_size": 20,
        "model.init.sigma": 0.01,
      },
    }),
    "hidden=400-200 lr=0.1 batch=20 sigma=0.01",
  );
  assert.equal(
    trialLabel({
      swept: {
        "train.batch_size": "full",
        "model.hidden": [],
        "model.activation": "relu",
        "model.init.method": "he",
      },
    }),
    "batch=full hidden=none activation=relu init=he",
  );
  assert.equal(
    trialLabel({
      swept: { "model.init": { method: "gaussian", sigma: 0.01, bias: "zero" }, "train.learning_rate": 1e-7 },
    }),
    "init=gaussian(sigma=0.01,bias=zero) lr=1e-7",
  );
  assert.equal(
    trialLabel({ swept: { "train.learning_rate": 0.4881255012149706, "model.init.sigma": 0.01234567 } }),
    "lr=0.4881 sigma=0.01234567",
  );
  assert.equal(
    trialLabel({ swept: { "train.optimizer": { name: "adam", beta1: 0.8, epsilon: 1e-7 } } }),
    "optimizer=adam(beta1=0.8,epsilon=1e-7)",
  );
  assert.equal(
    trialLabel({ swept: { "model.activation": ["tanh", "relu"] } }),
    "activation=tanh-relu",
  );
  assert.equal(trialLabel({ swept: {} }), "");
});

Deno.test("trialLabel() leaves out the options of schedules and early stopping that are as if they were not written", () => {
  const schedules = ["plateau", "{method: step, every: 3, warmup: {steps: 10}}", "{method: cosine, to: 0.1}"];
  const stops = ["none", "2", "{patience: 2, restore_best: true}"];
  const { sweep } = parseExperiment(
    "name: a\ndataset: strokes\nsweep: {method: zip, parameters: {" +
      `train.schedule: [${schedules}], train.early_stopping: [${stops}]}}\n`,
    { file: "x.yaml" },
  );
  const { parameters } = sweep as { parameters: Record<string, SettingValue[]> };
  const trials = schedules.map((_, i) =>
    Object.fromEntries(Object.entries(parameters).map(([path, values]) => [path, values[i]]))
  );
  assert.deepEqual(trials.map((swept) => trialLabel({ swept })), [
    "schedule=plateau early_stopping=none",
    "schedule=step(every=3,warmup=10 steps) early_stopping=2",
    "schedule=cosine(to=0.1) early_stopping=(patience=2,restore_best=true)",
  ]);
  assert.deepEqual(trials.map((swept) => Object.values(swept).map(formatParameter)), [
    ["plateau", "none"],
    ["step, every 3, warmup 10 steps", "2"],
    ["cosine, to 0.1", "patience 2, restore_best true"],
  ]);
});
