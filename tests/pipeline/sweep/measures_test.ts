import assert from "node:assert/strict";
import { bestCommand } from "../../../pipeline/commands/best.ts";
import { compareCommand } from "../../../pipeline/commands/compare.ts";
import { statusCommand } from "../../../pipeline/commands/status.ts";
import { verifyCommand } from "../../../pipeline/commands/verify.ts";
import { main } from "../main_in_process.ts";
import { expectedCalibrationError } from "../../../src/metrics/calibration.ts";
import { confusionMatrix, macroF1 } from "../../../src/metrics/classification.ts";
import { parseCalibration } from "../../../src/tables/calibration_csv.ts";
import { parsePredictions } from "../../../src/tables/predictions_csv.ts";
import { parseResults } from "../../../src/tables/results_csv.ts";
import { parseSummary } from "../../../src/tables/summary_csv.ts";
import { inTemporaryFolder } from "../in_temporary_folder.ts";
import { RecordedStreams } from "../progress/virtual_terminal.ts";
import { sweepIn } from "../sweep_in_process.ts";
import { tinyExperiment } from "../tiny_experiment.ts";

async function run(...args: string[]): Promise<string> {
  const streams = new RecordedStreams({});
  const commands = [bestCommand, compareCommand, statusCommand, verifyCommand];
  const code = await main(args, { signal: new AbortController().signal, streams }, commands);
  assert.equal(code, 0, streams.err + streams.out);
  return streams.out;
}

const ASKED = {
  evaluate: { measures: ["calibration", "macro_f1", "top2_accuracy"] },
  report: { metric: "test_top2_accuracy" },
};

Deno.test("measures that are asked for are columns, ranks, files and a part of the report, and train nothing again", () =>
  inTemporaryFolder(async (folder) => {
    const read = (name: string) => Deno.readTextFile(`${folder}/results/${name}`);
    const rates = { "train.learning_rate": { log_uniform: [0.01, 1e100] } };
    const config = {
      ...await tinyExperiment(folder),
      sweep: { method: "sobol", count: 3, parameters: rates },
    };
    const plain = await sweepIn(folder, { config, out: "plain" });
    const warnings = plain.events.flatMap((event) => event.type === "warning" ? [event.message] : []);
    assert.deepEqual(warnings, [
      "the points of Sobol's sequence are balanced in numbers that are powers of 2, as 2 or 4, but sweep.count is 3",
    ]);
    const header = (await Deno.readTextFile(`${folder}/plain/results.csv`)).split("\n")[0];
    assert.match(header, /test_loss,test_accuracy,weights_sha256$/);

    const { code, epochs, err } = await sweepIn(folder, { config: { ...config, ...ASKED } });
    assert.deepEqual([code, epochs], [0, 0], err);
    const rows = parseResults(await read("results.csv"));
    assert.deepEqual(rows.map(({ status }) => status), ["ok", "diverged", "diverged"]);
    const [row, diverged] = rows;
    assert.deepEqual([diverged.test_ece, diverged.test_macro_f1, diverged.test_top2_accuracy], [
      null,
      null,
      null,
    ]);
    const { labels, predictions } = parsePredictions(await read("runs/0-0/predictions.csv"));
    const bins = parseCalibration(await read("runs/0-0/calibration.csv"));
    assert.equal(row.test_macro_f1, macroF1(confusionMatrix(labels, predictions, 10)));
    assert.equal(row.test_ece, expectedCalibrationError(bins));
    assert.equal(bins.reduce((sum, { count }) => sum + count, 0), labels.length);
    const right = bins.reduce((sum, { count, accuracy }) => sum + count * (accuracy ?? 0), 0);
    assert.equal(Math.round(right), Math.round((row.test_accuracy ?? 0) * labels.length));
    assert.ok((row.test_top2_accuracy ?? 0) >= (row.test_accuracy ?? 1));
    const { files, columns } = JSON.parse(await read("manifest.json"));
    assert.ok("runs/0-0/calibration.csv" in files && !("runs/1-0/calibration.csv" in files));
    assert.ok(columns.results.includes("test_ece"));
    const [first] = parseSummary(await read("summary.csv"));
    assert.deepEqual([first.rank, first.test_ece_mean], [1, row.test_ece]);

    const results = `${folder}/results`;
    const status = ["status", `${folder}/results.json`, "--out", results, "--store", `${folder}/store`];
    assert.match(await run(...status), /up to date/);
    assert.match(await run("compare", `${results}#0`, `${folder}/plain#0`), /^test_top2_accuracy /m);
    assert.match(await run("best", results), /measures: \[top2_accuracy, macro_f1, calibration\]/);
    await run("verify", results, "--quiet");
    const report = await read("report.html");
    assert.match(report, /id="calibration"/);
    assert.doesNotMatch(await Deno.readTextFile(`${folder}/plain/report.html`), /id="calibration"/);
  }));
