import assert from "node:assert/strict";
import { JOURNAL_FILE } from "../../../pipeline/results/journal.ts";
import { WatchedFolder } from "../../../pipeline/view/watched_folder.ts";
import { copyFolder } from "../copy_folder.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { AskedView } from "./view_fixture.ts";

const REFERENCE = new URL("../../../results/reference/course-3", import.meta.url).pathname;

/** What a sweep that was killed before its first run leaves: the experiment of a manifest, and no run of it. */
async function leaveJournal(folder: string, changes: object = {}): Promise<void> {
  const { experiment } = JSON.parse(await Deno.readTextFile(`${folder}/manifest.json`));
  const begin = { at: 1, type: "begin", format: 1, config: "x", experiment: { ...experiment, ...changes } };
  await Deno.writeTextFile(`${folder}/${JOURNAL_FILE}`, JSON.stringify(begin) + "\n");
  await Deno.utime(`${folder}/${JOURNAL_FILE}`, 1, 1);
}

Deno.test("results behind a sweep that was killed before its first run are shown, as interrupted before it", () =>
  inTemporaryFolder(async (folder) => {
    const results = `${folder}/results/kept`;
    await copyFolder(REFERENCE, results);
    await leaveJournal(results);
    using view = await AskedView.open(`${folder}/results`);
    const [{ id, state, done, best }] = view.experiments.since(null).changed;
    assert.deepEqual({ state, done }, { state: "interrupted", done: 1 });
    assert.ok(best !== null);
    const page = await (await view.ask(`/e/${id}/`)).text();
    assert.match(page, /interrupted here before its first run/);
    assert.match(page, /<section id="curves"/);
    await Deno.remove(`${results}/${JOURNAL_FILE}`);
    await view.look();
    assert.equal(view.experiments.since(null).changed[0].state, "finished");
  }));

Deno.test("a folder that may no longer be read is said to be, and is shown again when it may", () =>
  inTemporaryFolder(async (folder) => {
    await copyFolder(REFERENCE, `${folder}/kept`);
    const watched = new WatchedFolder(`${folder}/kept`, "kept");
    await watched.look();
    assert.equal(watched.summary().state, "finished");
    const { version } = watched;
    // Who is root may read everything: the system's answer to others is put in its place.
    const { lstatSync } = Deno;
    Deno.lstatSync = (path) => {
      throw Object.assign(new Deno.errors.PermissionDenied(`Permission denied: ${path}`), { code: "EACCES" });
    };
    try {
      for (let looks = 0; looks < 2; looks++) {
        assert.equal(await watched.look(), false);
        const { state, problem } = watched.summary();
        assert.equal(state, "damaged");
        assert.match(problem?.en ?? "", /Permission denied/);
        assert.equal(watched.version, version);
      }
    } finally {
      Deno.lstatSync = lstatSync;
    }
    await watched.look();
    assert.equal(watched.summary().state, "finished");
  }));

Deno.test("results that cannot be read are said to be at every look, until they change", () =>
  inTemporaryFolder(async (folder) => {
    await copyFolder(REFERENCE, `${folder}/kept`);
    const text = await Deno.readTextFile(`${folder}/kept/results.csv`);
    await Deno.writeTextFile(`${folder}/kept/results.csv`, "");
    const watched = new WatchedFolder(`${folder}/kept`, "kept");
    for (let looks = 0; looks < 3; looks++) {
      await watched.look();
      assert.equal(watched.summary().state, "damaged");
    }
    await Deno.writeTextFile(`${folder}/kept/results.csv`, text);
    await watched.look();
    assert.equal(watched.summary().state, "finished");
  }));

Deno.test("data sets are called what they are: by their names, drawn points, own files, or nothing that anybody knows", () =>
  inTemporaryFolder(async (folder) => {
    await copyFolder(REFERENCE, `${folder}/kept`);
    const path = `${folder}/kept/manifest.json`;
    const manifest = JSON.parse(await Deno.readTextFile(path));
    const datasets = ["mnist", { points: { draw: "moons" } }, { idx: {} }, { csv: {} }, 3, undefined];
    const found = [];
    for (const dataset of datasets) {
      await Deno.writeTextFile(
        path,
        JSON.stringify({ ...manifest, experiment: { ...manifest.experiment, dataset } }),
      );
      const watched = new WatchedFolder(`${folder}/kept`, "kept");
      await watched.look();
      found.push(watched.summary().dataset);
    }
    assert.deepEqual(found, ["mnist", "points", "idx", "csv", null, null]);
  }));
