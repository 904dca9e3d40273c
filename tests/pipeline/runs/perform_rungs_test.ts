import assert from "node:assert/strict";
import { parseHistory } from "../../../src/tables/history_csv.ts";
import { rankTrials } from "../../../src/analysis/ranking.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

const BYTES = ["results.csv", "history.csv", "summary.csv"];

/** 27 trials on part of quickstart's data, small enough to train all of them to the end. */
const grid = {
  method: "grid",
  parameters: {
    "model.hidden": [[10], [20], [30]],
    "train.learning_rate": [0.01, 0.03, 0.1],
    "model.init.sigma": [0.01, 0.05, 0.1],
  },
};
const base = {
  dataset: "strokes",
  preprocess: { limit: 2000 },
  train: { epochs: 9, batch_size: 20 },
};

Deno.test("halving trains a fraction of the grid's epochs, and picks the grid's winner", async () => {
  await inTemporaryFolder(async (folder) => {
    const full = await sweepIn(folder, { config: { ...base, name: "grid", sweep: grid }, out: "grid" });
    assert.equal(full.code, 0, full.err);
    assert.equal(full.epochs, 27 * 9);
    const halving = await sweepIn(folder, {
      config: { ...base, name: "halving", sweep: { method: "halving", candidates: grid } },
      out: "halving",
      store: "another-store",
    });
    assert.equal(halving.code, 0, halving.err);
    // 27 trials to epoch 1, 9 to epoch 3, 3 to epoch 9, each from where it was.
    assert.equal(halving.epochs, 27 * 1 + 9 * 2 + 3 * 6);
    assert.ok(full.epochs >= 2.5 * halving.epochs);

    const rowsOf = async (out: string) =>
      parseResults(await Deno.readTextFile(`${folder}/${out}/results.csv`));
    const [gridRows, rows] = [await rowsOf("grid"), await rowsOf("halving")];
    const objective = { metric: "val_accuracy", goal: "maximize" } as const;
    const [leader] = rankTrials(rows, { ...objective, by_epochs: true });
    assert.equal(leader.trial, rankTrials(gridRows, objective)[0].trial);

    // Every trial is there, at the last epoch it reached, with the bytes that the grid has of those that got to the end.
    assert.equal(rows.length, 27);
    const counts = [1, 3, 9].map((epochs) => rows.filter((row) => row.epochs === epochs).length);
    assert.deepEqual(counts, [18, 6, 3]);
    for (const row of rows.filter(({ epochs }) => epochs === 9)) {
      assert.deepEqual(row, gridRows.find(({ trial, seed }) => trial === row.trial && seed === row.seed));
    }
    const history = parseHistory(await Deno.readTextFile(`${folder}/halving/history.csv`));
    assert.equal(history.length, rows.reduce((sum, { epochs }) => sum + epochs, 0));
  });
});

Deno.test("halving gives the same bytes with any number of workers, and trains nothing when it is run again", async () => {
  await inTemporaryFolder(async (folder) => {
    const config = {
      dataset: "strokes",
      name: "small",
      preprocess: { limit: 300 },
      model: { hidden: [5] },
      train: { epochs: 4 },
      sweep: {
        method: "halving",
        factor: 2,
        candidates: {
          method: "random",
          count: 7,
          parameters: { "train.learning_rate": { log_uniform: [0.01, 1] }, "train.batch_size": [5, 10] },
        },
      },
    };
    const read = (out: string) =>
      Promise.all(BYTES.map((name) => Deno.readTextFile(`${folder}/${out}/${name}`)));
    const outs: string[][] = [];
    for (const workers of [1, 5]) {
      const out = `results-${workers}`;
      const { code, err } = await sweepIn(folder, { config, out, store: `store-${workers}`, workers });
      assert.equal(code, 0, err);
      outs.push(await read(out));
      assert.deepEqual(outs.at(-1), outs[0]);
    }

    const again = await sweepIn(folder, { config, out: "results-5", store: "store-5" });
    assert.equal(again.epochs, 0);
    assert.deepEqual(
      again.events.filter(({ type }) => type === "plan" || type === "note").map((event) =>
        JSON.stringify(event)
      ).length,
      1 + 1 + 3,
    );
    const plan = again.events.find(({ type }) => type === "plan");
    assert.ok(plan?.type === "plan");
    assert.deepEqual([plan.trials, plan.runs, plan.legs, plan.cached], [7, 7, 13, 7]);
    assert.equal(
      again.events.filter((event) => event.type === "run_end" && event.cached).length,
      13,
    );
    assert.deepEqual(await read("results-5"), outs[0]);
  });
});

