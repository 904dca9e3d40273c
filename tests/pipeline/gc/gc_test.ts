import assert from "node:assert/strict";
import { gcCommand } from "../../../pipeline/commands/gc.ts";
import { collectGarbage } from "../../../pipeline/gc/gc.ts";
import { main } from "../main_in_process.ts";
import { Store } from "../../../pipeline/store/store.ts";
import { holdStore } from "../../../pipeline/store/hold_store.ts";
import { listArtifacts, listRecordFiles, listTemporaries } from "../../../pipeline/store/inventory.ts";
import { LockHolder } from "../system/hold_lock.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { performIn } from "../perform_in_process.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { readResults, tinyExperiment } from "../tiny_experiment.ts";

/** Collects the garbage of the store in the folder, and returns what was removed and kept, by kind. */
async function collect(folder: string, { dryRun = false, check = false, results = [] as string[] } = {}) {
  const warnings: string[] = [];
  const report = await collectGarbage({ store: `${folder}/store`, results, dryRun, check }, {
    signal: new AbortController().signal,
    onWarning: (message) => warnings.push(message),
  });
  const counts = (of: typeof report.removed) =>
    Object.fromEntries(of.map(({ kind, files }) => [kind, files]));
  const references = report.references.map(({ folder: path, unfinished }) =>
    `${path.replace(folder, "DIR")}${unfinished ? " unfinished" : ""}`
  );
  return { removed: counts(report.removed), kept: counts(report.kept), references, warnings };
}

/** Every file of the store. */
async function inventory(folder: string): Promise<string[]> {
  const store = await Store.open(`${folder}/store`);
  return [...listArtifacts(store), ...listRecordFiles(store), ...listTemporaries(store)].map(({ path }) =>
    path
  );
}

Deno.test("gc keeps all that results folders are made of, and removes what was another one's", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    const other = { ...config, model: { hidden: [4] }, train: { ...config.train, epochs: 3 } };
    assert.equal((await sweepIn(folder, { config, out: "a" })).code, 0);
    const before = await inventory(folder);
    assert.equal((await sweepIn(folder, { config: other, out: "b" })).code, 0);
    const both = await inventory(folder);
    const results = await readResults(`${folder}/a`);

    assert.deepEqual((await collect(folder)).removed, {});
    await Deno.remove(`${folder}/b`, { recursive: true });
    const planned = await collect(folder, { dryRun: true });
    assert.deepEqual(await inventory(folder), both);
    const done = await collect(folder);
    assert.deepEqual(done, planned);
    assert.deepEqual(done.references, ["DIR/a"]);
    assert.deepEqual([done.removed["train record"], done.removed["evaluate record"]], [2, 2]);
    assert.deepEqual(await inventory(folder), before);
    // Nothing has to be done again.
    const again = await sweepIn(folder, { config, out: "a" });
    assert.deepEqual([again.code, again.epochs], [0, 0]);
    assert.deepEqual(await readResults(`${folder}/a`), results);
  }));

Deno.test("gc refuses a folder of results that is not there, as of a slip of the pen, before it removes anything", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config, out: "a" })).code, 0);
    // Moved, so that only --results finds it.
    await Deno.mkdir(`${folder}/kept`);
    await Deno.rename(`${folder}/a`, `${folder}/kept/a`);
    const before = await inventory(folder);
    for (
      const [place, message] of [
        [
          "kpet",
          /Cannot collect garbage: .*kpet must be a folder, found none of that name\. Nothing was removed\.$/,
        ],
        ["data/train_images", /train_images must be a folder, found a file\. Nothing was removed\.$/],
      ] as const
    ) {
      await assert.rejects(collect(folder, { results: [`${folder}/kept`, `${folder}/${place}`] }), message);
      assert.deepEqual(await inventory(folder), before);
    }
    assert.deepEqual((await collect(folder, { results: [`${folder}/kept`] })).removed, {});
  }));

