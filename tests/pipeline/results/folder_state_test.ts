import assert from "node:assert/strict";
import { folderState, Pulse } from "../../../pipeline/results/folder_state.ts";
import { Journal, JOURNAL_FILE } from "../../../pipeline/results/journal.ts";
import { ResultsLock } from "../../../pipeline/results/lock.ts";
import { FileLock } from "../../../pipeline/system/file_lock.ts";
import { parseExperiment } from "../../../src/config/parse.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { LockHolder } from "../system/hold_lock.ts";

const begin = {
  config: "x.yaml",
  experiment: parseExperiment("name: x\ndataset: strokes\n", { file: "x.yaml" }),
};

Deno.test("a folder is running while its journal is touched or its lock is held, then interrupted or finished", () =>
  inTemporaryFolder(async (folder) => {
    const old = new Date(Date.now() - 60_000);
    const journal = `${folder}/${JOURNAL_FILE}`;
    assert.equal(await folderState(folder), null);
    const sweep = Journal.open(folder, begin, { onFailure: assert.ifError });
    sweep.handle({ type: "run_start", worker: 0, trial: 0, seed: 0, label: "", epochs: 1, images: 1 });
    sweep[Symbol.dispose]();
    assert.equal(await folderState(folder), "running");
    await Deno.utime(journal, old, old);
    assert.equal(await folderState(folder), "interrupted");
    {
      await using _sweep = await LockHolder.start(`${folder}/.sweep.lock`);
      assert.equal(await folderState(folder), "running");
    }
    assert.equal(await folderState(folder), "interrupted");
    await Deno.writeTextFile(`${folder}/manifest.json`, "{}");
    assert.equal(await folderState(folder), "interrupted", "results of before are there too");
    await Deno.remove(journal);
    assert.equal(await folderState(folder), "finished");
    await Deno.remove(`${folder}/manifest.json`);
    await Deno.symlink("/etc/passwd", `${folder}/manifest.json`);
    assert.equal(await folderState(folder), null, "a link is no manifest");
  }));

Deno.test("a journal of a machine whose clock is wrong beats as long as it changes", () => {
  const pulse = new Pulse();
  assert.equal(pulse.isBeating(5_000, 100_000), false, "95 seconds ago, as far as anybody can tell");
  assert.equal(pulse.isBeating(6_000, 101_000), true);
  assert.equal(pulse.isBeating(6_000, 103_900), true);
  assert.equal(pulse.isBeating(6_000, 104_100), false);
});

Deno.test("whoever looks at a lock for a moment makes no sweep fail", () =>
  inTemporaryFolder(async (folder) => {
    const looking = await Deno.open(`${folder}/.sweep.lock`, { create: true, read: true, write: true });
    assert.equal(await looking.tryLock(false), true);
    setTimeout(() => looking.close(), 25);
    using _lock = await ResultsLock.take(folder);
    assert.equal(await FileLock.isHeld(`${folder}/.sweep.lock`), true);
  }));
