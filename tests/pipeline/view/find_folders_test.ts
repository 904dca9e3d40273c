import assert from "node:assert/strict";
import { FolderFinder } from "../../../pipeline/view/find_folders.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

async function put(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, "{}");
  }
}

Deno.test("results folders are found as they come and go, links not followed, runs and figures not entered", () =>
  inTemporaryFolder(async (folder) => {
    const root = `${folder}/results`;
    await put(
      `${root}/b/manifest.json`,
      `${root}/a/deep/er/still/manifest.json`,
      `${root}/a/deep/er/still/too/manifest.json`,
      `${root}/b/runs/0-0/manifest.json`,
      `${root}/c/.sweep.journal`,
      `${root}/none/report.html`,
      `${folder}/outside/manifest.json`,
    );
    await Deno.symlink(`${folder}/outside`, `${root}/link`);
    await Deno.mkdir(`${root}/d`);
    await Deno.symlink(`${folder}/outside/manifest.json`, `${root}/d/manifest.json`);
    const finder = new FolderFinder([root]);
    const found = () => finder.find().map((path) => path.slice(root.length + 1));
    assert.deepEqual(found(), ["a/deep/er/still", "b", "c"]);
    await put(`${root}/none/manifest.json`, `${root}/new/manifest.json`);
    await Deno.remove(`${root}/b`, { recursive: true });
    assert.deepEqual(found(), ["a/deep/er/still", "c", "new", "none"]);
    await Deno.remove(root, { recursive: true });
    assert.deepEqual(found(), []);
    await put(`${root}/back/manifest.json`);
    assert.deepEqual(found(), ["back"]);
  }));

Deno.test("a folder that was named may itself be one, or lie in another that was named, and is found once", () =>
  inTemporaryFolder(async (folder) => {
    await put(`${folder}/a/manifest.json`, `${folder}/a/b/manifest.json`);
    assert.deepEqual(new FolderFinder([`${folder}/a`, `${folder}/a/b`, `${folder}/nowhere`]).find(), [
      `${folder}/a`,
      `${folder}/a/b`,
    ]);
  }));
