import assert from "node:assert/strict";
import { SeenFiles } from "../../../pipeline/results/seen_files.ts";
import { hashBytes } from "../../../pipeline/store/hash.ts";
import { Store } from "../../../pipeline/store/store.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const entry = (text: string) => ({ sha256: hashBytes(text), bytes: text.length });

Deno.test("a file is hashed once, and again when it looks otherwise", () =>
  inTemporaryFolder(async (folder) => {
    const store = await Store.open(`${folder}/store`);
    const path = `${folder}/runs`;
    await Deno.mkdir(path);
    const past = Date.now() / 1000 - 10.5;
    const write = async (text: string) => {
      await Deno.writeTextFile(`${path}/a`, text);
      await Deno.utime(`${path}/a`, past, past);
    };
    await write("right");
    const seen = SeenFiles.read(store, path);
    assert.equal(await seen.isAsListed("a", entry("right")), true);
    assert.equal(await seen.isAsListed("a", entry("wrong")), false);
    assert.equal(await seen.isAsListed("a", entry("longer")), false);
    assert.equal(await seen.isAsListed("none", entry("right")), false);
    await seen.save(["a"]);
    assert.equal(store.readSeen(path), "{}", "a change in this second would not show");
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const again = SeenFiles.read(store, path);
    await again.isAsListed("a", entry("right"));
    await again.save(["a"]);

    // What is kept is believed as long as the file looks the same: here it is a lie.
    const text = store.readSeen(path) ?? "";
    await store.writeSeen(path, text.replace(hashBytes("right"), hashBytes("wrong")));
    assert.equal(await SeenFiles.read(store, path).isAsListed("a", entry("wrong")), true);
    // A file of the same size and time in its place is another.
    await Deno.rename(`${path}/a`, `${path}/b`);
    await write("other");
    assert.equal(await SeenFiles.read(store, path).isAsListed("a", entry("wrong")), false);
    assert.equal(await SeenFiles.read(store, path).isAsListed("a", entry("other")), true);
    // Nothing is known of another folder.
    assert.equal(await SeenFiles.read(store, `${folder}/copy`).isAsListed("a", entry("wrong")), false);
    for (const damaged of ["{", "null", "[]", '{"a": 3}', '{"a": ["x", null]}']) {
      await store.writeSeen(path, damaged);
      assert.equal(await SeenFiles.read(store, path).isAsListed("a", entry("other")), true);
    }
    await store.forgetResults(path);
    assert.equal(store.readSeen(path), null);
  }));

Deno.test("nothing is kept in a store that cannot be written to", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a`, "a");
    await Deno.utime(`${folder}/a`, 1, 1);
    const closed = await Store.open(`${folder}/file`, { create: false });
    await Deno.writeTextFile(`${folder}/file`, "");
    await assert.rejects(closed.writeSeen(folder, "{}"), { name: "UserError" });
    const none = SeenFiles.none(folder);
    none.noteWritten("a", hashBytes("a"));
    await none.save(["a"]);
  }));
