import assert from "node:assert/strict";
import { sweepCommand } from "../../../pipeline/commands/sweep.ts";
import { statusCommand } from "../../../pipeline/commands/status.ts";
import { main } from "../main_in_process.ts";
import { rerenderReport } from "../../../pipeline/report/from_folder.ts";
import { evaluateStep } from "../../../pipeline/steps/evaluate.ts";
import { trainStep } from "../../../pipeline/steps/train.ts";
import { Store } from "../../../pipeline/store/store.ts";
import { listRecordFiles } from "../../../pipeline/store/inventory.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { performIn } from "../perform_in_process.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

/** Runs a command over the config in the folder, and returns its exit code and what it printed, the folder as DIR. */
async function run(folder: string, command: "status" | "sweep", config: object, ...args: string[]) {
  await Deno.writeTextFile(`${folder}/results.json`, JSON.stringify(config));
  const streams = new RecordedStreams({});
  const places = ["--out", `${folder}/results`, "--store", `${folder}/store`];
  const code = await main([command, `${folder}/results.json`, ...places, ...args], {
    signal: new AbortController().signal,
    streams,
  }, [sweepCommand, statusCommand]);
  const lines = (streams.out + streams.err).replaceAll(folder, "DIR").trimEnd().split("\n").map((line) =>
    line.trim()
  );
  return { code, lines };
}

Deno.test("status of a store that is not there says that all is to do, and makes none", () =>
  inTemporaryFolder(async (folder) => {
    const { code, lines } = await run(folder, "status", await tinyExperiment(folder));
    assert.equal(code, 1);
    assert.deepEqual(lines, [
      "tiny: 2 of 2 runs to do",
      "data: missing: not done yet",
      "preprocess: missing: not done yet",
      "run 0-0 (lr=0.1): missing: not done yet",
      "run 1-0 (lr=0.2): missing: not done yet",
      "report: missing: DIR/results has no results yet",
    ]);
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(), [
      "data",
      "results.json",
    ]);
  }));

Deno.test("status says of each step and run whether it is up to date, and what has changed field by field", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const status = async (changed: object) => {
      const { code, lines } = await run(folder, "status", changed);
      assert.equal(code, 1);
      return lines.filter((line) => !line.endsWith(": up to date"));
    };
    const upToDate = await run(folder, "status", config);
    assert.deepEqual(upToDate, {
      code: 0,
      lines: [
        "tiny: 2 runs up to date",
        "data: up to date",
        "preprocess: up to date",
        "report: up to date",
      ],
    });

    const { train } = config;
    const rates = (...values: number[]) => ({ parameters: { "train.learning_rate": values } });
    assert.deepEqual(await status({ ...config, sweep: rates(0.1, 0.05) }), [
      "tiny: 1 of 2 runs to do",
      "run 1-0 (lr=0.05): stale: train.learning_rate 0.2 -> 0.05",
      "report: stale: sweep.parameters.train.learning_rate [0.1, 0.2] -> [0.1, 0.05], waits for 1 run",
    ]);
    // A new trial beside the others is none of them changed.
    assert.deepEqual(
      (await status({ ...config, sweep: rates(0.1, 0.2, 0.3) }))[1],
      "run 2-0 (lr=0.3): missing: not done yet",
    );
    assert.deepEqual((await status({ ...config, train: { ...train, epochs: 4 } })).slice(1), [
      "run 0-0 (lr=0.1): stale: epochs 2 -> 4: continues from epoch 2",
      "run 1-0 (lr=0.2): stale: epochs 2 -> 4: continues from epoch 2",
      "report: stale: train.epochs 2 -> 4, waits for 2 runs",
    ]);
    assert.equal(
      (await status({ ...config, train: { ...train, epochs: 1 } }))[1],
      "run 0-0 (lr=0.1): stale: epochs 2 -> 1: trains from the beginning",
    );
    assert.equal(
      (await status({
        ...config,
        train: { ...train, epochs: 3, optimizer: "sgd" },
        model: { hidden: [4, 3] },
      }))[1],
      "run 0-0 (lr=0.1): stale: model.hidden [5] -> [4, 3], train.optimizer momentum -> sgd, epochs 2 -> 3: trains from the beginning",
    );
    const { idx } = config.dataset;
    const other = { ...idx, test_images: { ...idx.test_images, sha256: "0".repeat(64) } };
    assert.deepEqual((await status({ ...config, dataset: { idx: other } })).slice(0, 5), [
      "tiny: 2 of 2 runs to do",
      "data: stale: test-images content changed",
      "preprocess: stale: test-images content changed",
      "run 0-0 (lr=0.1): stale: dataset content changed",
      "run 1-0 (lr=0.2): stale: dataset content changed",
    ]);
    assert.deepEqual(await status({ ...config, report: { metric: "val_loss", goal: "minimize" } }), [
      "tiny: 2 runs up to date",
      "report: stale: report.metric val_accuracy -> val_loss, report.goal maximize -> minimize",
    ]);
    await Deno.remove(`${folder}/results/runs/1-0/weights.npz`);
    assert.deepEqual(await status(config), [
      "tiny: 2 runs up to date",
      "report: stale: runs/1-0/weights.npz gone or changed",
    ]);
    await Deno.writeTextFile(`${folder}/results/manifest.json`, "{");
    assert.deepEqual(await status(config), [
      "tiny: 2 runs up to date",
      "report: stale: DIR/results/manifest.json is damaged",
    ]);
  }));

