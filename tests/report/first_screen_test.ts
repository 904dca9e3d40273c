import assert from "node:assert/strict";
import { chartScripts } from "../../pipeline/report/chart_scripts.ts";
import { markdownReport } from "../../src/report/markdown/markdown_report.ts";
import { conclude } from "../../src/analysis/conclusions.ts";
import { messages } from "../../src/report/messages/messages.ts";
import { type ReportInput, reportModel } from "../../src/report/report_model.ts";
import { renderPage } from "../../src/report/page/render_page.tsx";
import { sweepCounts } from "../../src/report/sections/answer_data.ts";
import { concludeReport } from "../../src/report/sections/conclusion_data.ts";
import { curveSet } from "../../src/report/sections/curve_data.ts";
import { dataSetup, networkLine, networkSetup, settingRows } from "../../src/report/sections/setup_data.ts";
import { rulesIntroduction, verdicts } from "../../src/report/sections/verdict_data.ts";
import type { RunRow } from "../../src/tables/results_csv.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";
import { sampleHistory, sampleReport } from "./sample_report.ts";
import { CHARTS_HERE } from "./charts_here.ts";

const PREPROCESS = { scale: 255, validation: 0.2 };

const modelOf = (changes: Partial<ReportInput> = {}) => reportModel(sampleReport(changes));

function single(changes: Partial<ReportInput> = {}, epochs = 3): Partial<ReportInput> {
  const rows = changes.rows ?? [runRow()];
  return { rows, history: sampleHistory(rows, epochs), ...changes };
}

Deno.test("the data are told with the counts that the best trial had, by the catalogue, the limit and the validation part", () => {
  const data = (changes: Partial<ReportInput>) => dataSetup(modelOf(changes));
  assert.deepEqual(data({ preprocess: PREPROCESS }), {
    title: "MNIST",
    parts: [
      { part: "train", count: 48_000 },
      { part: "validation", count: 12_000 },
      { part: "test", count: 10_000 },
    ],
    notes: ["grey images of 28 × 28 pixels", "10 classes"],
  });
  // Of 0.3 of 1,001 images the next whole number validates.
  const limited = data({ preprocess: { scale: 255, validation: 0.3, limit: 1001 } });
  assert.deepEqual(limited.parts.map(({ count }) => count), [700, 301, 10_000]);
  assert.match(limited.notes.join(), /the first 1,001 of 60,000 images/);
  const beyond = data({ preprocess: { ...PREPROCESS, limit: 70_000 } });
  assert.deepEqual([beyond.parts[0].count, beyond.notes.length], [48_000, 2]);
  const all = data({ preprocess: { scale: 255, validation: 0 } });
  assert.deepEqual(all.parts.map(({ part }) => part), ["train", "test"]);
  assert.match(all.notes.join(), /no images set aside/);
});

Deno.test("what is not known of the data is left out, and never guessed", () => {
  // A folder without manifest: the test images are counted by their predictions, and nothing else is said.
  const bare = dataSetup(modelOf({ dataset: undefined, inspections: new Map() }));
  assert.deepEqual(bare, { title: null, parts: [{ part: "test", count: 6 }], notes: [] });
  const own = { dataset: "", preprocess: { ...PREPROCESS, limit: 100 }, inspections: new Map() };
  assert.deepEqual(dataSetup(modelOf(own)).parts.map(({ part }) => part), ["test"]);
  const counted = dataSetup(modelOf({ ...own, images: { train: 80, test: 6, features: 16, classes: 3 } }));
  assert.deepEqual(counted.parts.map(({ count }) => count), [64, 16, 6]);
  assert.deepEqual(counted.notes, ["images of 16 pixels", "3 classes"]);
});

