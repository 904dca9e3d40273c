import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { enterCallersFolder, projectPath, recordedPath } from "../../../pipeline/system/place.ts";
import { unless, WINDOWS } from "../../skipped.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const ROOT = Deno.realPathSync(fileURLToPath(new URL("../../../", import.meta.url)));

Deno.test({
  ...unless(
    WINDOWS,
    "where the system keeps a folder as somebody spelled it, as Windows does, paths are meant from there and recorded from the root",
  ),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const drive = `${folder}/drive`;
      await Deno.symlink(ROOT, drive);
      const { cwd, chdir } = Deno;
      const called = Deno.env.get("INIT_CWD");
      const before = Deno.cwd();
      let here = drive;
      Deno.cwd = () => here;
      Deno.chdir = (path) => {
        chdir(path);
        here = String(path);
      };
      try {
        for (
          const [at, inside, typed] of [[drive, "configs", "x.yaml"], [ROOT, "configs", "x.yaml"], [
            drive,
            ".",
            "configs/x.yaml",
          ]]
        ) {
          Deno.chdir(at);
          Deno.env.set("INIT_CWD", `${drive}/${inside}`);
          enterCallersFolder();
          assert.equal(recordedPath(typed), "configs/x.yaml");
          assert.equal(projectPath("configs/x.yaml"), typed);
        }
        // A program that is started within the project by another way.
        Deno.chdir(`${drive}/docs`);
        enterCallersFolder();
        assert.equal(projectPath("results/a/"), "../results/a/");
      } finally {
        Object.assign(Deno, { cwd, chdir });
        chdir(before);
        if (called === undefined) Deno.env.delete("INIT_CWD");
        else Deno.env.set("INIT_CWD", called);
      }
    }),
});
