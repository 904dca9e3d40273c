import assert from "node:assert/strict";
import { ResultsFolder } from "../../../pipeline/results/folder.ts";
import { readManifest, type SweepRecord } from "../../../pipeline/results/manifest.ts";
import { parseExperiment } from "../../../src/config/parse.ts";
import { readResultsLock, ResultsLock } from "../../../pipeline/results/lock.ts";
import { memoryArtifact } from "../../../pipeline/steps/step.ts";
import { LockHolder } from "../system/hold_lock.ts";
import { inOneDrive } from "../system/onedrive.ts";
import { withLocksOfWindows } from "../system/locks_of_windows.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { unless, WINDOWS } from "../../skipped.ts";

const RECORD: SweepRecord = {
  tool: "0.0.0",
  versions: {},
  v8_flags: [],
  config: "x.yaml",
  command: "deno task sweep x.yaml",
  experiment: parseExperiment("name: x\ndataset: strokes\n", { file: "x.yaml" }),
  data: {},
  images: { train: 6000, test: 1000, features: 784, classes: 10 },
  steps: {},
  columns: { results: [], history: [] },
  runs: {},
};

/** Names of the files in a folder and below, sorted. */
function names(folder: string, prefix = ""): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) =>
    isDirectory ? names(`${folder}/${name}`, `${prefix}${name}/`) : [prefix + name]
  ).sort();
}

/** Writes results: results.csv, and of each run a file. */
async function write(out: string, runs: Record<string, string>): Promise<void> {
  using folder = await ResultsFolder.open(out);
  await folder.write("results.csv", "header\n");
  for (const [run, text] of Object.entries(runs)) {
    await folder.copy(`runs/${run}/weights.npz`, memoryArtifact(text));
  }
  await folder.finish(RECORD);
}

Deno.test("a folder that another process writes results to is refused, with who it is, until that ends", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await Deno.mkdir(out);
    {
      await using holder = await LockHolder.start(`${out}/.sweep.lock`);
      await assert.rejects(ResultsFolder.open(out), {
        name: "UserError",
        message: `Cannot write results to ${out}: another sweep (process ${holder.pid}) is writing there; ` +
          "wait until it ends, or pass another folder with --out DIR",
      });
    }
    await write(out, { "0-0": "a" });
    assert.deepEqual(names(out), ["manifest.json", "results.csv", "runs/0-0/weights.npz"]);
  }));

