import assert from "node:assert/strict";
import { FileLock } from "../../../pipeline/system/file_lock.ts";
import { LockHolder } from "./hold_lock.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

Deno.test("a lock is held by one or shared by many, and free again when it is released", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/lock`;
    {
      using lock = await FileLock.take(path);
      assert.ok(lock);
      assert.equal(await FileLock.take(path), null);
      assert.equal(await FileLock.take(path, { shared: true }), null);
    }
    {
      using first = await FileLock.take(path, { shared: true });
      using second = await FileLock.take(path, { shared: true });
      assert.ok(first && second);
      assert.equal(await FileLock.take(path), null);
    }
    using again = await FileLock.take(path);
    assert.ok(again);
  }));

Deno.test("a lock says what its holder wrote, and is free when the holder was killed", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/lock`;
    {
      await using holder = await LockHolder.start(path);
      assert.equal(await FileLock.take(path), null);
      assert.equal(await FileLock.read(path), String(holder.pid));
    }
    using lock = await FileLock.take(path);
    assert.ok(lock);
    await lock.write("x");
    await lock.write("");
    await lock.write("short");
    assert.equal(await FileLock.read(path), "short");
  }));

Deno.test("whoever removes a lock's file leaves no second lock behind", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/lock`;
    const first = await FileLock.take(path);
    first?.remove();
    first?.remove();
    assert.equal(await FileLock.read(path), "");
    using second = await FileLock.take(path);
    assert.ok(second);
    // The first one's file has no name any more: releasing it frees nothing of the second's.
    first?.[Symbol.dispose]();
    assert.equal(await FileLock.take(path), null);
  }));
