import assert from "node:assert/strict";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { tinyExperiment } from "../pipeline/tiny_experiment.ts";
import { deno } from "./command_line.ts";

/** Every file of a folder, byte for byte, by its path. */
async function readFolder(folder: string, below = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    const path = `${below}${name}`;
    if (isDirectory) Object.assign(files, await readFolder(folder, `${path}/`));
    else files[path] = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/${path}`));
  }
  return files;
}

for (const language of ["en", "ja"]) {
  Deno.test(`LANG=ja_JP.UTF-8 and LANG=C give the same bytes of every file, reports in ${language}, and other lines`, async () => {
    await inTemporaryFolder(async (folder) => {
      const experiment = { ...await tinyExperiment(folder), report: { language } };
      await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(experiment));
      const sweep = (env: Record<string, string>, store: string, ...more: string[]) => {
        const flags = ["--out", `${folder}/out`, "--store", `${folder}/${store}`, ...more];
        const args = ["task", "--quiet", "sweep", `${folder}/x.json`, ...flags];
        return deno(args, { env: { LC_ALL: "", LC_MESSAGES: "", ...env } });
      };
      const plain = await sweep({ LANG: "C" }, "store");
      assert.equal(plain.code, 0, plain.err);
      assert.match(plain.out, language === "ja" ? /^結果: /m : /^Results: /m);
      const written = await readFolder(`${folder}/out`);

      // The store is another: everything is made anew, the figures and the report too. The times are those of before where nothing is done.
      const anew = await sweep({ LANG: "ja_JP.UTF-8" }, "other");
      assert.equal(anew.code, 0, anew.err);
      const now = await readFolder(`${folder}/out`);
      assert.deepEqual(Object.keys(now).sort(), Object.keys(written).sort());
      const timeless = (files: Record<string, string>) =>
        Object.fromEntries(
          Object.entries(files).filter(([name]) => !/^(timings\.csv|report\..*|manifest\.json)$/.test(name)),
        );
      assert.deepEqual(timeless(now), timeless(written));

      for (const name of ["report.md", "report.html"]) await Deno.remove(`${folder}/out/${name}`);
      const again = await sweep({ LANG: "C" }, "store", "--language", "ja");
      assert.match(again.out, /^結果: /m);
      // The first store has the report that was made under LANG=C: with the same times it is the same as well.
      assert.deepEqual(await readFolder(`${folder}/out`), now);
    });
  });
}

Deno.test("a data file that is missing, or that holds one class alone, is told in the language of the config", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/one.csv`, "a,label\n1,x\n2,x\n3,x\n4,x\n5,x\n");
    for (const file of ["none.csv", "one.csv"]) {
      const config = { name: "x", dataset: { csv: { path: file } }, report: { language: "ja" } };
      await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(config));
      const flags = ["--out", `${folder}/out`, "--store", `${folder}/store`];
      const { code, err } = await deno(["task", "--quiet", "sweep", `${folder}/x.json`, ...flags], {
        env: { LC_ALL: "", LC_MESSAGES: "", LANG: "C" },
      });
      assert.equal(code, 2, err);
      assert.match(err, /^エラー: /m);
    }
  });
});
