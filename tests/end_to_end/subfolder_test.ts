import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { readResults, tinyExperiment } from "../pipeline/tiny_experiment.ts";
import { deno, type Outcome, ROOT } from "./command_line.ts";

const task = (cwd: string | URL, ...args: string[]): Promise<Outcome> =>
  deno(["task", "--quiet", "--config", fileURLToPath(new URL("deno.json", ROOT)), ...args], { cwd });

Deno.test("what is typed is meant from where the person stands: config, --out, --store, --mirror, results, submissions", () =>
  inTemporaryFolder(async (parent) => {
    const folder = `${await Deno.realPath(parent)}/lab`;
    await Deno.mkdir(folder);
    await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(await tinyExperiment(folder)));
    const run = async (...args: string[]) => {
      const { code, out, err } = await task(folder, ...args);
      assert.equal(code, 0, `${args.join(" ")}: ${err}`);
      return out;
    };
    const swept = await run("sweep", "x.json", "--quiet", "--store", "../s", "--out", "r");
    assert.match(swept, /^Results: r \(/m);
    assert.ok(Object.keys(await readResults(`${folder}/r`)).length > 5);
    assert.match(
      await run("status", "x.json", "--store", "../s", "--out", "r"),
      /^tiny: 2 runs up to date\n/,
    );
    assert.match(await run("report", "r"), /^r\/report\.md$/m);
    assert.match(await run("best", "r"), /^name: tiny-best$/m);
    assert.match(await run("compare", "r#0", "r#1"), /r#0[^]*r#1/);
    assert.match(await run("verify", "r", "--sample", "1"), /^r: 1 of 2 runs computed again/);
    assert.match(await run("gc", "--store", "../s", "--results", ".", "--dry-run"), /^\.\.\/s: .*\n {2}r\n/);
    assert.match(await run("template", "starter", "--track", "ts"), /^starter: .*src\/mod\.ts/);
    for (const name of ["../s/steps", "starter/src/mod.ts"]) await Deno.stat(`${folder}/${name}`);

    const places = ["--out", "m", "--store", "../s"];
    const mirror = await task(
      folder,
      "sweep",
      "x.json",
      "--set",
      "dataset=mnist",
      "--mirror",
      "nowhere",
      ...places,
    );
    assert.deepEqual([mirror.code, /nowhere: no such folder/.test(mirror.err)], [2, true], mirror.err);
    const rubric = fileURLToPath(new URL("configs/rubrics/sprint-nn.yaml", ROOT));
    const grade = await task(folder, "grade", rubric, "nobody", "--out", "g", "--store", "../s");
    assert.match(grade.err, /^error: Cannot grade nobody: there is no such file or folder/m);
  }));

Deno.test("from a folder of the project, the default store and results stay at the root, and are printed as seen from there", async () => {
  const configs = new URL("configs/", ROOT);
  const plan = await task(configs, "sweep", "quickstart.yaml", "--dry-run", "--set", "train.epochs=77");
  assert.equal(plan.code, 0, plan.err);
  const { out } = JSON.parse((await task(configs, "status", "quickstart.yaml", "--json")).out);
  assert.equal(out, "../results/quickstart");
  const help = (await task(configs, "sweep", "--help")).out.replaceAll(/\s+/g, " ");
  for (const text of ['"quickstart.yaml"', '"../.store/"', "../results/<name>"]) {
    assert.ok(help.includes(text), help);
  }
  assert.equal(
    (await task(new URL("docs/", ROOT), "schema", "--check")).out.split(" ")[0],
    "../configs/schema.json",
  );
});

Deno.test("what is recorded says the config as from the root, from wherever it was swept", () =>
  inTemporaryFolder(async (folder) => {
    const out = `${folder}/r`;
    const sweep = async (cwd: URL, config: string) => {
      const size = ["--set", "dataset=strokes", "--set", "train.epochs=1", "--set", "preprocess.limit=200"];
      const flags = [
        "--quiet",
        "--out",
        out,
        "--store",
        `${folder}/s`,
        "--sweep",
        "model.hidden=[3]",
        ...size,
      ];
      const { code, err } = await task(cwd, "sweep", config, ...flags);
      assert.equal(code, 0, err);
      const { config: recorded, command } = JSON.parse(await Deno.readTextFile(`${out}/manifest.json`));
      return [recorded, command.split(" ")[3], await Deno.readTextFile(`${out}/manifest.json`)];
    };
    const atRoot = await sweep(ROOT, "configs/course.yaml");
    assert.deepEqual(atRoot.slice(0, 2), ["configs/course.yaml", "configs/course.yaml"]);
    assert.deepEqual(await sweep(new URL("configs/", ROOT), "course.yaml"), atRoot);
    const verified = await task(new URL("docs/", ROOT), "verify", out);
    assert.equal(verified.code, 0, verified.err);
  }));
