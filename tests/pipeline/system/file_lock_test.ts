import assert from "node:assert/strict";
import { FileLock } from "../../../pipeline/system/file_lock.ts";
import { LockHolder } from "./hold_lock.ts";
import { withLocksOfWindows } from "./locks_of_windows.ts";
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

Deno.test("nobody who waits a moment is refused for who has a lock for a moment", () =>
  inTemporaryFolder(async (folder) => {
    const path = `${folder}/lock`;
    const lock = await FileLock.take(path);
    assert.ok(lock);
    assert.equal(await FileLock.takePatiently(path), null);
    const waiting = FileLock.takePatiently(path);
    lock[Symbol.dispose]();
    using taken = await waiting;
    assert.ok(taken);
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

Deno.test("where nobody may read a locked file, a lock says what its holder wrote too", () =>
  withLocksOfWindows(() =>
    inTemporaryFolder(async (folder) => {
      const path = `${folder}/lock`;
      {
        using lock = await FileLock.take(path);
        assert.ok(lock);
        assert.equal(await lock.read(), "");
        await lock.write("a longer text");
        await lock.write("short");
        assert.equal(await FileLock.read(path), "short");
        assert.equal(await lock.read(), "short");
      }
      assert.equal(await FileLock.read(path), "short");
      {
        using lock = await FileLock.take(path);
        assert.equal(await lock?.read(), "short");
        lock?.remove();
      }
      assert.deepEqual(Array.from(Deno.readDirSync(folder)), []);
    })
  ));

Deno.test("a lock's file that cannot be removed says nothing any more", () =>
  inTemporaryFolder(async (folder) => {
    const { removeSync } = Deno;
    using lock = await FileLock.take(`${folder}/lock`);
    await lock?.write("1");
    Deno.removeSync = () => {
      throw new Deno.errors.PermissionDenied("Access is denied. (os error 5)");
    };
    try {
      if (Deno.build.os === "windows") lock?.remove();
      else assert.throws(() => lock?.remove());
    } finally {
      Object.assign(Deno, { removeSync });
    }
    assert.equal(await FileLock.read(`${folder}/lock`), "");
  }));