Deno.test("the network is counted layer by layer, biases too, down to none hidden", () => {
  const course = networkSetup(modelOf(single()));
  assert.deepEqual(course, {
    sizes: [784, 400, 200, 10],
    activations: ["tanh", "tanh", "softmax"],
    parameters: [785 * 400, 401 * 200, 201 * 10],
    total: 396_210,
  });
  const none = single({ rows: [runRow({ hidden: [] })] });
  assert.equal(networkSetup(modelOf(none))?.total, 7850);
  const line = (changes: Partial<ReportInput>) => {
    const model = modelOf(changes);
    const network = networkSetup(model);
    return network && networkLine(model, network);
  };
  assert.equal(line(single()), "784–400–200–10 (tanh), 396,210 weights and biases");
  assert.equal(line(none), "784–10, 7,850 weights and biases");
  const mixed = single({ rows: [runRow({ activation: ["tanh", "relu"] })] });
  assert.deepEqual(networkSetup(modelOf(mixed))?.activations, ["tanh", "relu", "softmax"]);
  assert.equal(line(mixed), "784–400–200–10 (tanh–relu), 396,210 weights and biases");
  // Where only the hidden layers are known, nothing is counted.
  assert.equal(line(single({ dataset: undefined, inspections: new Map() })), "?–400–200–? (tanh)");
  const broken = [0, 1].map((trial) => divergedRow({ trial, hidden: [trial + 1] }));
  assert.equal(line({ rows: broken, history: [], predictions: undefined, inspections: new Map() }), null);
});

Deno.test("the settings are the best trial's, the swept ones first and marked with how many values they had", () => {
  const rows = settingRows(modelOf({ preprocess: PREPROCESS }));
  assert.deepEqual(rows.filter(({ tried }) => tried !== null), [
    { label: "learning rate", value: "0.1", tried: 4 },
    { label: "batch size", value: "10", tried: 2 },
    { label: "hidden", value: "200-100", tried: 2 },
  ]);
  const value = (label: string) => rows.find((row) => row.label === label)?.value;
  assert.deepEqual(
    ["epochs", "optimizer", "sigma", "validation", "seeds"].map(value),
    ["3", "sgd", "0.01", "0.2", "0, 1"],
  );
  assert.equal(value("limit"), undefined);
  // What the network has no use for is no setting that matters.
  const logistic = settingRows(
    modelOf(single({ rows: [runRow({ hidden: [], init: "xavier", sigma: null })] })),
  );
  assert.deepEqual(logistic.filter(({ label }) => ["hidden", "activation", "sigma"].includes(label)), []);
  assert.ok(logistic.every(({ tried }) => tried === null));
});

Deno.test("a sweep of model.init or of preprocessing marks what it changed", () => {
  const rows = [runRow(), runRow({ trial: 1, init: "he", sigma: null, val_accuracy: 0.95 })];
  const trials = [
    {
      trial: 0,
      parameters: { "model.init": { method: "gaussian", sigma: 0.01 }, "preprocess.validation": 0.1 },
    },
    { trial: 1, parameters: { "model.init": { method: "he" }, "preprocess.validation": 0.2 } },
  ];
  const found = settingRows(modelOf({ rows, history: [], trials, preprocess: PREPROCESS }));
  assert.deepEqual(
    found.filter(({ tried }) => tried !== null).map(({ label, value }) => [label, value]),
    [["init", "he"], ["validation", "0.2"]],
  );
  const limited = settingRows(
    modelOf({ rows, history: [], trials, preprocess: { ...PREPROCESS, limit: 1500 } }),
  );
  assert.equal(limited.find(({ label }) => label === "limit")?.value, "1,500");
});

Deno.test("where no trial is the best, only what all share is told", () => {
  const rows = [0, 1].map((trial) => divergedRow({ trial, learning_rate: trial + 1 }));
  const model = modelOf({
    rows,
    history: [],
    predictions: undefined,
    inspections: new Map(),
    preprocess: PREPROCESS,
  });
  const rate = settingRows(model).find(({ label }) => label === "learning rate");
  assert.deepEqual(rate, { label: "learning rate", value: "differs by trial", tried: 2 });
  assert.deepEqual(verdicts(model), []);
  assert.deepEqual(dataSetup(model).parts.map(({ part }) => part), ["train", "validation", "test"]);
});

