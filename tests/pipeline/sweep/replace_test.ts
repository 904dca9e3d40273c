import assert from "node:assert/strict";
import { main } from "../main_in_process.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { WINDOWS } from "../../skipped.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

Deno.test("another config of the same name replaces no results, unless it is told to or would give the same", () =>
  inTemporaryFolder(async (folder) => {
    const name = `test-${crypto.randomUUID()}`;
    const out = `results/${name}`;
    const config = { ...await tinyExperiment(folder), name };
    const write = (file: string, epochs: number) =>
      Deno.writeTextFile(
        `${folder}/${file}`,
        JSON.stringify({ ...config, train: { ...config.train, epochs } }),
      );
    const sweep = async (file: string, ...flags: string[]) => {
      const streams = new RecordedStreams();
      const args = ["sweep", `${folder}/${file}`, "--store", `${folder}/store`, "--quiet", ...flags];
      const code = await main(args, { signal: new AbortController().signal, streams });
      return [code, streams.err];
    };
    try {
      await write("a.json", 1);
      assert.deepEqual(await sweep("a.json"), [0, ""]);
      // The same file in a later form, and its results under another name.
      await write("a.json", 2);
      assert.deepEqual(await sweep("a.json", "--set", "train.batch_size=5"), [0, ""]);
      assert.deepEqual(await sweep("a.json"), [0, ""]);
      await write("moved.json", 2);
      assert.deepEqual(await sweep("moved.json"), [0, ""]);

      // The same file by another way.
      if (WINDOWS === null) {
        await Deno.symlink(folder, `${folder}/way`);
        await write("moved.json", 4);
        assert.deepEqual(await sweep("way/moved.json"), [0, ""]);
        await write("moved.json", 2);
        assert.deepEqual(await sweep("moved.json"), [0, ""]);
      }

      await write("b.json", 3);
      const before = await Deno.readTextFile(`${out}/manifest.json`);
      assert.deepEqual(await sweep("b.json"), [
        2,
        `error: Cannot write results to ${out}: its results must be of ${folder}/b.json, found those of ${folder}/moved.json; ` +
        "pass another folder with --out DIR, give the config another name, or replace them with --replace\n",
      ]);
      assert.equal(await Deno.readTextFile(`${out}/manifest.json`), before);
      assert.deepEqual(await sweep("b.json", "--out", `${folder}/out`), [0, ""]);
      assert.deepEqual(await sweep("b.json", "--out", out), [0, ""]);
      assert.deepEqual(await sweep("a.json", "--replace"), [0, ""]);
    } finally {
      await Deno.remove(out, { recursive: true });
    }
  }));