Deno.test("who takes a folder that a crash left half-written is named as the one that writes there, and it stays half-written", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/.sweep.lock`, "99999 writing");
    {
      using lock = await ResultsLock.take(folder);
      assert.equal(lock.torn, true);
      await assert.rejects(
        ResultsLock.take(folder),
        (error: Error) => error.message.includes(`another sweep (process ${Deno.pid}) is writing there`),
      );
    }
    assert.deepEqual(await readResultsLock(folder), { torn: true, unfinished: true });
  }));

Deno.test("results that a crash left half-written are taken up again, whole: nothing stays of another sweep's", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, { "0-0": "aaaa", "1-0": "bbbb" });
    {
      // Another sweep of three runs, which does not get to its manifest.
      using torn = await ResultsFolder.open(out);
      await torn.copy("runs/0-0/weights.npz", memoryArtifact("AAAA"));
      await torn.copy("runs/2-0/weights.npz", memoryArtifact("CCCC"));
      // Killed between writing a file and renaming it.
      for (const place of [out, `${out}/runs/1-0`]) {
        await Deno.writeTextFile(`${place}/x.csv.${crypto.randomUUID()}.tmp`, "half");
      }
    }
    assert.ok(names(out).includes(".sweep.lock"));
    await write(out, { "0-0": "aaaa", "1-0": "bbbb" });
    assert.equal(await Deno.readTextFile(`${out}/runs/0-0/weights.npz`), "aaaa");
    assert.deepEqual(names(out), [
      "manifest.json",
      "results.csv",
      "runs/0-0/weights.npz",
      "runs/1-0/weights.npz",
    ]);
  }));

Deno.test("a crash before the first manifest leaves a folder that can be written to again", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    {
      using torn = await ResultsFolder.open(out);
      await torn.write("results.csv", "half");
    }
    await write(out, {});
    assert.deepEqual(names(out), ["manifest.json", "results.csv"]);
  }));

Deno.test("a damaged manifest is said, and all of the results are written again", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, { "0-0": "aaaa" });
    const manifest = await Deno.readTextFile(`${out}/manifest.json`);
    for (const damaged of ["", manifest.slice(0, 40), manifest.replace("sha256", "sha257"), "[]", "{}"]) {
      await Deno.writeTextFile(`${out}/manifest.json`, damaged);
      await Deno.writeTextFile(`${out}/runs/0-0/weights.npz`, "AAAA");
      const warnings: string[] = [];
      {
        using again = await ResultsFolder.open(out, { onWarning: (message) => warnings.push(message) });
        await again.write("results.csv", "header\n");
        await again.copy("runs/0-0/weights.npz", memoryArtifact("aaaa"));
        await again.finish(RECORD);
      }
      assert.deepEqual(warnings, [`${out}/manifest.json is damaged: all files are written again`]);
      assert.equal(await Deno.readTextFile(`${out}/runs/0-0/weights.npz`), "aaaa");
      assert.equal(await Deno.readTextFile(`${out}/manifest.json`), manifest);
    }
  }));

Deno.test("a folder with a manifest.json of something else is left as it is", () =>
  inTemporaryFolder(async (folder) => {
    for (
      const manifest of [
        "not JSON",
        '{"name": "a web app"}',
        '{"files": {"../x": {"sha256": "", "bytes": 0}}}',
      ]
    ) {
      await Deno.writeTextFile(`${folder}/manifest.json`, manifest);
      await assert.rejects(ResultsFolder.open(folder), {
        name: "UserError",
        message: `Cannot write results to ${folder}: its manifest.json must be a sweep's, found another; ` +
          "pass another folder with --out DIR",
      });
      assert.deepEqual(names(folder), ["manifest.json"]);
      assert.equal(await Deno.readTextFile(`${folder}/manifest.json`), manifest);
    }
  }));

Deno.test("holds() is true only of the very files and manifest that would be written", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    const weights: [string, string] = ["runs/0-0/weights.npz", memoryArtifact("aaaa").sha256];
    const all: [string, string | null][] = [weights, ["results.csv", null]];
    const holds = async (record: SweepRecord, expected = all) => {
      using results = await ResultsFolder.open(out, { onWarning: () => {} });
      return await results.holds(record, new Map(expected));
    };
    const damages: [string, () => Promise<unknown>][] = [
      ["a byte of results.csv", () => Deno.writeTextFile(`${out}/results.csv`, "Header\n")],
      ["results.csv gone", () => Deno.remove(`${out}/results.csv`)],
      ["an artifact gone", () => Deno.remove(`${out}/runs/0-0/weights.npz`)],
      ["an artifact cut", () => Deno.truncate(`${out}/runs/0-0/weights.npz`, 2)],
      ["a damaged manifest", () => Deno.truncate(`${out}/manifest.json`, 20)],
    ];
    for (const [name, damage] of damages) {
      await Deno.remove(out, { recursive: true }).catch(() => {});
      await write(out, { "0-0": "aaaa" });
      assert.equal(await holds(RECORD), true);
      await damage();
      assert.equal(await holds(RECORD), false, name);
    }
    await Deno.remove(out, { recursive: true });
    await write(out, { "0-0": "aaaa" });
    assert.equal(await holds({ ...RECORD, tool: "1.0.0" }), false, "another manifest");
    assert.equal(
      await holds({ ...RECORD, versions: { deno: "1.0.0" } }),
      true,
      "another version of what computed it",
    );
    assert.equal(
      await holds(RECORD, [[weights[0], memoryArtifact("bbbb").sha256]]),
      false,
      "another artifact",
    );
    assert.equal(
      await holds(RECORD, [...all, ["runs/1-0/weights.npz", weights[1]]]),
      false,
      "more artifacts",
    );
    assert.equal(await holds(RECORD, [...all, ["summary.csv", null]]), false, "another file");
    assert.equal(await holds(RECORD, [["results.csv", weights[1]]]), false, "another text of results.csv");
    const path = `${out}/manifest.json`;
    await Deno.writeTextFile(
      path,
      (await Deno.readTextFile(path)).replace("{", '{ "report_language": "ja",'),
    );
    assert.equal(await holds(RECORD), false, "something else in the manifest");
  }));

