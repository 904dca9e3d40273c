import assert from "node:assert/strict";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { deno, ROOT } from "./command_line.ts";

const REFERENCE = "results/reference/quickstart";

const isThere = await Deno.stat(new URL(`${REFERENCE}/manifest.json`, ROOT)).then(() => true, () => false);

Deno.test({
  name: isThere
    ? `${REFERENCE} is what quickstart gives today: 3 of its runs computed again have the committed bytes, and leave nothing behind`
    : `${REFERENCE}: SKIPPED, that folder is not there`,
  ignore: !isThere,
  async fn() {
    await inTemporaryFolder(async (folder) => {
      const verify = ["task", "--quiet", "verify", REFERENCE, "--sample", "3", "--quiet"];
      const { code, out, err } = await deno(verify, { env: { TMPDIR: folder } });
      assert.equal(code, 0, out + err);
      assert.match(out, /: 3 of 16 runs computed again \(\d+-0, \d+-0, \d+-0\)\n/);
      assert.match(out, /^The same bytes: /m);
      assert.deepEqual(Array.from(Deno.readDirSync(folder)), []);
    });
  },
});

Deno.test({
  name: isThere
    ? `${REFERENCE} has every run of configs/quickstart.yaml as it is now`
    : `${REFERENCE} against configs/quickstart.yaml: SKIPPED, that folder is not there`,
  ignore: !isThere,
  async fn() {
    // Of the report's reasons, those about files that are not committed say nothing about the experiment.
    const { out } = await deno([
      ...["task", "--quiet", "status", "configs/quickstart.yaml", "--json"],
      ...["--out", REFERENCE, "--store", "results/reference/no-store"],
    ]);
    const { report } = JSON.parse(out);
    const changed = report.reasons.filter(({ kind }: { kind: string }) => kind === "parameter");
    assert.deepEqual(changed, []);
  },
});