Deno.test("what is new beside other experiments in the store is missing, and says what comes nearest, of another experiment", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config, out: "other" })).code, 0);
    const wider = { ...config, name: "wider", model: { hidden: [9] } };
    const runs = async (config: object) =>
      (await run(folder, "sweep", config, "--dry-run")).lines.filter((line) => line.startsWith("run "));
    assert.deepEqual(await runs(wider), [
      "run 0-0 (lr=0.1): missing: not done yet; the nearest in the store, of another experiment: model.hidden [5] -> [9]",
      "run 1-0 (lr=0.2): missing: not done yet; the nearest in the store, of another experiment: model.hidden [5] -> [9]",
    ]);
    // Its training goes on from the other's all the same.
    assert.deepEqual(
      (await runs({ ...config, train: { ...config.train, epochs: 3 } }))[0],
      [
        "run 0-0 (lr=0.1): missing: epochs 2 -> 3: continues from epoch 2",
      ][0],
    );
    // Swept once, it is that which was changed, however near another comes.
    assert.equal((await sweepIn(folder, { config: wider })).code, 0);
    assert.deepEqual(
      (await runs({ ...wider, model: { hidden: [5] }, seeds: [1] }))[0],
      [
        "run 0-1 (lr=0.1): stale: model.hidden [9] -> [5], seeds.split 0 -> 4, seeds.init 1 -> 5, seeds.shuffle 2 -> 6",
      ][0],
    );
  }));

Deno.test("status tells of a step's older version and of artifacts that are gone", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    await performIn(folder, { config, store: "store" });
    const store = await Store.open(`${folder}/store`);
    const before = async (step: string, first: number) => {
      for (const { key, stage } of [...listRecordFiles(store, step)].slice(first)) {
        const record = store.readRecord(step, key, stage);
        assert.ok(record);
        await store.removeRecord(step, key, stage);
        await store.putRecord({ ...record, version: record.version - 1 });
      }
    };
    const runs = async () =>
      (await run(folder, "status", config)).lines.filter((line) => line.startsWith("run "));
    const versions = ({ name, version }: { name: string; version: number }) =>
      `stale: ${name} step version ${version - 1} -> ${version}`;

    await before("evaluate", 0);
    assert.deepEqual(
      await runs(),
      [0, 1].map((trial) => `run ${trial}-0 (lr=0.${trial + 1}): ${versions(evaluateStep)}`),
    );
    await before("train", 0);
    assert.deepEqual(
      await runs(),
      [0, 1].map((trial) => `run ${trial}-0 (lr=0.${trial + 1}): ${versions(trainStep)}`),
    );
    await performIn(folder, { config, store: "store" });
    assert.deepEqual(await runs(), []);
    const trained = [...store.listRecords("train")].find(({ version }) => version === trainStep.version);
    await store.removeArtifact(trained?.outputs.optimizer ?? "");
    assert.match(
      (await runs()).join("\n"),
      /^run \d-0 \(lr=0\.\d\): missing: its optimizer artifact is gone from the store$/,
    );
  }));

