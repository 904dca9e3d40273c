import assert from "node:assert/strict";
import { expandSweep } from "../../../src/sweep/expand_sweep.ts";
import { parseExperiment } from "../../../src/config/parse.ts";
import { main } from "../../../pipeline/main.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { performIn } from "../perform_in_process.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

const STOPS = { patience: 2, min_delta: 0, restore_best: true };

/** Rows of runs by trial and seed, without what a longer training alone says. */
function rowsOf({ results }: Awaited<ReturnType<typeof performIn>>) {
  return results.map(({ row: { epochs: _, ...row } }) => row);
}

function trained({ events }: Awaited<ReturnType<typeof performIn>>): number {
  return events.filter(({ type }) => type === "epoch").length;
}

async function withConfig(
  test: (
    perform: (train: object, store: string, others?: object) => ReturnType<typeof performIn>,
  ) => Promise<void>,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const { sweep: _, ...tiny } = await tinyExperiment(folder);
    await test((train, store, others = {}) => {
      const config = { ...tiny, train: { ...tiny.train, learning_rate: 0.3, ...train }, ...others };
      return performIn(folder, { config, store });
    });
  });
}

Deno.test("a training that stops early says at which epoch, keeps the best weights, and ends its history there", async () => {
  await withConfig(async (perform) => {
    const found = await perform({ epochs: 40, early_stopping: STOPS }, "a");
    const [{ row, history }] = found.results;
    const { stopped_epoch: stopped, kept_epoch: kept } = row;
    assert.ok(stopped !== null && kept !== null && stopped < 40);
    assert.equal(kept, stopped - 2);
    assert.equal(history.length, stopped);
    const losses = history.map(({ val_loss }) => val_loss ?? NaN);
    assert.equal(Math.min(...losses), losses[kept - 1]);
    assert.equal(row.val_loss, losses[kept - 1]);
    assert.equal(row.train_loss, history[kept - 1].train_loss);

    // What is kept is what a training of as many epochs comes to, without early stopping.
    const plain = await perform({ epochs: kept }, "a");
    const { weights_sha256, test_loss } = plain.results[0].row;
    assert.deepEqual({ weights_sha256, test_loss }, {
      weights_sha256: row.weights_sha256,
      test_loss: row.test_loss,
    });
    const last = await perform({ epochs: 40, early_stopping: { ...STOPS, restore_best: false } }, "a");
    assert.equal(last.results[0].row.kept_epoch, stopped);
    assert.equal(last.results[0].row.val_loss, losses[stopped - 1]);
  });
});

Deno.test("a training that was stopped stays so when more epochs are asked for, and one that was not goes on", async () => {
  await withConfig(async (perform) => {
    const train = { early_stopping: STOPS, dropout: 0.2 };
    const whole = await perform({ ...train, epochs: 40 }, "whole");
    const stopped = whole.results[0].row.stopped_epoch ?? 0;
    assert.ok(stopped > 2 && stopped < 40);
    const again = await perform({ ...train, epochs: 50 }, "whole");
    assert.equal(trained(again), 0);
    assert.deepEqual(rowsOf(again), rowsOf(whole));

    await perform({ ...train, epochs: stopped - 1 }, "parts");
    const rest = await perform({ ...train, epochs: 40 }, "parts");
    assert.equal(trained(rest), 1);
    assert.deepEqual(rest.tables, whole.tables);
    assert.deepEqual(rest.results[0].files.weights?.sha256, whole.results[0].files.weights?.sha256);
  });
});

