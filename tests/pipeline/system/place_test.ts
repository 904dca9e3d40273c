import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { unless, WINDOWS } from "../../skipped.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";

const ROOT = Deno.realPathSync(fileURLToPath(new URL("../../../", import.meta.url)));
const PROBE = fileURLToPath(new URL("./spelled_folder_probe.ts", import.meta.url));

Deno.test({
  ...unless(
    WINDOWS,
    "where the system keeps a folder as somebody spelled it, as Windows does, paths are meant from there and recorded from the root",
  ),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const drive = `${folder}/drive`;
      await Deno.symlink(ROOT, drive);
      const { code, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "--no-check", "-P=test", PROBE, drive],
        cwd: ROOT,
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
    }),
});
