import assert from "node:assert/strict";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { performIn } from "../perform_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

const DYING = new URL("./dying_worker.ts", import.meta.url);
const STILLBORN = new URL("./stillborn_worker.ts", import.meta.url);

/** Trials of learning rates that the dying worker makes die once, always and never. */
async function experiment(folder: string, train: object = {}) {
  return {
    ...await tinyExperiment(folder),
    train: { epochs: 6, batch_size: 10, optimizer: "momentum", shuffle: "each_epoch", ...train },
    sweep: { parameters: { "train.learning_rate": [0.1, 0.2, 0.3, 0.4, 0.5] } },
  };
}

/** All that a checkpoint may have to hold. */
const WATCHED = {
  schedule: { method: "plateau", patience: 0, factor: 0.5 },
  early_stopping: { patience: 6, restore_best: true },
  dropout: 0.2,
  input_noise: 0.1,
};

for (const [what, train] of [["a run", {}], ["a run with noise that watches its losses", WATCHED]] as const) {
  Deno.test(`${what} whose worker dies goes on from its checkpoint on another, with the same bytes; one that always dies fails alone`, () =>
    inTemporaryFolder(async (folder) => {
      const config = await experiment(folder, train);
      const undisturbed = await performIn(folder, { config, store: "undisturbed", workers: 2 });
      const dying = await performIn(folder, { config, store: "store", workers: 2, worker: DYING });

      assert.deepEqual(dying.results.map(({ row }) => row.status), ["ok", "failed", "ok", "ok", "ok"]);
      for (const [i, { row, history, files }] of dying.results.entries()) {
        if (row.status === "failed") continue;
        assert.deepEqual(row, undisturbed.results[i].row);
        assert.deepEqual(history, undisturbed.results[i].history);
        assert.equal(files.weights?.sha256, undisturbed.results[i].files.weights?.sha256);
        assert.equal(files.diagnostics?.sha256, undisturbed.results[i].files.diagnostics?.sha256);
      }
      const retried = dying.messages.map((message) => message.replace(/Uncaught .*Error/, "Error")).sort();
      assert.deepEqual(
        retried,
        [1, 1, 2].map((epoch) =>
          `the worker died: Error: out of luck; its run is tried again from epoch ${epoch}`
        ),
      );
      const ended = dying.events.flatMap((event) =>
        event.type === "run_end" && event.status === "failed" ? [event] : []
      );
      assert.deepEqual(ended.map(({ trial }) => trial), [1]);
      assert.match(ended[0].reason ?? "", /^the worker died: .*out of luck$/);

      // Nothing of the failure is kept but its last checkpoint: the same command goes on, and gives what it should have given.
      const again = await performIn(folder, { config, store: "store", workers: 2 });
      assert.deepEqual(again.tables, undisturbed.tables);
      const trained = again.events.flatMap((event) =>
        event.type === "epoch" ? [`${event.trial} ${event.epoch}`] : []
      );
      assert.deepEqual(trained, ["1 4", "1 5", "1 6"]);
    }));
}

Deno.test("with --fail-fast the first run that fails ends the sweep, and what was done is kept", () =>
  inTemporaryFolder(async (folder) => {
    const config = await experiment(folder);
    const rates = [0.3, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3];
    const failing = { ...config, sweep: { parameters: { "train.learning_rate": rates } } };
    await assert.rejects(
      performIn(folder, { config: failing, store: "store", worker: DYING, failFast: true }),
      {
        name: "UserError",
        exitCode: 1,
        message:
          "run 1-0 failed, and --fail-fast ends the sweep; what is done is stored: the same command goes on from there",
      },
    );
    const again = await performIn(folder, { config: failing, store: "store" });
    const trained = new Set(again.events.flatMap((event) => event.type === "epoch" ? [event.trial] : []));
    assert.ok(!trained.has(0) && trained.has(1) && trained.has(11), [...trained].join());
  }));

Deno.test("workers that cannot even start make every run fail, and nothing goes round in circles", () =>
  inTemporaryFolder(async (folder) => {
    const config = await experiment(folder);
    const { results, events } = await performIn(folder, {
      config,
      store: "store",
      workers: 2,
      worker: STILLBORN,
    });
    assert.deepEqual(results.map(({ row }) => row.status), Array(5).fill("failed"));
    const reasons = events.flatMap((event) => event.type === "run_end" ? [event.reason ?? ""] : []);
    assert.ok(reasons.every((reason) => /^the worker died: .*stillborn/.test(reason)), reasons[0]);
  }));
