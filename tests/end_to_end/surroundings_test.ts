import assert from "node:assert/strict";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { readResults, tinyExperiment } from "../pipeline/tiny_experiment.ts";
import { deno, ROOT, sweepWithoutFlags } from "./command_line.ts";

/** Mounts need a namespace of their own, which a test may not have. */
const canMount = await new Deno.Command("unshare", { args: ["-m", "true"], stderr: "null" }).output()
  .then(({ success }) => success, () => false);

/** Runs a shell script in which `$1` is an empty folder to mount on, and `sweep` is a quiet sweep that says how it ends. */
async function inNamespace(folder: string, script: string): Promise<string[]> {
  const sweep =
    'sweep() { "$3" run --quiet -P=sweep pipeline/main.ts sweep "$CONFIG" --quiet "$@"; echo "exit $?"; }';
  const { stdout } = await new Deno.Command("unshare", {
    args: ["-m", "sh", "-c", `${sweep.replace('"$3"', '"$DENO"')}; exec 2>&1; ${script}`, "sh", folder],
    cwd: ROOT,
    env: { NO_COLOR: "1", LC_ALL: "C.UTF-8", DENO: Deno.execPath(), CONFIG: `${folder}/x.json`, DIR: folder },
  }).output();
  return new TextDecoder().decode(stdout).replaceAll(folder, "DIR").trimEnd().split("\n");
}

Deno.test({
  name: canMount
    ? "a full or read-only disk is said in one message; with room again the same command goes on, to the same bytes"
    : "a full or read-only disk: SKIPPED, this machine lets the test mount nothing (unshare -m)",
  ignore: !canMount,
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(await tinyExperiment(folder)));
      for (const name of ["store", "out", "again"]) await Deno.mkdir(`${folder}/${name}`);
      const { code, err } = await sweepWithoutFlags(
        `${folder}/x.json`,
        ...["--quiet", "--store", `${folder}/other`, "--out", `${folder}/expected`],
      );
      assert.equal(code, 0, err);

      const said = await inNamespace(
        folder,
        `
        cd . && mount -t tmpfs -o size=64k none "$DIR/store"
        sweep --store "$DIR/store" --out "$DIR/out"
        mount -o remount,size=4m "$DIR/store"
        sweep --store "$DIR/store" --out "$DIR/out"
        mount -t tmpfs -o size=12k none "$DIR/again"
        sweep --store "$DIR/store" --out "$DIR/again"
        mount -o remount,ro "$DIR/again"
        sweep --store "$DIR/store" --out "$DIR/again"
        mount -o remount,ro "$DIR/store"
        sweep --store "$DIR/store" --out "$DIR/out"
        sweep --store "$DIR/store" --out "$DIR/out" --set train.epochs=3
        `,
      );
      const done = [
        "best trial",
        // So small a network is not better than guessing.
        "2 of 2 runs learned nothing",
        "Results: DIR/out",
        "Report: DIR/out/report.html",
      ];
      const expected = [
        "error: Cannot write to the store DIR/store: no space is left on the disk; free some and run the same command " +
        "again (what is stored stays), or pass a folder on another disk with --store DIR",
        "exit 2",
        ...done,
        "exit 0",
        "error: Cannot write results to DIR/again: no space is left on the disk; free some and run the same command " +
        "again (what is stored stays), or pass a folder on another disk with --out DIR",
        "exit 2",
        "error: Cannot write results to DIR/again: its file system is read-only; pass a writable folder with --out DIR",
        "exit 2",
        // All of it is stored: nothing has to be written there.
        ...done,
        "exit 0",
        "error: Cannot write to the store DIR/store: its file system is read-only; pass a writable folder with --store DIR",
        "exit 2",
      ];
      const starts = said.map((line, i) =>
        done.includes(expected[i]) ? line.slice(0, expected[i].length) : line
      );
      assert.deepEqual(starts, expected);
      assert.deepEqual(await readResults(`${folder}/out`), await readResults(`${folder}/expected`));
    }),
});

Deno.test("two sweeps at once on one store do not disturb each other", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(await tinyExperiment(folder)));
    const outs = ["a", "b"].map((name) => `${folder}/${name}`);
    const ends = await Promise.all(
      outs.map((out) =>
        sweepWithoutFlags(`${folder}/x.json`, "--quiet", "--store", `${folder}/store`, "--out", out)
      ),
    );
    for (const { code, err } of ends) assert.equal(code, 0, err);
    const [first, ...others] = await Promise.all(outs.map(readResults));
    assert.ok(Object.keys(first).length > 5);
    for (const other of others) assert.deepEqual(other, first);
  }));

Deno.test("status, verify and gc are told their wrong inputs in one line, without a stack trace", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const cases: [string[], string][] = [
      [["status", "nowhere.yaml"], "error: Cannot read the config nowhere.yaml: there is no such file\n"],
      [
        ["status", "--store", `${folder}/file`],
        "error: Cannot open the store DIR/file: it must be a folder, found a file; pass a writable folder with --store DIR\n",
      ],
      [
        ["verify", folder],
        "error: Cannot verify DIR: it must be a results folder, found no manifest.json, which every sweep writes\n",
      ],
      [
        ["gc", "--store", `${folder}/nowhere`],
        "error: Cannot collect garbage in DIR/nowhere: there is no such store\n",
      ],
      [
        ["gc", "--store", `${folder}/file`],
        "error: Cannot open the store DIR/file: it must be a folder, found a file; pass a writable folder with --store DIR\n",
      ],
    ];
    for (const [args, message] of cases) {
      const { code, out, err } = await deno(["run", "--quiet", "-P=sweep", "pipeline/main.ts", ...args]);
      assert.deepEqual([code, out, err.replaceAll(folder, "DIR")], [2, "", message]);
    }
    const sample = await deno([
      "run",
      "--quiet",
      "-P=sweep",
      "pipeline/main.ts",
      "verify",
      folder,
      "--sample",
      "0",
    ]);
    assert.equal(sample.code, 2);
    assert.match(
      sample.err,
      /^error: option '--sample <k>' argument '0' is invalid\. It must be a whole number of 1 or more\.\n/,
    );
  }));