Deno.test("gc keeps an unfinished sweep's trainings, and the results folders below those that it is given", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    // Interrupted before it wrote any result: the second run was trained for one of two epochs.
    const half = { ...config, sweep: { parameters: { "train.learning_rate": [0.1] } } };
    await performIn(folder, { config: half, store: "store" });
    const started = {
      ...config,
      train: { ...config.train, epochs: 1 },
      sweep: { parameters: { "train.learning_rate": [0.2] } },
    };
    await performIn(folder, { config: started, store: "store" });
    const store = await Store.open(`${folder}/store`);
    const out = `${folder}/deep/further/down/results`;
    await Deno.mkdir(out, { recursive: true });
    await store.noteResults({ folder: out, config: "x.json", experiment: config });
    await Deno.writeTextFile(`${out}/.sweep.lock`, "1");
    const before = await inventory(folder);
    const { references, removed } = await collect(folder);
    assert.deepEqual([references, removed], [["DIR/deep/further/down/results unfinished"], {}]);
    assert.deepEqual(await inventory(folder), before);
    const again = await performIn(folder, { config, store: "store" });
    assert.equal(again.events.filter(({ type }) => type === "epoch").length, 1);

    // Without the note, its manifest tells of it.
    assert.equal((await sweepIn(folder, { config, out: "deep/further/down/results" })).code, 0);
    await store.forgetResults(out);
    // What the interruption had left is of no use any more.
    const left = { "evaluate record": 1, "train record": 1, "artifact": 3 };
    assert.deepEqual((await collect(folder, { results: [`${folder}/deep`] })).removed, left);
    const complete = await inventory(folder);
    assert.deepEqual((await collect(folder, { results: [`${folder}/deep`] })).removed, {});
    assert.deepEqual(await inventory(folder), complete);
    await collect(folder);
    assert.deepEqual(await inventory(folder), []);
  }));

Deno.test("gc keeps all rungs of halving", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const candidates = { parameters: { "train.learning_rate": [0.1, 0.2, 0.3, 0.4] } };
    const config = {
      ...tiny,
      train: { ...tiny.train, epochs: 4 },
      sweep: { method: "halving", factor: 2, candidates },
    };
    assert.equal((await sweepIn(folder, { config })).code, 0);
    await collect(folder);
    const again = await sweepIn(folder, { config });
    assert.deepEqual([again.code, again.epochs], [0, 0]);
  }));

Deno.test("gc keeps the rungs of halving that go beyond train.epochs", () =>
  inTemporaryFolder(async (folder) => {
    const tiny = await tinyExperiment(folder);
    const candidates = { parameters: { "train.learning_rate": [0.1, 0.2] } };
    const config = { ...tiny, sweep: { method: "halving", factor: 2, max_epochs: 4, candidates } };
    const first = await sweepIn(folder, { config });
    assert.deepEqual([first.code, first.epochs], [0, 2 * 2 + 2]);
    const before = await inventory(folder);
    assert.deepEqual((await collect(folder)).removed, {});
    assert.deepEqual(await inventory(folder), before);
  }));

Deno.test("gc waits for no sweep and disturbs none: it refuses while a store is used, and sweeps wait while it works", () =>
  inTemporaryFolder(async (folder) => {
    await Store.open(`${folder}/store`);
    const path = `${folder}/store/lock`;
    {
      await using _sweep = await LockHolder.start(path, { shared: true });
      await using _another = await LockHolder.start(path, { shared: true });
      await assert.rejects(collect(folder), {
        name: "UserError",
        message: `Cannot collect garbage in ${folder}/store: a sweep is using it; ` +
          "try again when it has ended. Nothing was removed.",
      });
      // Looking is always possible.
      assert.deepEqual((await collect(folder, { dryRun: true })).removed, {});
    }
    const store = await Store.open(`${folder}/store`);
    const controller = new AbortController();
    let waits = 0;
    {
      await using _gc = await LockHolder.start(path);
      const held = holdStore(store, { signal: controller.signal, onWait: () => waits++ });
      await new Promise((resolve) => setTimeout(resolve, 250));
      controller.abort(new Error("interrupted"));
      await assert.rejects(held, /abort/);
    }
    const { signal } = new AbortController();
    await using _held = await holdStore(store, { signal, onWait: () => waits++ });
    assert.equal(waits, 1);
  }));

