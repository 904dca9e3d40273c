import assert from "node:assert/strict";
import { ResultsFolder } from "../../../pipeline/results/folder.ts";
import { memoryArtifact } from "../../../pipeline/steps/step.ts";
import { LockHolder } from "../system/hold_lock.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

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
  await folder.finish({});
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
        await again.finish({});
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
    const holds = async (manifest: Record<string, unknown>, expected = all) => {
      using results = await ResultsFolder.open(out, { onWarning: () => {} });
      return await results.holds(manifest, new Map(expected));
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
      assert.equal(await holds({}), true);
      await damage();
      assert.equal(await holds({}), false, name);
    }
    await Deno.remove(out, { recursive: true });
    await write(out, { "0-0": "aaaa" });
    assert.equal(await holds({ tool: "1.0.0" }), false, "another manifest");
    assert.equal(await holds({ versions: "1.0.0" }), true, "another version of what computed it");
    assert.equal(await holds({}, [[weights[0], memoryArtifact("bbbb").sha256]]), false, "another artifact");
    assert.equal(await holds({}, [...all, ["runs/1-0/weights.npz", weights[1]]]), false, "more artifacts");
    assert.equal(await holds({}, [...all, ["summary.csv", null]]), false, "another file");
    assert.equal(await holds({}, [["results.csv", weights[1]]]), false, "another text of results.csv");
    const path = `${out}/manifest.json`;
    await Deno.writeTextFile(
      path,
      (await Deno.readTextFile(path)).replace("{", '{ "report_language": "ja",'),
    );
    assert.equal(await holds({}), false, "something else in the manifest");
  }));
