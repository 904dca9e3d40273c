import assert from "node:assert/strict";
import { parseExperiment } from "../../src/config/parse.ts";
import { settingCells } from "../../src/settings/settings.ts";
import { reportModel } from "../../src/report/report_model.ts";
import { answerData } from "../../src/report/sections/answer_data.ts";
import { curveNotes, curveSet } from "../../src/report/sections/curve_data.ts";
import { bestPart } from "../../src/report/page/answer/best_part.ts";
import { settingRows } from "../../src/report/sections/setup_data.ts";
import { rulesIntroduction, ruleTexts, verdicts } from "../../src/report/sections/verdict_data.ts";
import { runRow } from "../tables/run_rows.ts";
import { sampleReport } from "./sample_report.ts";
import { compileChart } from "../../src/report/page/chart/compile_chart.ts";

const experiment = parseExperiment(
  `
name: x
dataset: strokes
train:
  schedule: { method: step, every: 10, factor: 0.5, warmup: 2 }
  early_stopping: { patience: 5, restore_best: true }
  dropout: [0.2, 0.5]
  input_noise: 0.1
`,
  { file: "x.yaml" },
);

function model(language: "en" | "ja") {
  const ends = { noise_seed: 7, stopped_epoch: 12, kept_epoch: 7 };
  const rows = [runRow({ ...settingCells(experiment), ...ends })];
  const history = Array.from({ length: 12 }, (_, i) => ({
    trial: 0,
    seed: 0,
    epoch: i + 1,
    train_loss: 1 / (i + 1),
    val_loss: 2 / (i + 1),
    val_accuracy: 0.9,
    learning_rate: 0.01,
  }));
  return reportModel(sampleReport({ language, rows, history, trials: undefined }));
}

Deno.test("a report says in words what a schedule and early stopping do, and how they ended the run, in both languages", () => {
  const values = (language: "en" | "ja") =>
    Object.fromEntries(settingRows(model(language)).map(({ label, value }) => [label, value]));
  const { schedule, "early stopping": stopping, dropout, "end of the training": end, ...others } = values(
    "en",
  );
  assert.deepEqual([schedule, stopping, dropout, end], [
    "times 0.5 every 10 epochs, after a linear warm-up of 2 epochs",
    "after 5 epochs without a better validation loss; weights of the last better epoch",
    "0.2/0.5",
    "stopped after epoch 12, weights of epoch 7 kept",
  ]);
  assert.equal(others["seeds of split, weights, order, noise"], "0, 0, 0, 7");
  const { スケジュール: rate, 早期終了: stop, 訓練の終わり: last } = values("ja");
  assert.deepEqual([rate, stop, last], [
    "最初の 2 エポックで直線的に上げた後、10 エポックごとに 0.5 倍",
    "検証損失が 5 エポック続けて改善しなければ終了（最後に改善したエポックの重みを使用）",
    "エポック 12 の後で終了、エポック 7 の重みを使用",
  ]);
});

Deno.test("what is said of the numbers is true of weights that are not the last, and of losses with noise", () => {
  const kept = model("en");
  assert.equal(answerData(kept)?.over[0], "with the weights that early stopping kept");
  const [, converged] = verdicts(kept);
  assert.match(
    converged.grounds,
    /was still falling, .*, when early stopping ended the training: more patience/,
  );
  assert.match(ruleTexts(kept)[2].text, /training loss was measured with dropout or noise/);

  const plain = reportModel(sampleReport());
  assert.equal(answerData(plain)?.over[0], "after its last epoch");
  assert.match(rulesIntroduction(plain), /chosen by its last epoch/);
  assert.doesNotMatch(ruleTexts(plain)[2].text, /dropout/);
});

/** One trial, whose runs early stopping ended after these epochs. */
function stoppedModel(language: "en" | "ja", ends: readonly number[]) {
  const rows = ends.map((stopped_epoch, seed) =>
    runRow({ ...settingCells(experiment), seed, stopped_epoch, kept_epoch: 5 })
  );
  const history = ends.flatMap((last, seed) =>
    Array.from({ length: last }, (_, i) => ({
      trial: 0,
      seed,
      epoch: i + 1,
      train_loss: 1 / (i + 1),
      val_loss: 1.5 / (i + 1),
      val_accuracy: 0.9,
      learning_rate: 0.01,
    }))
  );
  const predictions = undefined;
  return reportModel(sampleReport({ language, rows, history, trials: undefined, predictions }));
}

Deno.test("where early stopping ended runs after different epochs, verdicts say up to which they judge", () => {
  const of = (language: "en" | "ja", ends: readonly number[]) =>
    verdicts(stoppedModel(language, ends)).slice(1).map(({ grounds }) => grounds).join(" ");
  const en = of("en", [6, 12]);
  assert.match(en, /Judged up to epoch 6, the last that all its runs have/);
  assert.match(
    en,
    /lowest after epoch 6, the last that all its runs have\. After epoch 6 validation loss is/,
  );
  assert.doesNotMatch(en, /At the end|after the last epoch/);
  assert.doesNotMatch(of("ja", [6, 12]), /最終エポック/);
  assert.match(of("en", [12, 12]), /lowest after the last epoch\. At the end/);
  assert.match(of("ja", [12, 12]), /最終エポックの後で最小です/);
});

Deno.test("where runs end at different epochs, both charts of curves say that their lines are means over fewer", () => {
  const notes = (language: "en" | "ja", ends: readonly number[]) => {
    const model = stoppedModel(language, ends);
    return [
      curveNotes(model, { set: curveSet(model, 5), page: true }).join(" "),
      bestPart(model, compileChart)?.note ?? "",
    ];
  };
  for (const note of notes("en", [6, 12])) {
    assert.match(note, /the mean over those that have got to that epoch/);
  }
  for (const note of notes("ja", [6, 12])) assert.match(note, /線はそのエポックまで進んだ訓練だけの平均です/);
  for (const note of notes("en", [12, 12])) assert.doesNotMatch(note, /that have got to that epoch/);
});
