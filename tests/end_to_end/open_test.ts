import assert from "node:assert/strict";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { tinyExperiment } from "../pipeline/tiny_experiment.ts";
import { deno } from "./command_line.ts";
import { unless } from "../skipped.ts";

async function sweepOpening(folder: string, permissions: string, path = "") {
  await Deno.writeTextFile(`${folder}/x.json`, JSON.stringify(await tinyExperiment(folder)));
  const flags = ["--quiet", "--store", `${folder}/store`, "--out", `${folder}/out`, "--open"];
  const PATH = `${path}:${Deno.env.get("PATH")}`;
  const args = ["run", "--quiet", permissions, "pipeline/main.ts", "sweep", `${folder}/x.json`, ...flags];
  return await deno(args, { env: { PATH } });
}

Deno.test({
  ...unless(
    Deno.build.os === "linux" ? null : "only Linux opens files with xdg-open",
    "--open gives the report to the system's program for such files, once it may",
  ),
  fn: () =>
    inTemporaryFolder(async (folder) => {
      const log = `${folder}/log`;
      await Deno.mkdir(`${folder}/bin`);
      await Deno.writeTextFile(`${folder}/bin/xdg-open`, `#!/bin/sh\necho "$@" >> '${log}'\n`, {
        mode: 0o755,
      });
      const { code, err } = await sweepOpening(folder, "--allow-all", `${folder}/bin`);
      assert.deepEqual([code, err], [0, ""]);
      assert.equal(await Deno.readTextFile(log), `${folder}/out/report.html\n`);
    }),
});

Deno.test("--open where nobody can be asked says which file to open, and the sweep has ended well", () =>
  inTemporaryFolder(async (folder) => {
    const { code, out, err } = await sweepOpening(folder, "-P=sweep");
    assert.deepEqual([code, err], [
      0,
      `note: the browser was not started; open ${folder}/out/report.html in it\n`,
    ]);
    assert.ok(out.endsWith(`\nReport: ${folder}/out/report.html\n`), out);
  }));