Deno.test("a manifest says its format first; one of the format before is read, and one of a later format is not", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, {});
    const path = `${out}/manifest.json`;
    const text = await Deno.readTextFile(path);
    assert.match(text, /^\{\n {2}"format": 2,\n {2}"tool": "0\.0\.0",/);
    const { format: _, columns: __, ...rest } = JSON.parse(text);
    await Deno.writeTextFile(path, JSON.stringify(rest));
    const read = await readManifest(out);
    assert.equal(read?.columns.results.join().startsWith("trial,seed,status,hidden,"), true);
    assert.deepEqual({ ...read, columns: null }, { ...rest, format: 1, columns: null });
    {
      using before = await ResultsFolder.open(out);
      assert.equal(await before.holds(RECORD, new Map()), false);
    }
    await write(out, {});
    assert.equal(await Deno.readTextFile(path), text);
    await Deno.writeTextFile(path, text.replace('"format": 2', '"format": 3'));
    await assert.rejects(readManifest(out), {
      name: "UserError",
      message: `Cannot read ${path}: it must be as a sweep wrote it, ` +
        "found 3 in the place of format, which is 1 or 2 in this version of the program",
    });
  }));

Deno.test("amend() removes a listed file whose place another has taken, and no other", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, { "0-0": "a" });
    {
      using results = await ResultsFolder.reopen(out);
      await results.write("figures/old.png", "old");
      await results.amend({ report_language: null });
    }
    await Deno.writeTextFile(`${out}/figures/own.png`, "somebody's own");
    using results = await ResultsFolder.reopen(out);
    await results.write("figures/new.svg", "new");
    await results.amend({ report_language: null, superseded: ["figures/old.png", "figures/own.png"] });
    assert.deepEqual(
      Array.from(Deno.readDirSync(`${out}/figures`), ({ name }) => name).sort(),
      ["new.svg", "own.png"],
    );
    const { files } = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
    assert.deepEqual(Object.keys(files).filter((name) => name.startsWith("figures/")), ["figures/new.svg"]);
  }));

Deno.test("amend() removes nothing through a link that leads out of the folder", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, { "0-0": "a" });
    {
      using results = await ResultsFolder.reopen(out);
      await results.write("figures/old.png", "old");
      await results.amend({ report_language: null });
    }
    await Deno.rename(`${out}/figures`, `${folder}/elsewhere`);
    await Deno.symlink(`${folder}/elsewhere`, `${out}/figures`);
    using results = await ResultsFolder.reopen(out);
    await results.amend({ report_language: null, superseded: ["figures/old.png"] });
    assert.equal(await Deno.readTextFile(`${folder}/elsewhere/old.png`), "old");
  }));

Deno.test("amend() changes what was written and nothing else, and leaves a torn folder torn", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, { "0-0": "a" });
    const path = `${out}/manifest.json`;
    const before = await Deno.readTextFile(path);
    const rewrite = async (text: string, report_language: "ja" | null) => {
      using results = await ResultsFolder.reopen(out);
      await results.write("report.md", text);
      await results.amend({ report_language });
    };
    await rewrite("ja", "ja");
    const { report_language, files, ...rest } = JSON.parse(await Deno.readTextFile(path));
    assert.equal(report_language, "ja");
    assert.deepEqual(Object.keys(files), ["report.md", "results.csv", "runs/0-0/weights.npz"]);
    assert.deepEqual(rest, (({ files: _, ...rest }) => rest)(JSON.parse(before)));
    assert.deepEqual(names(out), ["manifest.json", ...Object.keys(files)]);
    {
      using torn = await ResultsFolder.open(out);
      await torn.write("results.csv", "half");
    }
    await rewrite("en", null);
    assert.equal(JSON.parse(await Deno.readTextFile(path)).report_language, undefined);
    assert.match(await Deno.readTextFile(`${out}/.sweep.lock`), /writing$/);
  }));

