import assert from "node:assert/strict";
import { renameInto, UnsyncedNames } from "../../../pipeline/store/durable_write.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

/** Names whose folders are brought to a disk that can be watched, and filled. */
function watchedNames() {
  const disk = { synced: [] as string[], full: false };
  const names = new UnsyncedNames((folder) => {
    if (disk.full) return Promise.reject(new Error("no space"));
    disk.synced.push(folder);
    return Promise.resolve();
  });
  return { disk, names };
}

Deno.test("a folder in which many files got names is brought to the disk once, and again only for a later name", async () => {
  const { disk, names } = watchedNames();
  for (let i = 0; i < 100; i++) names.add(i % 2 === 0 ? "a" : "b");
  await names.sync();
  assert.deepEqual(disk.synced, ["a", "b"]);
  await names.sync();
  assert.deepEqual(disk.synced, ["a", "b"]);
  names.add("b");
  await names.sync();
  assert.deepEqual(disk.synced, ["a", "b", "b"]);
});

Deno.test("a folder that cannot be brought to the disk is told of, and tried again", async () => {
  const { disk, names } = watchedNames();
  names.add("a");
  disk.full = true;
  await assert.rejects(names.sync(), /no space/);
  disk.full = false;
  await names.sync();
  assert.deepEqual(disk.synced, ["a"]);
});

Deno.test("who waits for names waits for those that are under way too", async () => {
  let finish = () => {};
  const names = new UnsyncedNames(() => new Promise((resolve) => finish = resolve));
  names.add("a");
  const first = names.sync();
  let settled = false;
  const second = names.sync().then(() => settled = true);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(settled, false);
  finish();
  await Promise.all([first, second]);
  assert.equal(settled, true);
});

Deno.test("who waits for names while others are being brought to the disk is told where those were not, and tries them again", async () => {
  const attempts: { resolve(): void; reject(error: Error): void }[] = [];
  const names = new UnsyncedNames(() => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    attempts.push({ resolve, reject });
    return promise;
  });
  const later = () => new Promise((resolve) => setTimeout(resolve, 5));
  names.add("a");
  const first = assert.rejects(names.sync(), /no space/);
  await later();
  let settled = false;
  const second = names.sync().then(() => settled = true);
  attempts[0].reject(new Error("no space"));
  await first;
  await later();
  assert.deepEqual([attempts.length, settled], [2, false]);
  attempts[1].resolve();
  await second;
});

Deno.test("a file gets its name in a folder that is made, and the names of all new folders wait for the disk too", () =>
  inTemporaryFolder(async (root) => {
    const { disk, names } = watchedNames();
    await Deno.writeTextFile(`${root}/file`, "abc");
    await renameInto(`${root}/file`, `${root}/x/y/z`, { root, names });
    assert.equal(await Deno.readTextFile(`${root}/x/y/z`), "abc");
    await names.sync();
    assert.deepEqual(disk.synced.sort(), [root, `${root}/x`, `${root}/x/y`]);
  }));

Deno.test("a folder that is gone has no names to wait for", () =>
  inTemporaryFolder(async (root) => {
    const names = new UnsyncedNames();
    names.add(`${root}/gone`);
    await names.sync();
  }));
