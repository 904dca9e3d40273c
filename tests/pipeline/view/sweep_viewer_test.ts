import assert from "node:assert/strict";
import { SweepViewer } from "../../../pipeline/view/sweep_viewer.ts";
import type { ExperimentNews } from "../../../src/view/experiment/experiment_data.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";

const ROOT = new URL("../../../", import.meta.url);
const REFERENCE = new URL("results/reference/course-3", ROOT).pathname;

Deno.test("a sweep's viewer shows its folder and those beside it, and no other, and tells pages that it ends with it", () =>
  inTemporaryFolder(async (folder) => {
    for (const name of ["results/mine", "results/other", "elsewhere/third"]) {
      await copyFolder(REFERENCE, `${folder}/${name}`);
    }
    await Deno.symlink(`${folder}/elsewhere`, `${folder}/results/link`);
    const served = Promise.withResolvers<string>();
    let told = "";
    let reading: Promise<void> | undefined;
    {
      await using _viewer = new SweepViewer({
        out: `${folder}/results/mine`,
        language: "en",
        onServed: served.resolve,
        onFailure: ({ en }) => served.reject(new Error(en)),
      });
      const address = await served.promise;
      const list = await (await fetch(address)).text();
      assert.deepEqual(
        [...list.matchAll(/"place":"([^"]*)"/g)].map(([, place]) => place.slice(folder.length)).sort(),
        [
          "/results/mine",
          "/results/other",
        ],
      );
      const [, id] = /"id":"([0-9a-f]{12})","place":"[^"]*mine"/.exec(list)!;
      const stream = await fetch(`${address}e/${id}/stream`);
      reading = (async () => {
        for await (const text of stream.body!.pipeThrough(new TextDecoderStream())) told += text;
      })();
      while (!told.includes("\n\nid: ")) await new Promise((wake) => setTimeout(wake, 20));
    }
    // What was sent is read after the server has gone.
    await reading;
    assert.match(told, /event: end\ndata: \n\n$/);
    const news: ExperimentNews = JSON.parse(/\ndata: (\{.*\})\n/.exec(told)![1]);
    assert.deepEqual([news.course?.state, news.course?.problem], ["finished", null]);
  }));

Deno.test("a sweep that is viewed gives the same bytes, and one whose viewer cannot start says so and goes on", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    await sweepIn(folder, { config, out: "alone", store: "one" });
    const viewed = await sweepIn(folder, { config, out: "viewed", store: "two", flags: ["--view"] });
    assert.equal(viewed.code, 0);
    assert.deepEqual(await readResults(`${folder}/viewed`), await readResults(`${folder}/alone`));
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-P=write", "pipeline/main.ts", "sweep", `${folder}/viewed.json`, "--view"].concat(
        ["--out", `${folder}/unseen`, "--store", `${folder}/two`],
      ),
      cwd: ROOT,
    }).output();
    const said = new TextDecoder().decode(stderr);
    assert.match(said, /warning: nobody can watch this sweep, which goes on: /);
    assert.equal(code, 0, said);
    assert.deepEqual(await readResults(`${folder}/unseen`), await readResults(`${folder}/alone`));
  }));

Deno.test("what nobody would see is not viewed: --view goes with neither --dry-run nor --quiet", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    for (const flag of ["--dry-run", "--quiet"]) {
      const { code, err } = await sweepIn(folder, { config, flags: ["--view", flag] });
      assert.equal(code, 2, flag);
      assert.match(err, /--view/);
    }
  }));
