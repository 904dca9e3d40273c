import assert from "node:assert/strict";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { tinyExperiment } from "../pipeline/tiny_experiment.ts";
import { ROOT } from "./command_line.ts";

Deno.test("Ctrl-C ends a sweep with what is kept and the command that goes on, as it was typed", () =>
  inTemporaryFolder(async (folder) => {
    const sweep = { parameters: { "train.epochs": [1, 10_000] } };
    const experiment = await tinyExperiment(folder);
    const config = `${folder}/x y.json`;
    await Deno.writeTextFile(
      config,
      JSON.stringify({ ...experiment, model: { hidden: [1000, 1000] }, sweep }),
    );
    const flags = ["--store", `${folder}/store`, "--out", `${folder}/out`, "--workers", "2"];
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-P=sweep", "pipeline/main.ts", "sweep", config, ...flags],
      cwd: ROOT,
      env: { NO_COLOR: "1", LC_ALL: "C.UTF-8" },
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let said = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      const before = said;
      said += text;
      if (!before.includes("run 0-0 ok") && said.includes("run 0-0 ok")) child.kill("SIGINT");
    }
    assert.equal((await child.status).code, 130, said);
    const end =
      "Stopped: 1 of 2 runs kept, and of the 1 under way all but the last seconds or epoch. To go on:\n" +
      `  deno task sweep '${config}' ${flags.join(" ")}\n`;
    assert.equal(said.slice(said.indexOf("Stopped:")), end);
  }));