Deno.test({
  ...unless(
    WINDOWS,
    "nothing is written or removed through a link out of a results folder, and no lock written through one",
  ),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const out = `${folder}/out`;
      const precious = `${folder}/home/0-0/weights.npz`;
      await Deno.mkdir(`${folder}/home/0-0`, { recursive: true });
      await Deno.writeTextFile(precious, "precious");
      await write(out, { "0-0": "aaaa" });
      await Deno.remove(`${out}/runs`, { recursive: true });
      await Deno.symlink(`${folder}/home`, `${out}/runs`);
      await write(out, {});
      await assert.rejects(write(out, { "0-0": "bbbb" }), {
        name: "UserError",
        message:
          `Cannot write results to ${out}: runs/0-0 must be a folder in it, found a symbolic link; remove the link`,
      });
      // What was torn is cleared without it too.
      await write(out, {});
      assert.equal(await Deno.readTextFile(precious), "precious");

      await Deno.symlink(precious, `${out}/.sweep.lock`);
      await assert.rejects(write(out, {}), {
        name: "UserError",
        message: `Cannot lock ${out}/.sweep.lock: it must be a regular file, found something else; remove it`,
      });
      assert.equal(await Deno.readTextFile(precious), "precious");
    }),
});

Deno.test("where nobody may read a locked file, half-written results and who writes them are known too", () =>
  withLocksOfWindows(() =>
    inTemporaryFolder(async (folder) => {
      const out = `${folder}/out`;
      {
        using torn = await ResultsFolder.open(out);
        assert.deepEqual(await readResultsLock(out), { torn: false, unfinished: true });
        await torn.copy("runs/2-0/weights.npz", memoryArtifact("CCCC"));
        assert.deepEqual(await readResultsLock(out), { torn: true, unfinished: true });
        await assert.rejects(ResultsFolder.open(out), {
          message: new RegExp(`process ${Deno.pid}\\) is writing`),
        });
      }
      assert.deepEqual(await readResultsLock(out), { torn: true, unfinished: true });
      await write(out, { "0-0": "aaaa" });
      assert.deepEqual(names(out), ["manifest.json", "results.csv", "runs/0-0/weights.npz"]);
    })
  ));

Deno.test("results are written where OneDrive keeps the folder", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, { "0-0": "aaaa" });
    await inOneDrive(() => write(out, { "0-0": "bbbb" }));
    assert.equal(await Deno.readTextFile(`${out}/runs/0-0/weights.npz`), "bbbb");
  }));

Deno.test("a manifest that lists itself is not removed as what is left of former results", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, {});
    const text = await Deno.readTextFile(`${out}/manifest.json`);
    const entry = `{"sha256": "${"0".repeat(64)}", "bytes": 1}`;
    await Deno.writeTextFile(
      `${out}/manifest.json`,
      text.replace('"files": {', `$&"manifest.json": ${entry}, ".sweep.lock": ${entry},`),
    );
    await write(out, {});
    assert.equal(await Deno.readTextFile(`${out}/manifest.json`), text);
  }));

Deno.test("a folder in the place of a file, or a file in that of a folder, is named, also when a report is written again", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/out`;
    await write(out, { "0-0": "a" });
    await Deno.mkdir(`${out}/report.md`);
    await Deno.writeTextFile(`${out}/figures`, "");
    for (const open of [ResultsFolder.open, ResultsFolder.reopen]) {
      using held = await open(out);
      await assert.rejects(held.write("report.md", ""), {
        name: "UserError",
        message: `Cannot write results to ${out}: report.md must be a file, found a folder; remove it`,
      });
      await assert.rejects(held.write("figures/a.svg", ""), {
        name: "UserError",
        message: `Cannot write results to ${out}: figures must be a folder, found a file; remove it`,
      });
    }
  }));
