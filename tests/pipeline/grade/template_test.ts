import assert from "node:assert/strict";
import { join } from "node:path";
import { main } from "../../../pipeline/main.ts";
import { templateCommand } from "../../../pipeline/commands/template.ts";
import { openSubmission } from "../../../pipeline/grade/submission/open_submission.ts";
import { startProgram } from "../../../pipeline/grade/sandbox/start_program.ts";
import { probeBatchArrays } from "../../../src/grade/batch.ts";
import { readNpz } from "../../../src/numpy/npz.ts";
import { outcomeOf } from "./sandbox/attack.ts";
import { findNumpy } from "./find_numpy.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { unlessPython } from "../../skipped.ts";

const PERFECT = new URL("../../grade/submissions/perfect-artifact/", import.meta.url);
const python = await findNumpy();

async function template(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const streams = new RecordedStreams();
  const context = { signal: new AbortController().signal, streams };
  const code = await main(["template", ...args], context, [templateCommand]);
  return { code, out: streams.out, err: streams.err };
}

Deno.test("the artifact starter holds the published batch, and can be read as a submission", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "new", "mine");
    assert.deepEqual(await template(path), {
      code: 0,
      out:
        `${path}: manifest.yaml, network.py, write_files.py, check.py, submit.py, probe_batch.npz written\n`,
      err: "",
    });
    const batch = readNpz(await Deno.readFile(join(path, "probe_batch.npz")));
    const expected = Object.entries(probeBatchArrays()).map((
      [name, { shape, data }],
    ) => [name, { shape, data }]);
    assert.deepEqual(Object.entries(batch), expected);
    const { problems, manifest } = await openSubmission(path);
    assert.deepEqual(problems, []);
    assert.equal(manifest?.track, "artifact");
  });
});

Deno.test("the starter of track ts has every function, none of them written", async () => {
  await inTemporaryFolder(async (folder) => {
    const { code, out } = await template(folder, "--track", "ts");
    assert.equal(code, 0);
    assert.equal(out, `${folder}: manifest.yaml, src/mod.ts written\n`);
    const { problems, manifest, source } = await openSubmission(folder);
    assert.deepEqual(problems, []);
    assert.equal(manifest?.track, "ts");
    await using program = startProgram(source ?? "");
    for (const name of ["initialize", "forward", "loss", "gradients", "step", "misclassified"]) {
      const result = await program.call(name, {});
      assert.ok(
        outcomeOf(result).endsWith(`: Error: ${name} is not written yet`),
        name,
      );
    }
    const fitted = await program.call("fit_predict", { options: { hidden: null }, XVal: null, yVal: null });
    assert.ok(outcomeOf(fitted).endsWith(": Error: fit is not written yet"));
  });
});

Deno.test("a starter overwrites nothing", async () => {
  await inTemporaryFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "network.py"), "my work");
    const { code, err } = await template(folder);
    assert.equal(code, 2);
    assert.equal(
      err,
      `error: Cannot make a starter in ${folder}: network.py is there already; pass another folder\n`,
    );
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["network.py"]);

    const file = join(folder, "network.py");
    const below = await template(join(file, "x"));
    assert.equal(below.code, 2);
    assert.match(below.err, /^error: Cannot make a starter in .*network\.py\/x: Not a directory/);
  });
});

Deno.test("a wrong track or no folder is told", async () => {
  const wrong = await template("x", "--track", "js");
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /argument 'js' is invalid. Allowed choices are ts, artifact/);
  assert.equal((await template()).code, 2);
});

Deno.test({
  ...unlessPython(python, "write_files.py writes what the perfect artifact submission holds"),
  fn: async () => {
    await inTemporaryFolder(async (folder) => {
      await template(folder);
      const unwritten = await run(folder);
      assert.match(unwritten.stderr, /NotImplementedError: forward\s*$/);
      await Deno.copyFile(new URL("solved_network.py", import.meta.url), join(folder, "network.py"));
      assert.equal((await run(folder)).stderr, "");
      const submission = await openSubmission(folder);
      assert.deepEqual(submission.problems, []);
      const perfect = readNpz(await Deno.readFile(new URL("probe.npz", PERFECT)));
      const { probe, weights, history, predictions, misclassified } = submission;
      assert.ok(probe && weights && history && predictions && misclassified);
      assert.deepEqual(Object.keys(probe).sort(), Object.keys(perfect).sort());
      for (const [name, { shape, data }] of Object.entries(perfect)) {
        if (name.startsWith("init_")) continue; // of other sizes
        assert.deepEqual(probe[name].shape, shape, name);
        for (let i = 0; i < data.length; i++) {
          assert.ok(Math.abs(probe[name].data[i] - Number(data[i])) <= 1e-12, `${name}[${i}]`);
        }
      }
      assert.deepEqual(Object.keys(weights), ["W1", "B1", "W2", "B2", "W3", "B3"]);
      assert.deepEqual(history.header, ["epoch", "train_loss", "val_loss"]);
      assert.deepEqual(history.rows, [["1", "2.5", "2.25"], ["2", "1.5", "1.75"]]);
      assert.equal(predictions.rows.length, 12);
      const wrong = predictions.rows.filter(([index, label]) => label !== String(Number(index) % 10));
      assert.deepEqual(
        misclassified.rows,
        wrong.map(([index, label]) => [index, label, String(Number(index) % 10)]),
      );
    });
  },
});

async function run(folder: string): Promise<{ stderr: string }> {
  const { stderr } = await new Deno.Command(python ?? "", { args: ["write_files.py"], cwd: folder }).output();
  return { stderr: new TextDecoder().decode(stderr) };
}
