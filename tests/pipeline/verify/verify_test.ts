import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { verifyCommand } from "../../../pipeline/commands/verify.ts";
import { main } from "../main_in_process.ts";
import { chooseRuns } from "../../../pipeline/verify/verify.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

interface Outcome {
  code: number;
  out: string[];
  err: string;
}

async function verify(folder: string, ...args: string[]): Promise<Outcome> {
  const streams = new RecordedStreams({});
  const signal = new AbortController().signal;
  const code = await main(["verify", folder, "--quiet", "--workers", "1", ...args], { signal, streams }, [
    verifyCommand,
  ]);
  const out = streams.out.replaceAll(folder, "DIR").trimEnd().split("\n");
  return { code, out, err: streams.err.replaceAll(folder, "DIR") };
}

const SAME =
  "The same bytes: data set, weights, predictions, diagnostics, rows of results.csv and history.csv";

/** Changes a file of the results, and, if `recorded`, the hash that the manifest has of it: as whoever wrote them would. */
async function change(
  results: string,
  file: string,
  edit: (text: string) => string,
  { recorded = false } = {},
) {
  const text = edit(await Deno.readTextFile(`${results}/${file}`));
  await Deno.writeTextFile(`${results}/${file}`, text);
  if (!recorded) return;
  const manifest = JSON.parse(await Deno.readTextFile(`${results}/manifest.json`));
  manifest.files[file] = { sha256: createHash("sha256").update(text).digest("hex"), bytes: text.length };
  await Deno.writeTextFile(`${results}/manifest.json`, JSON.stringify(manifest));
}

Deno.test("verify computes all runs again, or a sample, from a folder or its manifest alone", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const results = `${folder}/results`;
    assert.deepEqual(await verify(results), {
      code: 0,
      out: ["DIR: 2 of 2 runs computed again", SAME],
      err: "",
    });
    const sample = await verify(results, "--sample", "1");
    assert.match(sample.out[0], /^DIR: 1 of 2 runs computed again \([01]-0\)$/);
    assert.deepEqual(sample, await verify(results, "--sample", "1"));
    assert.equal((await verify(results, "--sample", "99")).out[0], "DIR: 2 of 2 runs computed again");

    const alone = `${folder}/alone`;
    await Deno.mkdir(alone);
    await Deno.copyFile(`${results}/manifest.json`, `${alone}/manifest.json`);
    const { code, out } = await verify(alone);
    assert.equal(code, 0);
    assert.match(out[1], /^\d+ files of the manifest are not in the folder; their hashes were compared$/);
    assert.equal(out[2], SAME);
  }));

Deno.test("verify says what it compared: of runs that diverged there are no weights and no predictions", () =>
  inTemporaryFolder(async (folder) => {
    const { sweep: _, ...config } = await tinyExperiment(folder);
    const rates = (rates: number[]) => ({
      ...config,
      sweep: { parameters: { "train.learning_rate": rates } },
    });
    await sweepIn(folder, { config: rates([1e30, 1e31]), out: "none" });
    const none = await verify(`${folder}/none`);
    assert.equal(none.code, 0);
    assert.deepEqual(none.out, [
      "DIR: 2 of 2 runs computed again",
      "2 runs had diverged and have no weights or predictions",
      "The same bytes: data set, diagnostics, rows of results.csv and history.csv",
    ]);
    const { out } = await verify(`${folder}/none`, "--language", "ja");
    assert.deepEqual(out.slice(1), [
      "発散していた訓練 2 回には、重みや予測がありません",
      "全バイトが一致: データセット、活性値と勾配、results.csv と history.csv の各行",
    ]);
    await sweepIn(folder, { config: rates([0.1, 1e30]), out: "one" });
    assert.deepEqual((await verify(`${folder}/one`)).out.slice(1), [
      "1 run had diverged and has no weights or predictions",
      SAME,
    ]);
  }));