Deno.test("a trial that diverges in a rung comes last there, and its row stays", async () => {
  await inTemporaryFolder(async (folder) => {
    const config = {
      dataset: "strokes",
      name: "wild",
      preprocess: { limit: 200 },
      model: { hidden: [5], activation: "relu" },
      train: { epochs: 4 },
      sweep: {
        method: "halving",
        factor: 2,
        candidates: { parameters: { "train.learning_rate": [1e30, 0.1, 0.05, 0.01] } },
      },
    };
    const { code, err } = await sweepIn(folder, { config });
    assert.equal(code, 0, err);
    const rows = parseResults(await Deno.readTextFile(`${folder}/results/results.csv`));
    assert.deepEqual(rows.map(({ status, epochs }) => [status, epochs])[0], ["diverged", 1]);
    assert.deepEqual(rows.map(({ epochs }) => epochs).sort(), [1, 1, 2, 4]);
  });
});

Deno.test("a sweep of one rung says nothing of rungs, and each trial has its own epochs", async () => {
  await inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const config = { ...tiny, seeds: [0, 1], sweep: { parameters: { "train.epochs": [1, 3] } } };
    const { code, err, events, epochs } = await sweepIn(folder, { config });
    assert.equal(code, 0, err);
    assert.equal(epochs, 2 * (1 + 3));
    const told = events.filter(({ type }) => type === "plan" || type === "note");
    assert.deepEqual(told, [
      { type: "note", message: "2 trials x 2 seeds = 4 runs" },
      {
        type: "plan",
        name: "tiny",
        trials: 2,
        runs: 4,
        legs: 4,
        cached: 0,
        workers: 2,
        metric: "val_accuracy",
        images: 48 * 2 * (1 + 3),
        images_stored: 0,
      },
    ]);
    const rows = parseResults(await Deno.readTextFile(`${folder}/results/results.csv`));
    assert.deepEqual(rows.map(({ trial, seed, epochs }) => [trial, seed, epochs]), [
      [0, 0, 1],
      [0, 1, 1],
      [1, 0, 3],
      [1, 1, 3],
    ]);
    const again = await sweepIn(folder, { config, workers: 1 });
    assert.equal(again.epochs, 0);
    const plan = again.events.find(({ type }) => type === "plan");
    assert.deepEqual(plan, { ...told[1], cached: 4, workers: 0, images: 0, images_stored: 384 });
  });
});

Deno.test("halving of one rung trains as far as the rung goes, not as the settings say", async () => {
  await inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const candidates = { parameters: { "train.learning_rate": [0.1, 0.2] } };
    const sweep = { method: "halving", factor: 3, min_epochs: 3, max_epochs: 5, candidates };
    const { code, err, events, epochs } = await sweepIn(folder, { config: { ...tiny, sweep } });
    assert.equal(code, 0, err);
    assert.equal(epochs, 2 * 3);
    assert.deepEqual(
      events.flatMap((event) => event.type === "note" ? [event.message] : []),
      ["2 trials x 1 seed = 2 runs"],
    );
  });
});

Deno.test("halving that goes on where one run of the first rung is missing trains the later rungs on all workers", async () => {
  await inTemporaryFolder(async (folder) => {
    const config = {
      dataset: "strokes",
      name: "resumed",
      // A leg takes longer than a worker to come, however busy the machine is.
      preprocess: { limit: 1500 },
      model: { hidden: [16] },
      train: { epochs: 400 },
      sweep: {
        method: "halving",
        factor: 2,
        candidates: { parameters: { "train.learning_rate": [0.1, 0.05, 0.02, 0.01] } },
      },
    };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const train = `${folder}/store/steps/train`;
    const records = [...Deno.readDirSync(train)].flatMap(({ name: place }) =>
      Array.from(Deno.readDirSync(`${train}/${place}`), ({ name }) => `${train}/${place}/${name}`)
    );
    const trained = (epochs: number) => records.filter((path) => path.endsWith(`.${epochs}.json`));
    assert.deepEqual([100, 200, 400].map((epochs) => trained(epochs).length), [4, 2, 1]);
    const removed = [trained(100)[0], ...trained(200), ...trained(400)];
    await Promise.all(removed.map((path) => Deno.remove(path)));

    const { events, epochs } = await sweepIn(folder, { config });
    assert.equal(epochs, 100 + 2 * 100 + 200);
    const plan = events.find((event) => event.type === "plan");
    const started = events.flatMap((event) => event.type === "run_start" ? event.worker ?? [] : []);
    assert.deepEqual([plan?.workers, new Set(started).size], [2, 2]);
  });
});
