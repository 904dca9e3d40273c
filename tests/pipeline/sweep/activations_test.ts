import assert from "node:assert/strict";
import { main } from "../main_in_process.ts";
import { bestCommand } from "../../../pipeline/commands/best.ts";
import { compareCommand } from "../../../pipeline/commands/compare.ts";
import { statusCommand } from "../../../pipeline/commands/status.ts";
import { sweepCommand } from "../../../pipeline/commands/sweep.ts";
import { verifyCommand } from "../../../pipeline/commands/verify.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";

const COMMANDS = [sweepCommand, bestCommand, compareCommand, statusCommand, verifyCommand];

async function run(...args: string[]): Promise<string> {
  const streams = new RecordedStreams({});
  const code = await main(args, { signal: new AbortController().signal, streams }, COMMANDS);
  assert.equal(code, 0, streams.err);
  return streams.out;
}

const CONFIG = {
  name: "mixed",
  dataset: "strokes",
  preprocess: { limit: 200 },
  model: { hidden: [6, 5], init: { method: "xavier" } },
  train: { epochs: 2, batch_size: 10, learning_rate: 0.3 },
};

Deno.test("a sweep over activations by layer is trained, told, compared, verified and gone on from as any other", () =>
  inTemporaryFolder(async (folder) => {
    const activation = [["tanh", "relu"], "tanh", ["relu", "relu"], ["relu", "tanh"]];
    const config = { ...CONFIG, sweep: { parameters: { "model.activation": activation } } };
    const { code, err, epochs } = await sweepIn(folder, { config });
    assert.deepEqual([code, epochs], [0, 8], err);
    const text = await Deno.readTextFile(`${folder}/results/results.csv`);
    const cells = text.trimEnd().split("\n").slice(1).map((line) => line.split(",")[4]);
    assert.deepEqual(cells, ["tanh-relu", "tanh", "relu", "relu-tanh"]);
    const rows = parseResults(text);
    assert.equal(new Set(rows.map(({ weights_sha256 }) => weights_sha256)).size, 4);

    // In one word or in a list, it is the training that the store has already.
    for (const [i, activation] of [["tanh", "tanh"], "relu"].entries()) {
      const alone = { ...CONFIG, name: "alone", model: { ...CONFIG.model, activation } };
      const again = await sweepIn(folder, { config: alone, out: `alone-${i}` });
      assert.deepEqual([again.code, again.epochs], [0, 0], again.err);
      const [row] = parseResults(await Deno.readTextFile(`${folder}/alone-${i}/results.csv`));
      assert.deepEqual({ ...row, trial: i + 1 }, rows[i + 1]);
    }

    const best = await run("best", `${folder}/results#3`);
    assert.match(best, /^ {2}activation: \[relu, tanh\]$/m);
    await Deno.writeTextFile(`${folder}/best.yaml`, best);
    const store = ["--store", `${folder}/fresh`];
    await run("sweep", `${folder}/best.yaml`, "--out", `${folder}/best`, ...store, "--quiet");
    const [again] = parseResults(await Deno.readTextFile(`${folder}/best/results.csv`));
    assert.deepEqual({ ...again, trial: 3 }, rows[3]);

    const compared = await run("compare", `${folder}/results#0`, `${folder}/results#3`);
    assert.match(compared, /tanh-relu.*relu-tanh/s);
    const status = ["status", `${folder}/results.json`, "--out", `${folder}/results`];
    assert.match(await run(...status, "--store", `${folder}/store`), /up to date/);
    await run("verify", `${folder}/results`, "--quiet");

    const report = await Deno.readTextFile(`${folder}/results/report.md`);
    assert.match(report, /tanh-relu/);
    assert.doesNotMatch(report, /tanh,relu/);
    const alone = await Deno.readTextFile(`${folder}/best/report.md`);
    assert.match(alone, /784–6–5–10 \(relu–tanh\)/);
  }));