Deno.test("verify finds a changed value, also one whose hash was changed with it, and says where", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config, out: "good" })).code, 0);
    const rows = (await Deno.readTextFile(`${folder}/good/results.csv`)).split("\n").map((line) =>
      line.split(",")
    );
    const accuracy = rows[0].indexOf("test_accuracy"), was = rows[2][accuracy];
    const better = (text: string) =>
      text.split("\n").map((line, i) =>
        i === 2 ? line.split(",").map((cell, j) => j === accuracy ? "0.99" : cell).join() : line
      ).join("\n");
    const cases: [string, (text: string) => string, boolean, RegExp][] = [
      [
        "results.csv",
        better,
        false,
        /^error: 1 file differs:\n {2}results\.csv: was changed after the sweep had written it, first in run 1-0: found 1,0,ok,.*0\.99,/,
      ],
      [
        "results.csv",
        better,
        true,
        /results\.csv: the rows are the same and the file is not|results\.csv: run 1-0: /,
      ],
      [
        "history.csv",
        (text) => text.replace(/^1,0,2,.*\n/m, ""),
        false,
        /history\.csv: was changed .*, first in run 1-0: found 1,0,1,/,
      ],
      [
        "runs/1-0/weights.npz",
        (text) => text + "x",
        true,
        /^error: 1 file differs:\n {2}runs\/1-0\/weights\.npz: other bytes\n$/,
      ],
      [
        "runs/0-0/predictions.csv",
        (text) => text.replace(/^(3,\d),\d$/m, "$1,x"),
        true,
        /runs\/0-0\/predictions\.csv: row 3,3,x: predicted was x, is now \d\n$/,
      ],
      [
        "runs/0-0/predictions.csv",
        (text) => text.replaceAll(/(?<=\d)$/gm, ",1"),
        true,
        /runs\/0-0\/predictions\.csv: row 0,\d,\d,1: cell 4 was 1, is now not there\n$/,
      ],
      [
        "report.md",
        (text) => text + "!",
        false,
        /^error: 1 file differs:\n {2}report\.md: was changed after the sweep had written it\n$/,
      ],
    ];
    const manifest = JSON.parse(await Deno.readTextFile(`${folder}/good/manifest.json`));
    const [name] = Object.keys(manifest.data);
    cases.push([
      "manifest.json",
      () => JSON.stringify({ ...manifest, data: { ...manifest.data, [name]: "0".repeat(64) } }),
      false,
      new RegExp(`^error: 1 file differs:\\n {2}${RegExp.escape(name)}: the data set has other bytes\\n$`),
    ]);
    for (const [file, edit, recorded, message] of cases) {
      const results = `${folder}/bad`;
      await Deno.mkdir(`${results}/runs`, { recursive: true });
      await copyFolder(`${folder}/good`, results);
      await change(results, file, edit, { recorded });
      const { code, out, err } = await verify(results);
      assert.equal(code, 1, `${file}: ${err}`);
      assert.deepEqual(out, ["DIR: 2 of 2 runs computed again"]);
      assert.match(err, message);
      await Deno.remove(results, { recursive: true });
    }
    // Forged all through: the row, its hash, and the file's.
    const forged = `${folder}/forged`;
    await copyFolder(`${folder}/good`, forged);
    await change(forged, "results.csv", better, { recorded: true });
    await change(forged, "manifest.json", (text) => {
      const manifest = JSON.parse(text);
      const line = better(rows.map((row) => row.join()).join("\n")).split("\n")[2] + "\n";
      manifest.runs["1-0"].results = createHash("sha256").update(line).digest("hex");
      return JSON.stringify(manifest);
    });
    const { code, err } = await verify(forged);
    assert.equal(code, 1);
    assert.ok(err.includes(`test_accuracy was 0.99, is now ${was}`), err);
  }));

