import assert from "node:assert/strict";
import { layerOutputs, predictProbabilities } from "../../src/nn/evaluate.ts";
import { OPTIMIZER_NAMES, OPTIONS, run, setUp, SHUFFLES, STORAGES } from "./trainer_setup.ts";
import { compiledWorkspace } from "./workspaces.ts";

const compiled = compiledWorkspace(4 << 20);

Deno.test("epochs in steps of any number of batches have the bits of whole ones", () => {
  for (const optimizer of OPTIMIZER_NAMES) {
    for (const shuffle of SHUFFLES) {
      const job = { options: { optimizer, shuffle } };
      const whole = run(compiled, job, 2);
      for (const count of [1, 2, 5, 6, 100]) {
        const { trainer } = setUp(compiled, job);
        const losses: number[] = [];
        while (trainer.epoch < 2) {
          const loss = trainer.trainBatches(count);
          if (trainer.batch === 0) losses.push(loss);
        }
        assert.deepEqual(losses, whole.history.map(({ loss }) => loss), `${optimizer}, ${shuffle}, ${count}`);
        assert.deepEqual(trainer.state, whole.state);
      }
    }
  }
});

Deno.test("an epoch that was begun by batches is ended by trainEpoch(); within it there is no state, and batches count from 0", () => {
  const job = { options: { shuffle: "each_epoch" as const, optimizer: "momentum" as const } };
  const whole = run(compiled, job, 2);
  const { trainer, split } = setUp(compiled, job);
  assert.equal(trainer.batches, 6); // 23 rows by 4
  trainer.trainBatches(2);
  assert.deepEqual([trainer.epoch, trainer.batch], [0, 2]);
  assert.throws(() => trainer.state, {
    name: "RangeError",
    message: "Cannot give the state: the epoch must be over, found 2 batches of it trained",
  });
  assert.equal(trainer.trainEpoch(), whole.history[0].loss);
  assert.deepEqual([trainer.epoch, trainer.batch], [1, 0]);
  trainer.trainBatches(3);
  trainer.begin(split); // what was begun is forgotten
  assert.deepEqual(
    [trainer.batch, trainer.trainEpoch(), trainer.trainEpoch()],
    [0, ...whole.history.map(({ loss }) => loss)],
  );
  assert.deepEqual(trainer.state, whole.state);
});

Deno.test("the outputs of every layer are those of a plain forward pass, and the last are what the probabilities come from", () => {
  const relu = (z: number) => Math.max(z, 0);
  for (const storage of STORAGES) {
    const options = { activation: "relu" as const, hidden: [19, 3] };
    const { trainer, bench, dataset } = setUp(compiled, { options, storage });
    trainer.trainEpoch();
    const { weights } = trainer;
    const run = { weights, activation: options.activation, scale: OPTIONS.scale };
    const found = layerOutputs(bench, run);
    const sizes = [dataset.features, 19, 3, dataset.classes];
    const pixels = (row: number): number[] => {
      const part = dataset.test;
      if (part.storage !== "sparse") {
        assert.ok(part.storage === "dense");
        return [...part.pixels.subarray(row * sizes[0], (row + 1) * sizes[0])];
      }
      const values = new Array(sizes[0]).fill(0);
      for (let k = part.rowStarts[row]; k < part.rowStarts[row + 1]; k++) {
        values[part.columns[k]] = part.values[k];
      }
      return values;
    };
    for (let row = 0; row < dataset.test.count; row++) {
      let a = pixels(row).map((pixel) => pixel / OPTIONS.scale);
      for (let l = 0; l < 3; l++) {
        const [W, B] = [weights[2 * l].data, weights[2 * l + 1].data];
        const N = sizes[l + 1];
        a = Array.from(B, (bias, n) => a.reduce((sum, x, k) => sum + x * W[k * N + n], bias));
        if (l < 2) a = a.map(relu);
        a.forEach((value, n) =>
          assert.ok(Math.abs(value - found[l][row * N + n]) < 1e-5, `${l}, ${row}, ${n}`)
        );
      }
    }
    const probabilities = predictProbabilities(bench, run);
    const C = dataset.classes;
    for (let row = 0; row < dataset.test.count; row++) {
      const logits = [...found[2].subarray(row * C, (row + 1) * C)];
      const sum = logits.reduce((sum, z) => sum + Math.exp(z), 0);
      logits.forEach((z, c) => assert.ok(Math.abs(Math.exp(z) / sum - probabilities[row * C + c]) < 1e-6));
    }
  }
});