Deno.test("the verdicts say what the rules find, over several seeds by means", () => {
  const labels = Uint8Array.from({ length: 1000 }, (_, i) => i % 10);
  const predictions = { labels, predictions: labels, classes: 10 };
  const said = (changes: Partial<ReportInput>, epochs = 8) =>
    verdicts(modelOf(single({ predictions, ...changes }, epochs))).map(({ claim, grounds }) =>
      `${claim}: ${grounds}`
    );
  const [learned, converged, overfitting] = said({});
  assert.equal(
    learned,
    "It learned: 91.44% on the test images beats always guessing the largest class (10.00%) beyond chance.",
  );
  assert.match(
    converged,
    /^It has not converged: validation loss is still falling, by \d+% from epoch 5 to 8: more/,
  );
  assert.match(
    overfitting,
    /^No sign of overfitting: validation loss is lowest after the last epoch\. At the end validation loss is 0\.1613, training loss 0\.1467: a gap of 0\.01467\.$/,
  );
  const [few] = said({}, 3).slice(1);
  assert.equal(
    few,
    "Has it converged?: Too few epochs to tell: 3, and a trend takes 5 or more.",
  );

  const idle = [runRow({ test_accuracy: 0.1 }), runRow({ seed: 1, test_accuracy: 0.1 })];
  assert.match(
    said({ rows: idle })[0],
    /^It learned nothing that its test images can show: none of the 2 seeds beats .* \(exact binomial test, 1%\)\.$/,
  );
  // Its training loss has fallen: it may know its training data by heart.
  assert.match(said({ rows: idle })[2], /^No sign of overfitting: validation loss is lowest after the last/);
  const still = sampleHistory(idle, 8).map((row) => ({ ...row, train_loss: 2.3 - row.epoch / 100 }));
  assert.match(
    said({ rows: idle, history: still })[2],
    /^Is it overfitting\?: The test images do not show that it learned, and its training loss has hardly fallen either/,
  );
  const half = [runRow(), runRow({ seed: 1, test_accuracy: 0.1 })];
  assert.match(
    said({ rows: half })[0],
    /^Not every seed learned what its test images can show: 1 of 2 seeds does not beat/,
  );
  assert.match(said({ rows: half })[1], /validation loss \(mean over 2 seeds\)/);
  assert.match(said({ predictions: undefined })[0], /^Did it learn\?: Nobody can tell here/);
  assert.match(
    said({ predictions: undefined, underWay: new Set() })[0],
    /^Did it learn\?: This is told when the sweep has ended/,
  );
});

Deno.test("why validation loss lies below training loss is told by how that was measured and where it goes", () => {
  const labels = Uint8Array.from({ length: 1000 }, (_, i) => i % 10);
  const predictions = { labels, predictions: labels, classes: 10 };
  const below = (train: (e: number) => number, changes: Partial<RunRow> = {}, gap = 0.1, epochs = 12) => {
    const history = Array.from({ length: epochs }, (_, i) => ({
      trial: 0,
      seed: 0,
      epoch: i + 1,
      train_loss: train(i + 1),
      val_loss: train(i + 1) - gap,
      val_accuracy: 0.9,
      learning_rate: null,
    }));
    return verdicts(modelOf({ rows: [runRow(changes)], history, predictions }))[2].grounds;
  };
  const averaged = /Below: that training loss is averaged over the epoch while the weights still improve may/;
  const easier =
    /Below, by more than training loss falls in an epoch, .*: that alone does not explain it\. The images that validate may be/;
  // It falls by 0.2 in every epoch: its mean over one is about 0.1 above its end.
  assert.match(below((e) => 3 - e / 5), averaged);
  assert.match(below(() => 1), easier);
  // It falls, but by 0.01 an epoch, which is no reason for a gap of 0.1.
  assert.match(below((e) => 1 + 1 / e), easier);
  assert.match(below((e) => 1 - e / 100), easier);
  assert.doesNotMatch(below(() => 1, {}, 0.1, 1), /Below/);
  assert.match(
    below((e) => 1 + 1 / e, { noise_seed: 3 }),
    /Below, as training loss was measured with dropout/,
  );
});