Deno.test("verify refuses what is no results folder or was written by hand", () =>
  inTemporaryFolder(async (folder) => {
    const nothing = await verify(`${folder}/nowhere`);
    assert.deepEqual([nothing.code, nothing.err], [
      2,
      "error: Cannot verify DIR: there is no such file or folder\n",
    ]);
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const path = `${folder}/results/manifest.json`;
    const manifest = JSON.parse(await Deno.readTextFile(path));
    const { "1-0": last, ...others } = manifest.runs;
    const cases: [object, RegExp][] = [
      [{ ...manifest, runs: others }, /must list each run of its experiment, found no 1-0\n$/],
      [
        { ...manifest, runs: { ...manifest.runs, "2-0": last } },
        /must list the runs of its experiment, found 2-0 too\n$/,
      ],
      [{ ...manifest, runs: 3 }, /must be as a sweep wrote it, found 3 in the place of runs\n$/],
      [
        { ...manifest, experiment: { ...manifest.experiment, train: { epochs: -1 } } },
        /train\.epochs: must be a whole number/,
      ],
      [
        { ...manifest, files: { "../../x": manifest.files["results.csv"] } },
        /found \{"sha256":"\w+","bytes":\d+\} in the place of files\.\.\.\/\.\.\/x\n$/,
      ],
    ];
    for (const [damaged, message] of cases) {
      await Deno.writeTextFile(path, JSON.stringify(damaged));
      const { code, err } = await verify(`${folder}/results`);
      assert.equal(code, 2);
      assert.match(err, message);
    }
    await Deno.writeTextFile(path, JSON.stringify(manifest));
    await Deno.remove(`${folder}/results/results.csv`);
    await Deno.mkdir(`${folder}/results/results.csv`);
    const inTheWay = await verify(`${folder}/results`);
    assert.deepEqual([inTheWay.code, inTheWay.err], [
      2,
      "error: Cannot read DIR/results.csv: it must be a regular file, found a folder\n",
    ]);
  }));

Deno.test("verify computes halving again with its rungs", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const candidates = { parameters: { "train.learning_rate": [0.1, 0.2, 0.3, 0.4] } };
    const config = {
      ...tiny,
      train: { ...tiny.train, epochs: 4 },
      sweep: { method: "halving", factor: 2, candidates },
    };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    assert.deepEqual(await verify(`${folder}/results`), {
      code: 0,
      out: ["DIR: 4 of 4 runs computed again", SAME],
      err: "",
    });
    assert.equal((await verify(`${folder}/results`, "--sample", "2")).code, 0);
  }));

Deno.test("the runs of a sample are those of the smallest hashes, in their own order", () => {
  const runs = Array.from({ length: 20 }, (_, i) => `${i}-0`);
  const hash = (run: string) => createHash("sha256").update(`salt ${run}`).digest("hex");
  const smallest = [...runs].sort((a, b) => hash(a) < hash(b) ? -1 : 1).slice(0, 5);
  const chosen = chooseRuns(runs, { count: 5, salt: "salt" });
  assert.deepEqual(chosen, runs.filter((run) => smallest.includes(run)));
  assert.notDeepEqual(chooseRuns(runs, { count: 5, salt: "other" }), chosen);
  assert.deepEqual(chooseRuns(runs, { count: 30, salt: "salt" }), runs);
});

Deno.test("of a run that was compared verify keeps nothing: what is left in its store at the end is the data", () =>
  inTemporaryFolder(async (folder) => {
    assert.equal((await sweepIn(folder, { config: await tinyExperiment(folder) })).code, 0);
    const { remove } = Deno;
    const left: string[] = [];
    // The store is removed whole at the end: it is looked at just before.
    Deno.remove = async (path, options) => {
      for await (const { name } of artifacts(`${path}/artifacts`)) left.push(name);
      await remove(path, options);
    };
    try {
      assert.equal((await verify(`${folder}/results`)).code, 0);
    } finally {
      Deno.remove = remove;
    }
    assert.equal(left.length, 5);
  }));

async function* artifacts(folder: string): AsyncGenerator<Deno.DirEntry> {
  const shards = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  for (const { name } of shards) yield* Deno.readDir(`${folder}/${name}`);
}
