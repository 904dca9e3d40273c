import assert from "node:assert/strict";
import { experimentAdvice } from "../../src/config/advice.ts";
import { parseExperiment } from "../../src/config/parse.ts";

function advice(config: object) {
  return experimentAdvice(parseExperiment(JSON.stringify({ name: "a", dataset: "strokes", ...config }), {
    file: "x.json",
  }));
}

Deno.test("a warm-up of all epochs is told, one of fewer is not", () => {
  const train = (warmup: unknown, epochs: number, method = "cosine") => ({
    train: { epochs, schedule: { method, warmup } },
  });
  assert.deepEqual(advice(train(5, 5)), [{
    en: "the warm-up of train.schedule takes 5 of the 5 epochs that train.epochs says: " +
      "the learning rate only rises, and the method, cosine, never begins",
    ja: "train.schedule の warmup（5 エポック）が train.epochs（5）以上なので、" +
      "学習率は上がるだけで、method の cosine は始まりません",
  }]);
  assert.equal(advice(train(6, 5, "constant")).length, 1);
  assert.deepEqual(advice(train(4, 5)), []);
  assert.deepEqual(advice(train({ steps: 5 }, 5)), []);
});

Deno.test("a schedule that cannot lower the learning rate is told", () => {
  const train = (schedule: object, learning_rate = 0.01) => ({ train: { schedule, learning_rate } });
  assert.deepEqual(advice(train({ method: "cosine", to: 0.1 })), [{
    en: "the to of train.schedule is 0.1, and train.learning_rate 0.01: cosine raises the learning rate",
    ja:
      "train.schedule の to が 0.1、train.learning_rate が 0.01 なので、cosine では学習率が上がっていきます",
  }]);
  assert.deepEqual(advice(train({ method: "plateau", to: 0.01 })), [{
    en:
      "the to of train.schedule is 0.01, and train.learning_rate 0.01: plateau never lowers the learning rate",
    ja:
      "train.schedule の to が 0.01、train.learning_rate が 0.01 なので、plateau では学習率が下がることはありません",
  }]);
  assert.deepEqual(advice(train({ method: "cosine", to: 0.01 })), []);
  assert.deepEqual(advice(train({ method: "plateau" })), []);
  assert.deepEqual(advice(train({ method: "step", every: 3 })), []);
});

Deno.test("dropout without a hidden layer is told, and of a sweep the first trial that has it", () => {
  const train = { dropout: 0.5 };
  assert.deepEqual(advice({ model: { hidden: [] }, train }), [{
    en: "train.dropout is 0.5, but model.hidden is []: without a hidden layer it does nothing",
    ja: "train.dropout は 0.5 ですが、model.hidden が [] で隠れ層がないので、何も変わりません",
  }]);
  assert.deepEqual(advice({ model: { hidden: [] }, train: { dropout: 0 } }), []);
  const parameters = {
    "train.learning_rate": [0.1, 0.2],
    "model.hidden": [[5], []],
    "train.dropout": [0, 0.5],
  };
  assert.deepEqual(advice({ sweep: { parameters } }).map(({ en, ja }) => [en, ja]), [[
    "trial 3 (model.hidden [], train.dropout 0.5): " +
    "train.dropout is 0.5, but model.hidden is []: without a hidden layer it does nothing",
    "試行 3（model.hidden [], train.dropout 0.5）：" +
    "train.dropout は 0.5 ですが、model.hidden が [] で隠れ層がないので、何も変わりません",
  ]]);
});

Deno.test("schedules of a sweep are looked at, and what its method advises comes first", () => {
  const told = (warmup: number) =>
    advice({
      sweep: {
        method: "sobol",
        count: 3,
        parameters: {
          "train.schedule": { choice: ["constant", { method: "cosine", to: 0.5, warmup }] },
          "train.learning_rate": { log_uniform: [0.01, 0.1] },
        },
      },
    }).map(({ en }) => en);
  const [balanced, ...long] = told(20);
  assert.match(balanced, /powers of 2/);
  // The cosine never begins, so that nothing is said of where it would lead.
  assert.equal(long.length, 1);
  assert.match(
    long[0],
    /^trial 1 \(train\.schedule \{.*\}\): the warm-up of train\.schedule takes 20 of the 10 /,
  );
  const [, ...short] = told(2);
  assert.equal(short.length, 1);
  assert.match(
    short[0],
    /^trial 1 \(.*train\.learning_rate 0\.0\d+\): the to of train\.schedule is 0\.5/,
  );
});