Deno.test("status of halving tells of the rungs that are certain, and of those to come", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const candidates = { parameters: { "train.learning_rate": [0.1, 0.2, 0.3, 0.4] } };
    const halving = {
      ...tiny,
      train: { ...tiny.train, epochs: 4 },
      sweep: { method: "halving", factor: 2, min_epochs: 1, candidates },
    };
    assert.deepEqual((await run(folder, "status", halving)).lines.slice(3), [
      ...[1, 2, 3, 4].map((rate) => `run ${rate - 1}-0 (lr=0.${rate}): missing: not done yet`),
      "then the best 2 trials of these for 2 epochs in all",
      "then the best 1 trial of these for 4 epochs in all",
      "report: missing: DIR/results has no results yet",
    ]);
    // What the first rung trains, and no more.
    await performIn(folder, {
      config: { ...tiny, train: { ...tiny.train, epochs: 1 }, sweep: candidates },
      store: "store",
    });
    const second = (await run(folder, "status", halving)).lines.slice(3);
    assert.equal(second.length, 4);
    for (const line of second.slice(0, 2)) {
      assert.match(line, /^run \d-0 \(lr=0\.\d\): missing: epochs 1 -> 2: continues from epoch 1$/);
    }
    assert.equal(second[2], "then the best 1 trial of these for 4 epochs in all");
    assert.equal((await sweepIn(folder, { config: halving })).code, 0);
    assert.equal((await run(folder, "status", halving)).code, 0);
  }));

Deno.test("a dry run of very little says less than a second, and not 0.00 s", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const longer = { ...config, train: { ...config.train, epochs: 3 } };
    assert.match(
      (await run(folder, "sweep", longer, "--dry-run")).lines.at(-1) ?? "",
      /^Less than a second of training on \d+ workers?: /,
    );
  }));

Deno.test("a dry run warns of what the sweep warns of, in the language that is asked for", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const config = { ...tiny, train: { ...tiny.train, schedule: { method: "cosine", warmup: 2 } } };
    const { events } = await sweepIn(folder, { config });
    const [told] = events.flatMap((event) => event.type === "warning" ? [event.message] : []);
    assert.match(told, /^the warm-up of train\.schedule takes 2 of the 2 epochs/);
    assert.equal((await run(folder, "sweep", config, "--dry-run")).lines.at(-1), `warning: ${told}`);
    const { lines } = await run(folder, "sweep", config, "--dry-run", "--language", "ja");
    assert.match(
      lines.at(-1) ?? "",
      /^警告: train\.schedule の warmup（2 エポック）が train\.epochs（2）以上なので/,
    );
  }));

