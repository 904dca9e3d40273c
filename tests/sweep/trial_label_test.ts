import assert from "node:assert/strict";
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