Deno.test("a plateau is no convergence, a wide gap no good sign, and a rise has its accuracies", () => {
  const labels = Uint8Array.from({ length: 1000 }, (_, i) => i % 10);
  const predictions = { labels, predictions: labels, classes: 10 };
  const course = (train: (e: number) => number, validation: (e: number) => number, test_accuracy = 0.9) => {
    const history = Array.from({ length: 12 }, (_, i) => ({
      trial: 0,
      seed: 0,
      epoch: i + 1,
      train_loss: train(i + 1),
      val_loss: validation(i + 1),
      val_accuracy: 0.9 + i / 1000,
      learning_rate: null,
    }));
    return verdicts(modelOf({ rows: [runRow({ test_accuracy })], history, predictions }))
      .map(({ claim, grounds, mark }) => `${mark} ${claim}: ${grounds}`);
  };
  assert.match(
    course(() => 2.3, () => 2.3, 0.1)[1],
    /^bad It may be stuck: .* flat since epoch 1, but the test images do not show/,
  );
  // Learned by heart.
  assert.match(course((e) => 2 / e, (e) => 2 + e / 10, 0.1)[2], /^bad It is overfitting: /);
  assert.match(course((e) => 0.1 / e, () => 0.3)[2], /^fair Not overfitting yet, but the gap is wide: /);
  assert.match(
    course((e) => 1 / e, (e) => 0.3 + 0.01 * (e - 4) ** 2)[2],
    /^bad It is overfitting: validation loss was lowest after epoch 4 and has since risen by 213% \(0\.3000 to 0\.9400\), while .* Validation accuracy went from 90\.30% to 91\.10% meanwhile\./,
  );
  assert.match(
    course((e) => 0.5 / e + 0.2, (e) => 0.4 / e + 0.1)[2],
    /a gap of −0\.1083\. Below, by more than training loss falls in an epoch/,
  );
  // What has hardly begun: three percent in all, at an even pace.
  const begun = course((e) => 2.3 - 0.006 * e, (e) => 2.3 - 0.006 * e);
  assert.match(
    begun[1],
    /^bad It hardly moves: validation loss is still falling from epoch 9 to 12\. That is less than 2%, but 27% of all/,
  );
  assert.doesNotMatch(begun.join(), /more epochs of the same/);
  assert.match(
    course(() => 0.65, () => 0.65)[1],
    /^open Has it converged\?: validation loss is flat, but neither/,
  );
  // Twice as large is wide, less is not; a share below 9.95 % has a decimal, and a trial that was chosen is said to be.
  assert.match(
    course((e) => 1 / 2 ** e, () => 2 / 2 ** 12)[2],
    /^fair Not overfitting yet, but the gap is wide: /,
  );
  assert.match(course((e) => 1 / 2 ** e, () => 1.99 / 2 ** 12)[2], /^good No sign of overfitting: /);
  assert.match(course((e) => 1 / e, (e) => e === 6 ? 1 : e === 12 ? 1.0993 : 1.02)[2], /is 9\.9% above that/);
  assert.match(course((e) => 1 / e, (e) => e === 6 ? 1 : e === 12 ? 1.0997 : 1.02)[2], /is 10% above that/);
  // Above its lowest at the end by 60 %, and that is by its ups and downs.
  const wild = course((e) => 1 / e, (e) => e < 6 ? 1 / e : e % 2 === 0 ? 0.16 : 0.1);
  assert.match(
    wild[2],
    /^fair Not overfitting by the rule: validation loss was lowest after epoch 7 and is 60% above that at the end, but not by more than 4 times/,
  );
});