Deno.test("--json has every run, and a dry run the time that timings.csv lets expect", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const unknown = await run(folder, "sweep", config, "--dry-run");
    assert.equal(unknown.code, 0);
    assert.equal(
      unknown.lines.at(-1),
      "How long it takes cannot be said: the data set has not been preprocessed yet",
    );
    assert.equal((await sweepIn(folder, { config })).code, 0);
    // 48 images an epoch and run: at 10 and 20 images a second 2 epochs take 9.6 and 4.8 s.
    const timings = ["train,0,0,1,10", "train,1,0,1,20"];
    await Deno.writeTextFile(
      `${folder}/results/timings.csv`,
      `step,trial,seed,seconds,images_per_second\n${timings.join("\n")}\n`,
    );
    const more = { ...config, sweep: { parameters: { "train.learning_rate": [0.3, 0.4, 0.5] } } };
    const planned = await run(folder, "sweep", more, "--dry-run", "--workers", "2", "--json");
    assert.equal(planned.code, 0);
    const { upToDate, runs, estimate } = JSON.parse(planned.lines.join());
    assert.equal(upToDate, false);
    assert.deepEqual(
      runs.map(({ trial, state, epochsDone }: Record<string, unknown>) => [trial, state, epochsDone]),
      [
        [0, "stale", 0],
        [1, "stale", 0],
        [2, "stale", 0],
      ],
    );
    // At the median of 15 images a second: 3 runs x 2 epochs x 48 images / 15 / 2 workers.
    assert.deepEqual(estimate, { ...estimate, timedRuns: 2, source: "DIR/results/timings.csv" });
    assert.ok(Math.abs(estimate.seconds - 9.6) < 1e-9, estimate.seconds);
    const { lines } = await run(
      folder,
      "sweep",
      { ...more, model: { hidden: [10] } },
      "--dry-run",
      "--workers",
      "1",
    );
    // 36 x 10 + 10 x 10 weights instead of 36 x 5 + 5 x 10.
    assert.match(
      lines.at(-1) ?? "",
      /^About 38\.4 s of training on 1 worker: by 2 timed runs in DIR\/results\/timings\.csv/,
    );
  }));

Deno.test("a dry run takes each network's own time, without the epochs that are done, and no less than the longest run", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      ...await tinyExperiment(folder),
      sweep: { parameters: { "model.hidden": [[5], [10]] } },
    };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    // The larger network is the faster one here, which no count of multiplications tells.
    await Deno.writeTextFile(
      `${folder}/results/timings.csv`,
      "step,trial,seed,seconds,images_per_second\ntrain,0,0,1,10\ntrain,1,0,1,40\n",
    );
    const trials = [
      { "model.hidden": [5], "train.epochs": 4 },
      { "model.hidden": [10], "train.learning_rate": 0.3 },
    ];
    const estimate = async (workers: number) => {
      const flags = ["--dry-run", "--json", "--workers", String(workers)];
      const { lines } = await run(
        folder,
        "sweep",
        { ...config, sweep: { method: "list", trials } },
        ...flags,
      );
      const { runs, estimate } = JSON.parse(lines.join());
      assert.deepEqual(runs.map(({ epochsDone }: { epochsDone: number }) => epochsDone), [2, 0]);
      return estimate.seconds;
    };
    // 48 images an epoch: 2 of 4 epochs at 10 images a second take 9.6 s, 2 epochs at 40 take 2.4 s.
    assert.ok(Math.abs(await estimate(1) - 12) < 1e-9);
    assert.ok(Math.abs(await estimate(4) - 9.6) < 1e-9);
  }));

Deno.test("an evaluation of other weights is none that has changed", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const rates = (...values: number[]) => ({
      ...tiny,
      sweep: { parameters: { "train.learning_rate": values } },
    });
    assert.equal((await sweepIn(folder, { config: rates(0.1, 0.2) })).code, 0);
    const store = await Store.open(`${folder}/store`);
    const before = new Set(Array.from(listRecordFiles(store, "evaluate"), ({ key }) => key));
    assert.equal((await sweepIn(folder, { config: rates(0.1, 0.3) })).code, 0);
    const [added, ...others] = [...listRecordFiles(store, "evaluate")].filter(({ key }) => !before.has(key));
    assert.equal(others.length, 0);
    await store.removeRecord("evaluate", added.key, added.stage);
    // The store has one of a rate of 0.2, which nothing wants now.
    assert.deepEqual(
      (await run(folder, "status", rates(0.1, 0.3))).lines.filter((line) => line.startsWith("run ")),
      ["run 1-0 (lr=0.3): missing: not done yet"],
    );
  }));

