import assert from "node:assert/strict";
import {
  isLink,
  isTemporary,
  readIfPresent,
  readTextIfPresent,
  removeIfPresent,
  replaceFile,
} from "../../../pipeline/system/files.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { inOneDrive } from "./onedrive.ts";
import { unless, WINDOWS } from "../../skipped.ts";

const bytes = new TextEncoder().encode("new");

Deno.test("a file that is not there reads as null, one that cannot be read throws", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "text");
    assert.equal(await readTextIfPresent(`${folder}/file`), "text");
    assert.deepEqual(await readIfPresent(`${folder}/file`), new TextEncoder().encode("text"));
    for (const name of ["none", "no/folder", "file/below"]) {
      assert.equal(await readTextIfPresent(`${folder}/${name}`), null);
      assert.equal(await readIfPresent(`${folder}/${name}`), null);
      await removeIfPresent(`${folder}/${name}`);
    }
    await assert.rejects(readIfPresent(folder));
    await removeIfPresent(`${folder}/file`);
    assert.equal(await readIfPresent(`${folder}/file`), null);
  }));

Deno.test("replaceFile() replaces a file and leaves nothing else, nor where it fails", () =>
  inTemporaryFolder(async (folder) => {
    const names = () => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    await Deno.writeTextFile(`${folder}/file`, "old");
    replaceFile(`${folder}/file`, bytes);
    assert.equal(await Deno.readTextFile(`${folder}/file`), "new");
    await Deno.mkdir(`${folder}/folder/full`, { recursive: true });
    assert.throws(() => replaceFile(`${folder}/folder`, bytes));
    assert.throws(() => replaceFile(`${folder}/none/file`, bytes), Deno.errors.NotFound);
    assert.deepEqual(names(), ["file", "folder"]);
  }));

Deno.test({
  ...unless(
    WINDOWS,
    "replaceFile() follows no link, neither at the path nor under a name that could be guessed",
  ),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/precious`, "precious");
      for (const name of ["file", "file.tmp"]) await Deno.symlink(`${folder}/precious`, `${folder}/${name}`);
      replaceFile(`${folder}/file`, bytes);
      assert.equal(await Deno.readTextFile(`${folder}/file`), "new");
      assert.equal((await Deno.lstat(`${folder}/file`)).isSymlink, false);
      assert.equal(await Deno.readTextFile(`${folder}/precious`), "precious");
    }),
});

Deno.test("a link is what leads elsewhere, and nothing that only looks like one", () =>
  inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    if (WINDOWS === null) await Deno.symlink("nowhere", `${folder}/link`);
    await inOneDrive(() => {
      assert.equal(isLink(`${folder}/file`), false);
      assert.equal(isLink(folder), false);
      assert.equal(isLink(`${folder}/none`), false);
      if (WINDOWS === null) assert.equal(isLink(`${folder}/link`), true);
    });
  }));

Deno.test("a temporary file is known by its name", () => {
  assert.ok(isTemporary(`results.csv.${crypto.randomUUID()}.tmp`));
  for (const name of ["results.csv", "notes.tmp", `${crypto.randomUUID()}.tmp.csv`]) {
    assert.ok(!isTemporary(name));
  }
});
