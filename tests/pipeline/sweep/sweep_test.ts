import assert from "node:assert/strict";
import { rerenderReport } from "../../../pipeline/report/from_folder.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";
import { parseTimings } from "../../../src/tables/timings_csv.ts";
import { main } from "../main_in_process.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { copyFolder } from "../copy_folder.ts";
import { parsePredictions } from "../../../src/tables/predictions_csv.ts";
import { experimentJsonSchema } from "../../../src/config/json_schema.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { performIn } from "../perform_in_process.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";

Deno.test("1, 2 and 5 workers give the same bytes", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      ...await tinyExperiment(folder),
      seeds: [0, 1],
      sweep: { parameters: { "model.hidden": [[], [3], [9, 4]], "train.learning_rate": [0.1, 0.3] } },
    };
    const bytes = async (workers: number) => {
      const { results, tables } = await performIn(folder, { config, store: `store-${workers}`, workers });
      assert.equal(results.length, 12);
      const hashes = results.map(({ files: { weights, predictions, diagnostics } }) =>
        [weights, predictions, diagnostics].map((artifact) => artifact?.sha256)
      );
      return { tables, hashes };
    };
    const expected = await bytes(1);
    for (const workers of [2, 5]) assert.deepEqual(await bytes(workers), expected);
  }));

Deno.test("20 epochs at once are 10 that are raised to 20: the same bytes", () =>
  inTemporaryFolder(async (folder) => {
    for (const optimizer of ["sgd", "momentum", "adagrad"]) {
      const tiny = await tinyExperiment(folder);
      const config = (epochs: number) => ({
        ...tiny,
        train: { ...tiny.train, epochs, optimizer, shuffle: "each_epoch" },
      });
      const perform = (epochs: number, store: string) => performIn(folder, { config: config(epochs), store });
      const once = await perform(20, `once-${optimizer}`);
      await perform(10, `raised-${optimizer}`);
      const raised = await perform(20, `raised-${optimizer}`);
      assert.equal(raised.events.filter(({ type }) => type === "epoch").length, 2 * 10);
      assert.deepEqual(raised.tables, once.tables);
      for (const [i, { files }] of raised.results.entries()) {
        assert.equal(files.diagnostics?.sha256, once.results[i].files.diagnostics?.sha256);
      }
    }
  }));

Deno.test("two sweeps into one folder at once: one of them is told that the other is there", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const both = await Promise.all([sweepIn(folder, { config }), sweepIn(folder, { config })]);
    assert.deepEqual(both.map(({ code }) => code).sort(), [0, 2]);
    const refused = both.find(({ code }) => code === 2)?.err ?? "";
    assert.match(refused, /^error: Cannot write results to .*: another sweep .*is writing there/);
    assert.ok(Object.keys(await readResults(`${folder}/results`)).length > 5);
  }));

Deno.test("results that are there already are not written again; what is missing or changed among them is", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const out = `${folder}/results`;
    await sweepIn(folder, { config });
    const { files } = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
    const names = ["manifest.json", ...Object.keys(files)];
    const state = async () => {
      const texts = await Promise.all(names.map((name) => Deno.readTextFile(`${out}/${name}`)));
      return { texts, inodes: names.map((name) => Deno.statSync(`${out}/${name}`).ino) };
    };
    const before = await state();
    const { code, events } = await sweepIn(folder, { config });
    assert.equal(code, 0);
    const cached = events.filter((event) => event.type === "step" && event.status === "cached");
    assert.deepEqual(cached.map((event) => event.type === "step" && event.step), [
      "download",
      "preprocess",
      "report",
    ]);
    assert.deepEqual(await state(), before);

    for (const file of ["results.csv", "figures/effects.svg"]) { // of the same size as before
      const bytes = await Deno.readFile(`${out}/${file}`);
      bytes[bytes.length >> 1] ^= 1;
      await Deno.writeFile(`${out}/${file}`, bytes);
    }
    await Deno.remove(`${out}/report.html`);
    await Deno.remove(`${out}/runs/1-0/weights.npz`);
    await sweepIn(folder, { config });
    assert.deepEqual((await state()).texts, before.texts);
  }));