Deno.test("status says that a sweep would write the results again, and then nothing is left to say", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const results = `${folder}/results`;
    const flip = async (name: string) => {
      const bytes = await Deno.readFile(`${results}/${name}`);
      bytes[bytes.length >> 1] ^= 1;
      await Deno.writeFile(`${results}/${name}`, bytes);
    };
    const edit = async (before: RegExp, after: string) => {
      const text = await Deno.readTextFile(`${results}/manifest.json`);
      assert.match(text, before);
      await Deno.writeTextFile(`${results}/manifest.json`, text.replace(before, after));
    };
    const changes: [() => Promise<unknown>, string][] = [
      [() => rerenderReport(results, { language: "ja" }), "its report was rendered again, language ja"],
      [() => flip("results.csv"), "results.csv gone or changed"],
      [() => flip("figures/effects.svg"), "figures/effects.svg gone or changed"],
      [() => Deno.remove(`${results}/runs/0-0/weights.npz`), "runs/0-0/weights.npz gone or changed"],
      [() => edit(/"command": ".*"/, '"command": "other"'), "made by `other`"],
      [() => edit(/"tool": ".*"/, '"tool": "0.0.0"'), "written by version 0.0.0 of the program"],
      [() => edit(/"command": ".*"/, '"command": {}'), "it does not say by which command it was made"],
      [() => edit(/"tool": ".*",/, ""), "it does not say which version wrote it"],
    ];
    await run(folder, "sweep", config);
    for (const [change, reason] of changes) {
      await change();
      const { code, lines } = await run(folder, "status", config);
      assert.deepEqual([code, lines.at(-1)], [1, `report: stale: ${reason}`]);
      assert.equal((await run(folder, "sweep", config)).code, 0);
      assert.equal((await run(folder, "status", config)).code, 0, reason);
    }
  }));

Deno.test("a million runs are refused before they are looked at", () =>
  inTemporaryFolder(async (folder) => {
    const values = Array.from({ length: 1000 }, (_, i) => i + 1);
    const sweep = { parameters: { "train.learning_rate": values, "train.epochs": values } };
    const { code, lines } = await run(folder, "status", { ...await tinyExperiment(folder), sweep });
    assert.equal(code, 2);
    assert.deepEqual(lines, [
      "error: Cannot look at tiny: it must have at most 100,000 runs, found 1,000,000",
    ]);
  }));

Deno.test("where results cannot go, or no server can be, is told by a dry run as by the sweep, and nothing is made", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    await Deno.writeTextFile(`${folder}/thesis.txt`, "mine");
    await Deno.mkdir(`${folder}/own`);
    await Deno.writeTextFile(`${folder}/own/thesis.txt`, "mine");
    const before = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    for (
      const [flag, value, told] of [
        ["--out", `${folder}/thesis.txt`, /DIR\/thesis\.txt: it must be a folder, found a file/],
        ["--out", `${folder}/own`, /DIR\/own: it must be empty or hold earlier results, found thesis\.txt/],
        ["--out", `${folder}/store/x`, /must not lie in the store/],
        ["--on", "http://example.org", /nats:\/\//],
      ] as const
    ) {
      const dry = await run(folder, "sweep", config, "--dry-run", flag, value);
      assert.equal(dry.code, 2);
      assert.match(dry.lines.join("\n"), told);
      assert.deepEqual(
        Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) => name !== "results.json")
          .sort(),
        before.filter((name) => name !== "results.json"),
      );
    }
    for (const out of ["thesis.txt", "thesis.txt/below", "own"]) {
      const flags = ["--out", `${folder}/${out}`];
      const [dry, real] = [
        await run(folder, "sweep", config, "--dry-run", ...flags),
        await run(folder, "sweep", config, "--quiet", ...flags),
      ];
      assert.deepEqual(dry, real);
    }
  }));

Deno.test("a reference to a trial that there will not be is told by status and a dry run, as by the sweep", () =>
  inTemporaryFolder(async (folder) => {
    const reference = { metric: "val_loss", value: 1, tolerance: 0, trial: 2 };
    const config = { ...await tinyExperiment(folder), reference };
    for (const [command, ...flags] of [["status"], ["sweep", "--dry-run"], ["sweep"]] as const) {
      const { code, lines } = await run(folder, command, config, ...flags);
      assert.deepEqual([code, lines], [
        2,
        ["error: Cannot compare with reference 1: its trial must be from 0 to 1, found 2"],
      ]);
    }
  }));