Deno.test("gc removes what crashes left in tmp/, but no young partial download", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(`${folder}/store`);
    const [old, recent] = [25, 23].map((hours) => new Date(Date.now() - hours * 3_600_000));
    const [young, aged] = ["1".repeat(64), "0".repeat(64)];
    const parts = [young, aged].flatMap((sha256) => [`${sha256}.part`, `${sha256}.part.json`]);
    // What no store makes is somebody's, wherever it lies.
    const own = ["thesis.txt", "old.part"];
    for (const name of [...parts, ...own, crypto.randomUUID()]) {
      const path = await store.createTemporary(name);
      await Deno.writeTextFile(path, "x");
      if (name.startsWith(aged)) await Deno.utime(path, old, old);
      if (name.startsWith(young)) await Deno.utime(path, recent, recent);
    }
    const { removed, kept } = await collect(folder);
    assert.deepEqual([removed, kept], [{ "temporary file": 3 }, { "partial download": 2 }]);
    assert.deepEqual(
      Array.from(Deno.readDirSync(`${folder}/store/tmp`), ({ name }) => name).sort(),
      [`${young}.part`, `${young}.part.json`, ...own].sort(),
    );
  }));

Deno.test("gc --check finds damage that nobody has read yet, and the next sweep heals it", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const results = await readResults(`${folder}/results`);
    const store = await Store.open(`${folder}/store`);
    const artifacts = [...listArtifacts(store)];
    for (const { path } of artifacts) {
      const bytes = await Deno.readFile(path);
      bytes[bytes.length >> 1] ^= 4;
      await Deno.writeFile(path, bytes);
    }
    // The artifacts of a record are made again together, and without the damaged ones nothing refers to the others.
    assert.deepEqual((await collect(folder, { check: true })).removed, {
      "damaged artifact": artifacts.length,
    });
    await Deno.remove(`${folder}/results`, { recursive: true });
    assert.equal((await sweepIn(folder, { config })).code, 0);
    assert.deepEqual(await readResults(`${folder}/results`), results);
  }));

Deno.test("gc removes nothing where it cannot tell what is needed, and touches no folder that is no store", () =>
  inTemporaryFolder(async (folder) => {
    const config = await tinyExperiment(folder);
    assert.equal((await sweepIn(folder, { config })).code, 0);
    const before = await inventory(folder);
    const manifest = `${folder}/results/manifest.json`;
    await Deno.writeTextFile(manifest, '{"experiment": {}, "files": 3}');
    for (const damage of ['{"experiment": {}, "files": 3}', "{"]) {
      await Deno.writeTextFile(manifest, damage);
      await assert.rejects(collect(folder), {
        name: "UserError",
        message:
          `Cannot collect garbage: ${manifest} is damaged, and nobody can tell what its results are made of; ` +
          "sweep into that folder again or remove it. Nothing was removed.",
      });
    }
    // Another program's manifest.json says nothing about the store; the note still does.
    await Deno.writeTextFile(manifest, '{"name": "app"}');
    assert.deepEqual(
      Object.keys((await collect(folder)).removed).filter((kind) => !/artifact|report|inspect/.test(kind)),
      [],
    );
    assert.ok((await inventory(folder)).length > before.length / 2);

    const streams = new RecordedStreams({});
    const context = { signal: new AbortController().signal, streams };
    assert.equal(await main(["gc", "--store", `${folder}/nowhere`], context, [gcCommand]), 2);
    assert.equal(streams.err, `error: Cannot collect garbage in ${folder}/nowhere: there is no such store\n`);
    await Deno.mkdir(`${folder}/precious/artifacts`, { recursive: true });
    for (const name of ["thesis.txt", "artifacts/ab", "artifacts/README"]) {
      await Deno.writeTextFile(`${folder}/precious/${name}`, "mine");
    }
    assert.equal(await main(["gc", "--store", `${folder}/precious`], context, [gcCommand]), 0);
    assert.deepEqual(
      Array.from(Deno.readDirSync(`${folder}/precious/artifacts`), ({ name }) => name).sort(),
      ["README", "ab"],
    );
  }));