Deno.test("a new title or description trains nothing again, and only the report is written anew", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const first = await sweepIn(folder, { config });
    assert.ok(first.epochs > 0, first.err);
    const tables = () => Deno.readTextFile(`${folder}/results/results.csv`);
    const before = await tables();
    const said = { title: "手書き数字を分類する", description: "一行目。\n二行目。" };
    const { code, epochs, events, err } = await sweepIn(folder, { config: { ...config, ...said } });
    assert.equal(code, 0, err);
    assert.equal(epochs, 0);
    const steps = events.flatMap((event) => event.type === "step" ? [`${event.step} ${event.status}`] : []);
    assert.deepEqual(steps, ["download cached", "preprocess cached", "report started", "report done"]);
    assert.equal(await tables(), before);
    assert.match(
      await Deno.readTextFile(`${folder}/results/report.md`),
      /^# 手書き数字を分類する\n\n`.*`\n\n一行目。\n\n二行目。\n/,
    );
  }));

Deno.test("a change of the same size and time in a run's file is found by status and undone by the next sweep, also in a copy", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    await sweepIn(folder, { config });
    await copyFolder(`${folder}/results`, `${folder}/copy`);
    const status = async (out: string) => {
      const streams = new RecordedStreams({});
      const args = [
        "status",
        `${folder}/results.json`,
        "--out",
        `${folder}/${out}`,
        "--store",
        `${folder}/store`,
      ];
      await main(args, { signal: new AbortController().signal, streams });
      return streams.out;
    };
    for (const out of ["results", "copy"]) {
      assert.match(await status(out), /report: up to date/);
      for (const name of ["weights.npz", "predictions.csv", "diagnostics.csv"]) {
        const path = `${folder}/${out}/runs/1-0/${name}`;
        const right = await Deno.readFile(path);
        const { mtime } = await Deno.stat(path);
        const wrong = right.slice();
        wrong[wrong.length >> 1] ^= 1;
        await Deno.remove(path);
        await Deno.writeFile(path, wrong);
        await Deno.utime(path, mtime ?? 0, mtime ?? 0);
        assert.match(await status(out), new RegExp(`runs/1-0/${name} gone or changed`));
        const flags = ["--out", `${folder}/${out}`];
        assert.equal((await sweepIn(folder, { config, flags })).code, 0);
        assert.deepEqual(await Deno.readFile(path), right);
        assert.match(await status(out), /report: up to date/);
      }
    }
  }));

Deno.test("a clock that goes backwards, or stands still in 1970, changes nothing", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    await sweepIn(folder, { config, out: "expected", store: "other" });
    const { now } = Date;
    let backwards = now();
    try {
      for (const clock of [() => backwards -= 60_000, () => 0]) {
        Date.now = clock;
        for (let i = 0; i < 2; i++) {
          const { code, err } = await sweepIn(folder, { config });
          assert.equal(code, 0, err);
          assert.deepEqual(await readResults(`${folder}/results`), await readResults(`${folder}/expected`));
          await Deno.writeTextFile(`${folder}/results/runs/1-0/weights.npz`, "changed");
        }
      }
    } finally {
      Date.now = now;
    }
  }));

Deno.test("labels and images of any size train, as the config's schema says", () =>
  inTemporaryFolder(async (folder) => {
    const words = JSON.stringify(experimentJsonSchema());
    assert.doesNotMatch(words, /0 to 9|0〜9|28, 28/);
    for (const [step, classes] of [[1, 26], [255, 2]]) {
      const config = await tinyExperiment(folder, { step, classes });
      const { code, err } = await sweepIn(folder, { config });
      assert.equal(code, 0, err);
      const predictions = parsePredictions(
        await Deno.readTextFile(`${folder}/results/runs/0-0/predictions.csv`),
      );
      assert.equal(Math.max(...predictions.labels), step === 1 ? 19 : 255);
    }
  }));

Deno.test("a report that was rendered again in another language is the config's again after the next sweep", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const report = () => Deno.readTextFile(`${folder}/results/report.md`);
    await sweepIn(folder, { config });
    const english = await report();
    await rerenderReport(`${folder}/results`, { language: "ja" });
    assert.notEqual(await report(), english);
    await sweepIn(folder, { config });
    assert.equal(await report(), english);
  }));

Deno.test("timings.csv keeps the times of runs that are still there as they were, and of no others", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const times = async () => parseTimings(await Deno.readTextFile(`${folder}/results/timings.csv`));
    await sweepIn(folder, { config: { ...config, seeds: [0, 1] } });
    const before = (await times()).filter(({ trial, seed }) => trial === 0 && seed === 0);
    assert.deepEqual(before.map(({ step }) => step), ["evaluate", "train"]);
    // Trial 0 stays, trial 1 is another, seed 1 is gone; all of it is stored.
    const changed = { ...config, sweep: { parameters: { "train.learning_rate": [0.1, 0.4] } } };
    await sweepIn(folder, { config: changed, out: "elsewhere" });
    await sweepIn(folder, { config: changed });
    assert.deepEqual((await times()).filter(({ trial }) => trial !== null), before);
  }));

