import assert from "node:assert/strict";
import { PART_ROWS } from "../../src/nn/trainer.ts";
import { ACTIVATIONS } from "../../src/nn/activation.ts";
import { DESCENTS, type Job, OPTIMIZER_NAMES, REDUCTIONS, run, SHUFFLES, STORAGES } from "./trainer_setup.ts";
import { compiledWorkspace, plainWorkspace } from "./workspaces.ts";

const compiled = compiledWorkspace(4 << 20);
const plain = plainWorkspace(4 << 20);

/** Runs a job with the compiled kernels and with the reference, in memories full of what was there before, and compares all of it. */
function compareRuns(job: Job, epochs = 2): void {
  const [found, expected] = [compiled, plain].map((workspace) => run(workspace, job, epochs));
  assert.ok(found.history.every(({ loss }) => Number.isFinite(loss)), `diverges: ${JSON.stringify(job)}`);
  assert.deepEqual(found, expected, JSON.stringify(job));
}

for (const optimizer of OPTIMIZER_NAMES) {
  Deno.test(`two epochs with the kernels give the reference's bits: ${optimizer}, any activation, reduction, shuffle, storage, batch`, () => {
    for (const activation of optimizer === "sgd" ? ACTIVATIONS : ["tanh", "gelu"] as const) {
      for (const reduction of REDUCTIONS) {
        for (const shuffle of SHUFFLES) {
          for (const storage of STORAGES) {
            for (const batch_size of [1, 4, 9, "full"] as const) {
              compareRuns({ options: { optimizer, activation, reduction, shuffle, batch_size }, storage });
            }
          }
        }
      }
    }
  });
}

Deno.test("two epochs with the kernels give the reference's bits for hidden layers of any width", () => {
  const shapes = [[], [1], [16], [17], [32], [33, 7], [48, 16, 31], [100, 5, 64, 2]];
  shapes.forEach((hidden, i) => {
    const options = {
      hidden,
      activation: ACTIVATIONS[i],
      optimizer: OPTIMIZER_NAMES[i % OPTIMIZER_NAMES.length],
    };
    for (const storage of STORAGES) compareRuns({ options, storage });
  });
});

Deno.test("two epochs with the kernels give the reference's bits with an optimizer's settings, weight decay and clipping", () => {
  for (const descent of DESCENTS) {
    for (const storage of STORAGES) compareRuns({ options: { ...descent, hidden: [33, 7] }, storage });
  }
});

Deno.test("two epochs with the kernels give the reference's bits without validation rows, and validate() gives null", () => {
  for (const storage of STORAGES) {
    compareRuns({ options: { counts: { train: 30, validation: 0 } }, storage });
  }
  assert.equal(
    run(compiled, { options: { counts: { train: 30, validation: 0 } } }).history[0].validation,
    null,
  );
});

Deno.test("full batches of more rows than a part holds give the reference's bits", () => {
  for (const rows of [PART_ROWS - 1, PART_ROWS, PART_ROWS + 1, 2 * PART_ROWS + 5]) {
    for (const optimizer of OPTIMIZER_NAMES) {
      for (const storage of STORAGES) {
        const options = { optimizer, hidden: [5], batch_size: "full" as const };
        compareRuns({ options: { ...options, counts: { train: rows, validation: 130 } }, storage });
      }
    }
  }
});

Deno.test("a batch in parts is one step: with the mean of 2,053 rows it moves the weights as the sum does with rate / 2,053", () => {
  const counts = { train: 2 * PART_ROWS + 5, validation: 0 };
  const [mean, sum] = REDUCTIONS.map((reduction) => {
    const learning_rate = reduction === "mean" ? 0.5 : 0.5 / counts.train;
    const job = { options: { counts, reduction, learning_rate, batch_size: "full" as const, hidden: [5] } };
    return run(compiled, job, 1).state.parameters;
  });
  mean.forEach(({ data }, t) => {
    data.forEach((value, i) => assert.ok(Math.abs(value - sum[t].data[i]) <= 1e-6, `tensor ${t}, ${i}`));
  });
});

Deno.test("sparse and dense storage of the same rows, and the same as real numbers, give the same bits", () => {
  for (const descent of DESCENTS) {
    for (const hidden of [[], [19], [33, 7], [48]]) {
      const [sparse, dense, real] = ([...STORAGES, "real"] as const).map((storage) =>
        run(compiled, { options: { ...descent, hidden }, storage })
      );
      assert.deepEqual(sparse, dense);
      assert.deepEqual(real, dense);
    }
  }
});

Deno.test("rows of real numbers are taken as they are, whatever the scale, by the reference too", () => {
  const job = (scale: number) => ({ options: { hidden: [19], scale }, storage: "real" as const });
  assert.deepEqual(run(compiled, job(255)), run(compiled, job(1)));
  compareRuns({ ...job(1), options: { batch_size: 5, hidden: [33, 7], optimizer: "momentum" } });
});