Deno.test("title and description are the report's heading, as text and nothing else", async () => {
  const changes = {
    title: "手書き数字 <b>*x*</b> \u202e|",
    description: "First.\n\n  <script>alert(1)</script>\nLast.",
  };
  const model = modelOf(changes);
  const markdown = markdownReport(model, new Set());
  assert.match(
    markdown,
    /^# 手書き数字 \\<b\\>\\\*x\\\*\\<\/b\\> {2}\\\|\n\n`sample`\n\nFirst\.\n\n\\<script\\>alert\(1\)\\<\/script\\>\n\nLast\.\n\n\*\*96/,
  );
  const html = await renderPage(model, await chartScripts(), CHARTS_HERE);
  assert.match(html, /<h1>手書き数字 &lt;b>\*x\*&lt;\/b> {2}\|<\/h1><p class="name">sample<\/p>/);
  assert.match(html, /<p class="about">&lt;script>alert\(1\)&lt;\/script><\/p>/);
  assert.match(markdownReport(modelOf({ description: "x" }), new Set()), /^# sample\n\nx\n\n\*\*96/);
});

Deno.test("a single run, or the runs of a single trial, have no trial's number anywhere", async () => {
  for (const language of ["en", "ja"] as const) {
    for (const rows of [[runRow()], [0, 1, 2].map((seed) => runRow({ seed })), [divergedRow()]]) {
      const model = modelOf(single({ language, rows, preprocess: PREPROCESS }));
      const page = (await renderPage(model, [], CHARTS_HERE)).replaceAll(
        /<style>.*?<\/style>|<script(?! type).*?<\/script>/gs,
        "",
      );
      for (
        const text of [markdownReport(model, new Set(["confusion_matrix.svg", "learning_curves.svg"])), page]
      ) {
        assert.doesNotMatch(text, /trial 0|試行 0|best trial|最良の試行/i, `${language} ${rows.length}`);
      }
    }
  }
});

Deno.test("that a trial was chosen by the epoch that it shows is said of several trials, and by which epoch", () => {
  const said = (changes: Partial<ReportInput>) => rulesIntroduction(modelOf({ history: [], ...changes }));
  const two = [runRow({ val_accuracy: 0.95 }), runRow({ trial: 1, learning_rate: 0.2 })];
  assert.match(said({ rows: two }), /The trial was chosen by its last epoch, which flatters/);
  const early_stopping = { patience: 5, min_delta: 0, restore_best: true };
  const kept = two.map((row) => ({ ...row, early_stopping, stopped_epoch: null, kept_epoch: 3 }));
  assert.match(said({ rows: kept }), /Early stopping chose the epoch whose weights are kept/);
  const last = kept.map((row) => ({ ...row, early_stopping: { ...early_stopping, restore_best: false } }));
  assert.match(said({ rows: last }), /The trial was chosen by its last epoch/);
  assert.doesNotMatch(said({ rows: [runRow()] }), /chose/);
});

Deno.test("the rules stand at the end, where every verdict's link leads", async () => {
  const model = modelOf();
  const page = await renderPage(model, [], CHARTS_HERE);
  assert.equal(page.match(/href="#rules"/g)?.length, 1 + verdicts(model).length);
  assert.match(page, /<section id="rules"/);
  const markdown = markdownReport(model, new Set());
  assert.match(markdown, /\(\[Rule\]\(#rules-of-the-verdicts\)\)/);
  assert.match(markdown, /\n## Rules of the verdicts\n[^#]*$/);
});

Deno.test("a sweep's first screen says how many trials and runs there were and how they ended, a run's own nothing of that", () => {
  const labels = new Uint8Array(100).map((_, i) => i % 10);
  const predictions = { labels, predictions: labels, classes: 10 };
  const rows = [
    runRow({ test_accuracy: 0.1 }),
    runRow({ seed: 1, test_accuracy: 0.9 }),
    runRow({ trial: 1, test_accuracy: 0.9 }),
    divergedRow({ trial: 1, seed: 1 }),
  ];
  const counts = (language: "en" | "ja", changes: Partial<ReportInput> = {}) =>
    sweepCounts(reportModel(sampleReport({ rows, predictions, language, ...changes })));
  assert.equal(counts("en"), "2 trials, 4 runs: 3 ok (1 learned nothing), 1 diverged");
  assert.equal(counts("ja"), "2 試行、4 回の訓練：完了 3（うち 1 回は何も学習せず）、発散 1");
  assert.equal(counts("en", { predictions: undefined }), "2 trials, 4 runs: 3 ok, 1 diverged");
  assert.equal(counts("en", { rows: rows.slice(0, 2) }), null);
});

Deno.test("what several parts of a report need is worked out once, in whatever words they say it", () => {
  const model = reportModel(sampleReport());
  const inJapanese = { ...model, t: messages("ja") };
  assert.equal(concludeReport(inJapanese), concludeReport(model));
  const trial = model.ranking[0].trial;
  const first = curveSet(model, 1).curves.get(trial);
  assert.ok(first !== undefined);
  assert.equal(curveSet(inJapanese, 5).curves.get(trial), first);
  // Of other results it is another's.
  const other = reportModel(sampleReport({ rows: model.input.rows.slice(0, 4) }));
  assert.notEqual(concludeReport(other), concludeReport(model));
  assert.deepEqual(
    concludeReport(model),
    conclude({
      rows: model.input.rows,
      objective: model.input.objective,
      trials: model.ranking.map(({ trial }) => ({ trial, parameters: model.set(trial) })),
      validationImages: undefined,
    }),
  );
});

Deno.test("a drawn number is named by four digits on the first screen, one that a person wrote as it is", () => {
  const rows = [runRow({ learning_rate: 0.0040240805616 }), runRow({ trial: 1, learning_rate: 0.12345678 })];
  const model = reportModel(sampleReport({ rows }));
  assert.deepEqual([model.describe(0), model.describe(1)], [
    "learning rate 0.004024",
    "learning rate 0.12345678",
  ]);
});