Deno.test("two runs that share an evaluation have one time for it", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      ...await tinyExperiment(folder),
      // So little of a weight is nothing in float32.
      sweep: { parameters: { "train.weight_decay": [0, 1e-30] } },
    };
    await sweepIn(folder, { config });
    const times = parseTimings(await Deno.readTextFile(`${folder}/results/timings.csv`));
    const evaluations = times.filter(({ step }) => step === "evaluate");
    assert.equal(evaluations.length, 1);
    assert.ok(evaluations[0].seconds > 0);
    const [first, second] = parseResults(await Deno.readTextFile(`${folder}/results/results.csv`));
    assert.equal(first.weights_sha256, second.weights_sha256);
  }));

Deno.test("results do not go into the store, nor onto what stands in their way", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    for (const out of ["store", "store/tmp"]) {
      const { code, err } = await sweepIn(folder, { config, flags: ["--out", `${folder}/${out}`] });
      assert.equal(code, 2);
      assert.match(
        err,
        /^error: Cannot write results to .*: it must not lie in the store, .*; pass another folder/,
      );
    }
    for (const [name, out] of Object.entries({ "results.csv": "a", "timings.csv": "b", "report.md": "c" })) {
      await sweepIn(folder, { config, out });
      await Deno.remove(`${folder}/${out}/${name}`);
      await Deno.mkdir(`${folder}/${out}/${name}`);
      const { code, err } = await sweepIn(folder, { config, out });
      assert.equal(code, 2, name);
      assert.match(err, /^error: Cannot write results to [^\n]*\n$/);
    }
    await sweepIn(folder, { config, out: "d" });
    await Deno.remove(`${folder}/d/runs`, { recursive: true });
    await Deno.writeTextFile(`${folder}/d/runs`, "");
    const { code, err } = await sweepIn(folder, { config, out: "d" });
    assert.equal(code, 2);
    assert.match(err, /^error: Cannot write results to [^\n]*\n$/);
  }));

Deno.test("trials that validate on other rows are told to, at the end and above the ranking", () =>
  inTemporaryFolder(async (folder) => {
    const end = async (parameters: Record<string, unknown>) => {
      const config = { ...await tinyExperiment(folder), dataset: "strokes", sweep: { parameters } };
      const { code, events } = await sweepIn(folder, { config });
      assert.equal(code, 0);
      const last = events.at(-1);
      assert.ok(last?.type === "finish");
      return [
        last.summary.join("\n"),
        await Deno.readTextFile(`${folder}/results/report.md`),
      ];
    };
    const [en, report] = await end({ "preprocess.validation": [0.2, 0.4] });
    assert.match(
      en,
      /^Trials that differ in preprocess\.validation are not trained and validated on the same images: /m,
    );
    assert.match(
      report,
      /\*\*Trials that differ in validation are not trained and validated on the same images\*\*/,
    );
    for (const said of await end({ "train.learning_rate": [0.1, 0.2] })) {
      assert.doesNotMatch(said, /differ in/);
    }
  }));

Deno.test("runs that are no better than guessing are told at the end, in the report and in summary.csv", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      ...await tinyExperiment(folder),
      dataset: "strokes",
      preprocess: { limit: 500 },
      train: { epochs: 3 },
      sweep: { parameters: { "train.learning_rate": [1e-9, 0.3] } },
    };
    const end = async () => {
      const { code, events } = await sweepIn(folder, { config });
      assert.equal(code, 0);
      const last = events.at(-1);
      assert.ok(last?.type === "finish");
      return last;
    };
    const first = await end();
    assert.equal(first.learned_nothing, 1);
    assert.match(
      first.summary[1],
      /^1 of 2 runs learned nothing that the test images can show: not better on them beyond chance than always guessing the largest class/,
    );
    const read = (name: string) => Deno.readTextFile(`${folder}/results/${name}`);
    assert.deepEqual(
      (await read("summary.csv")).trimEnd().split("\n").map((line) => line.split(",").at(-1)),
      ["learned", "0", "1"],
    );
    const report = await read("report.md");
    assert.match(
      report,
      /^- Only 100 images validated: the accuracies of two runs that are less than \d+\.\d points apart may be so by chance/m,
    );
    assert.match(report, /\*\*1 run learned nothing that the test images can show\*\*/);
    assert.match(report, /^- “Learned nothing”: not shown to have learned, as .*: trial 0, seed 0$/m);
    // The same where all was stored.
    assert.equal((await end()).learned_nothing, 1);
  }));
