import assert from "node:assert/strict";
import { parseExperiment } from "../../../src/config/parse.ts";
import { ROW_KINDS } from "../../../src/data/catalogue.ts";
import { parseHistory } from "../../../src/tables/history_csv.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";
import { WatchedSweep } from "../../../pipeline/view/watched_sweep.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { sweepIn, type SweepOutcome } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

/** What somebody sees who was told what a sweep told. */
function watch(config: object, { events }: SweepOutcome, before: WatchedSweep | null = null): WatchedSweep {
  const experiment = parseExperiment(JSON.stringify(config), { file: "x.yaml" });
  const sweep = WatchedSweep.begin({ type: "begin", format: 1, config: "x.yaml", experiment, at: 0 }, before);
  events.forEach((event, i) => sweep.handle({ ...event, at: i }));
  return sweep;
}

async function tables(folder: string) {
  const [results, history] = await Promise.all(
    ["results.csv", "history.csv"].map((name) => Deno.readTextFile(`${folder}/results/${name}`)),
  );
  // Nobody tells what the weights are.
  const rows = parseResults(results).map((row) => ({ ...row, weights_sha256: null }));
  return { rows, history: parseHistory(history) };
}

function byRun<Row extends { trial: number; seed: number; epoch?: number }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.trial - b.trial || a.seed - b.seed || (a.epoch ?? 0) - (b.epoch ?? 0));
}

const METHODS = {
  grid: { parameters: { "train.learning_rate": [0.1, 0.2, 1e300] } },
  halving: {
    method: "halving",
    factor: 2,
    min_epochs: 1,
    candidates: { method: "grid", parameters: { "train.learning_rate": [0.05, 0.1, 0.2, 0.4] } },
  },
};

for (const [method, sweep] of Object.entries(METHODS)) {
  Deno.test(`who watches a ${method} sees at the end the rows and the epochs of its tables`, () =>
    inTemporaryFolder(async (folder) => {
      const config = { ...await tinyExperiment(folder), seeds: [0, 3], sweep };
      if (method === "halving") {
        const evaluate = { measures: ["top2_accuracy", "macro_f1", "calibration"] };
        Object.assign(config, { train: { ...config.train, epochs: 4 }, evaluate });
      }
      const outcome = await sweepIn(folder, { config });
      const watched = watch(config, outcome);
      const { rows, history } = await tables(folder);
      assert.deepEqual(byRun(watched.rows), rows);
      assert.deepEqual(byRun(watched.history), history);
      assert.equal(watched.underWay.size, 0);
      assert.equal(watched.progress?.fraction, 1);
      assert.equal(watched.rung, watched.rungs.length - 1);
    }));
}

Deno.test("of each moment of halving: what has not ended is under way, and no trial that goes on is taken for stopped", () =>
  inTemporaryFolder(async (folder) => {
    const config = { ...await tinyExperiment(folder), seeds: [0, 3], sweep: METHODS.halving };
    Object.assign(config, { train: { ...config.train, epochs: 4 } });
    const outcome = await sweepIn(folder, { config, workers: 1 });
    const last = new Set(
      (await tables(folder)).rows.filter(({ epochs }) => epochs === 4).map(({ trial }) => trial),
    );
    let checked = 0;
    for (let count = 1; count <= outcome.events.length; count++) {
      const sweep = watch(config, { ...outcome, events: outcome.events.slice(0, count) });
      for (const { trial, seed, status, epochs } of sweep.rows) {
        const underWay = sweep.underWay.has(`${trial}-${seed}`);
        if (status === "running") assert.ok(underWay);
        // From the last rung's first run on it is settled who goes on.
        if (sweep.rung === sweep.rungs.length - 1) {
          checked++;
          assert.equal(underWay || epochs === 4, last.has(trial), `after ${count} events, trial ${trial}`);
        }
      }
    }
    assert.ok(checked > 10);
  }));

Deno.test("a sweep that was killed and goes on has the epochs of both, and one of other settings none of the first", () =>
  inTemporaryFolder(async (folder) => {
    const config = { ...await tinyExperiment(folder), seeds: [0, 3] };
    const first = await sweepIn(folder, { config });
    const epochs = first.events.filter(({ type }) => type === "epoch").length;
    assert.ok(epochs > 0);
    const again = await sweepIn(folder, { config });
    assert.equal(again.epochs, 0, "all of it is stored");
    const { rows, history } = await tables(folder);
    const cut = { ...first, events: first.events.slice(0, first.events.length >> 1) };
    const before = watch(config, { ...first, events: first.events.filter(({ type }) => type !== "run_end") });
    assert.ok(watch(config, cut).history.length < history.length);
    const after = watch(config, again, before);
    assert.deepEqual(byRun(after.rows), rows);
    assert.deepEqual(byRun(after.history), history);
    const other = { ...config, model: { hidden: [6] } };
    assert.deepEqual(watch(other, { ...again, events: [] }, before).history, []);
  }));

Deno.test("a sweep is followed whatever its rows are", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const outcome = await sweepIn(folder, { config });
    for (const rows of ROW_KINDS) {
      const events = outcome.events.map((event) => event.type === "plan" ? { ...event, rows } : event);
      const { progress } = watch(config, { ...outcome, events });
      assert.equal(progress?.plan.rows, rows);
      assert.ok(progress.trainedImages > 0);
    }
  }));

Deno.test("a journal may say anything: what cannot be is passed over", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const outcome = await sweepIn(folder, { config });
    const plain = watch(config, outcome);
    const run = { trial: 0, seed: 0, worker: 0, label: "", epochs: 2, images: 1 };
    const nonsense = [
      { type: "run_start", ...run, trial: 99 },
      { type: "run_start", ...run, seed: 7 },
      { type: "run_start", ...run, trial: "__proto__" },
      { type: "epoch", ...run, epoch: "1" },
      { type: "run_end", ...run, status: "<b>" },
      { type: "run_end", ...run, trial: 1.5, status: "ok" },
      { type: "note", message: { toString: "x" } },
      { type: "constructor" },
      { type: "step" },
    ];
    // deno-lint-ignore no-explicit-any
    const odd = watch(config, { ...outcome, events: [...outcome.events, ...nonsense as any] });
    assert.deepEqual(odd.rows, plain.rows);
    assert.deepEqual(odd.history, plain.history);
  }));
