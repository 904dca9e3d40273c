import assert from "node:assert/strict";
import { hashBytes } from "../../../pipeline/store/hash.ts";
import { KnownRecords } from "../../../pipeline/store/known_records.ts";
import { Store } from "../../../pipeline/store/store.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const RESULTS = "/results/a";

function record(seed: number, facts: unknown) {
  return { step: "train", version: 1, parameters: { seed }, inputs: {}, outputs: {}, facts };
}

/** Of all folders of the store, so that what is kept of them is believed. */
async function letTimePass(store: Store): Promise<void> {
  for (const { name } of Deno.readDirSync(`${store.folder}/steps/train`)) {
    await Deno.utime(`${store.folder}/steps/train/${name}`, 1000, 1000);
  }
  // No program can set ctime back.
  await new Promise((resolve) => setTimeout(resolve, 2100));
}

Deno.test("a record is read once, and again when its folder looks otherwise", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(folder);
    store.recallRecords(RESULTS);
    const key = await store.putRecord(record(1, "right"));
    await store.keepRecords(RESULTS);
    const place = `${folder}/steps/train/${key.slice(0, 2)}`;
    const kept = `${folder}/seen/${hashBytes(RESULTS)}.records`;
    assert.match(await Deno.readTextFile(kept), /^\w{64}\[\]\n$/, "a change in this second would not show");
    await letTimePass(store);
    await store.keepRecords(RESULTS);

    const open = async () => {
      const again = await Store.open(folder);
      again.recallRecords(RESULTS);
      return again;
    };
    assert.deepEqual((await open()).readRecord("train", key), record(1, "right"));
    // What is kept is believed as long as the folder looks the same: here it is a lie.
    const body = (await Deno.readTextFile(kept)).slice(64).replace("right", "wrong");
    const write = (hash: string) => Deno.writeTextFile(kept, hash + body);
    await write(hashBytes(`records 1\n${body}`));
    assert.equal((await open()).readRecord("train", key)?.facts, "wrong");
    assert.equal((await Store.open(folder)).readRecord("train", key)?.facts, "right", "nobody recalled");
    await write(hashBytes(`records 0\n${body}`));
    assert.equal((await open()).readRecord("train", key)?.facts, "right", "another form");
    await write(hashBytes(`records 1\n${body}`));
    // What comes into the folder changes how it looks.
    await Deno.writeTextFile(`${place}/other`, "");
    assert.equal((await open()).readRecord("train", key)?.facts, "right");
    for (const text of ["", "[", "x".repeat(64), hashBytes("records 1\n") + "[]"]) {
      await Deno.writeTextFile(kept, text);
      assert.equal((await open()).readRecord("train", key)?.facts, "right");
    }
    await store.forgetResults(RESULTS);
    await assert.rejects(Deno.stat(kept), { name: "NotFound" });
  }));

Deno.test("what was known is kept with what is new, and what has gone is not", () =>
  inTemporaryFolder(async (folder) => {
    const first = await Store.open(folder);
    first.recallRecords(RESULTS);
    const keys: string[] = [];
    for (let seed = 0; seed < 40; seed++) keys.push(await first.putRecord(record(seed, { seed })));
    await letTimePass(first);
    await first.keepRecords(RESULTS);
    await first.removeRecord("train", keys[0]);
    const added = await first.putRecord(record(40, { seed: 40 }));
    await letTimePass(first);
    const second = await Store.open(folder);
    second.recallRecords(RESULTS);
    const facts = (store: Store) => [...keys, added].map((key) => store.readRecord("train", key)?.facts);
    const expected = [undefined, ...Array.from({ length: 40 }, (_, i) => ({ seed: i + 1 }))];
    assert.deepEqual(facts(second), expected);
    await second.keepRecords(RESULTS);
    // Files that nobody reads: only what is kept can say it.
    for (const [i, key] of [...keys, added].entries()) {
      if (i === 0) continue;
      await Deno.writeTextFile(`${folder}/steps/train/${key.slice(0, 2)}/${key.slice(2)}.json`, "damaged");
    }
    const third = await Store.open(folder);
    third.recallRecords(RESULTS);
    assert.deepEqual(facts(third), expected);
  }));

Deno.test("a record that is put or removed is no longer what was known of it", () =>
  inTemporaryFolder(async (folder) => {
    const first = await Store.open(folder);
    first.recallRecords(RESULTS);
    const [changed, gone, checkpoint] = [record(1, "before"), record(2, "gone"), record(3, "on the way")];
    const keys = [await first.putRecord(changed), await first.putRecord(gone)];
    const going = await first.putRecord({ ...checkpoint, stage: 1, checkpoint: true });
    await letTimePass(first);
    await first.keepRecords(RESULTS);
    const store = await Store.open(folder);
    store.recallRecords(RESULTS);
    const facts = () => keys.map((key) => store.readRecord("train", key)?.facts);
    assert.deepEqual(facts(), ["before", "gone"]);
    await store.putRecord(record(1, "after"));
    await store.removeRecord("train", keys[1]);
    assert.deepEqual(facts(), ["after", undefined]);
    // Nobody asked for a checkpoint, and it goes when there is more.
    const path = `${folder}/steps/train/${going.slice(0, 2)}/${going.slice(2)}.1.json`;
    await Deno.writeTextFile(path, "damaged");
    assert.equal(store.readRecord("train", going, 1), null);
  }));

Deno.test("of very many records nothing is kept, and nothing in a store that cannot be written to", () =>
  inTemporaryFolder(async (folder) => {
    const known = new KnownRecords(null);
    for (let i = 0; i < 20_000; i++) known.note(`${folder}/a/${i}`, "{}");
    assert.notEqual(known.keep(), null);
    known.note(`${folder}/a/b`, "{}");
    assert.equal(known.keep(), null);
    const store = await Store.open(`${folder}/store`);
    store.recallRecords(RESULTS);
    await store.putRecord(record(1, null));
    await Deno.writeTextFile(`${folder}/store/seen`, "");
    await store.keepRecords(RESULTS);
  }));