Deno.test("status says of a training that was stopped, asked for more epochs, that it stays so and takes no time", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const train = { ...tiny.train, learning_rate: 0.3, epochs: 40, early_stopping: STOPS };
    const { sweep: _, ...config } = { ...tiny, train };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const print = async (...args: string[]) => {
      const streams = new RecordedStreams();
      const paths = [`${folder}/results.json`, "--out", `${folder}/results`, "--store", `${folder}/store`];
      await main([...args, ...paths, "--set", "train.epochs=50"], {
        signal: new AbortController().signal,
        streams,
      });
      return streams.out;
    };
    const plan = await print("sweep", "--dry-run");
    assert.match(plan, /run 0-0: stale: epochs 40 -> 50: early stopping ended it before, which stays so\n/);
    assert.match(plan, /Less than a second of training .*\n$/);
    assert.match(
      await print("status", "--language", "ja"),
      /エポック数 40 -> 50 \(早期終了で終わっているため変わらない\)/,
    );
    const { runs: [{ epochsDone }] } = JSON.parse(await print("status", "--json"));
    assert.equal(epochsDone, 50);
  }));

Deno.test("halving gives the rows of trainings of as many epochs, with schedules, early stopping and noise", async () => {
  await withConfig(async (perform) => {
    for (
      const train of [
        { schedule: "cosine", dropout: 0.2 },
        {
          schedule: { method: "plateau", patience: 1, factor: 0.5 },
          early_stopping: STOPS,
          input_noise: 0.1,
        },
      ]
    ) {
      const candidates = { parameters: { "train.learning_rate": [0.05, 0.1, 0.3] } };
      const options = { ...train, epochs: 6 };
      const halved = await perform(options, "halving", {
        sweep: { method: "halving", candidates, factor: 2 },
      });
      const epochs = halved.results.map(({ row }) => row.epochs);
      assert.deepEqual(epochs.toSorted(), [3, 6, 6]);
      for (const { row, history } of halved.results) {
        const alone = await perform(
          { ...options, epochs: row.epochs, learning_rate: row.learning_rate },
          "alone",
        );
        assert.deepEqual({ ...alone.results[0].row, trial: row.trial }, row);
        assert.deepEqual(alone.results[0].history.map((epoch) => ({ ...epoch, trial: row.trial })), history);
      }
    }
  });
});

Deno.test("history.csv has the learning rates where a schedule is set, and neither table a column of what is not", async () => {
  await withConfig(async (perform) => {
    const { tables: [results, history] } = await perform({
      epochs: 3,
      schedule: { method: "step", every: 1, factor: 0.5 },
    }, "a");
    assert.equal(
      history.split("\n").map((line) => line.split(",").at(-1)).join(),
      "learning_rate,0.3,0.15,0.075,",
    );
    assert.match(
      results,
      /,shuffle,schedule,split_seed,init_seed,shuffle_seed,train_loss,.*,step every=1 factor=0\.5,/s,
    );
    const { tables: plain } = await perform({}, "a");
    assert.doesNotMatch(plain.join(), /schedule|early|dropout|noise|epoch,kept|,learning_rate\n/);
    const { tables: [noisy] } = await perform({ dropout: 0.5, early_stopping: 1 }, "a");
    assert.match(
      noisy,
      /,early_stopping,dropout,split_seed,init_seed,shuffle_seed,noise_seed,(stopped_epoch,)?kept_epoch,/,
    );
    assert.match(noisy, /,0\.5,0,1,2,4294967295,/);
  });
});

Deno.test("a sweep may turn each of them on and off", () => {
  const experiment = parseExperiment(
    `
name: x
dataset: strokes
sweep:
  parameters:
    train.early_stopping: [none, 3, {patience: 3, restore_best: true}]
    train.schedule: [constant, cosine, {method: step, every: 2, warmup: 1}]
    train.dropout: [0, 0.5, [0.2, 0.5]]
    train.input_noise: [0, 0.1]
`,
    { file: "x.yaml" },
  );
  const trials = expandSweep(experiment);
  assert.equal(trials.count, 54);
  const { train: { early_stopping, schedule, dropout, input_noise } } = trials.at(53);
  assert.deepEqual({ early_stopping, schedule, dropout, input_noise }, {
    early_stopping: { patience: 3, min_delta: 0, restore_best: true },
    schedule: { method: "step", every: 2, factor: 0.1, warmup: 1 },
    dropout: [0.2, 0.5],
    input_noise: 0.1,
  });
});
