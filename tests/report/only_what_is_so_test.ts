import assert from "node:assert/strict";
import { markdownReport } from "../../src/report/markdown/markdown_report.ts";
import { type ReportInput, reportModel } from "../../src/report/report_model.ts";
import { answerData, introduction } from "../../src/report/sections/answer_data.ts";
import { filterNotes } from "../../src/report/sections/best_run_data.ts";
import { concludeReport, conclusionSentences } from "../../src/report/sections/conclusion_data.ts";
import { verdicts } from "../../src/report/sections/verdict_data.ts";
import { settingRows } from "../../src/report/sections/setup_data.ts";
import { layersPart } from "../../src/report/page/layers/layers_part.ts";
import { compileChart } from "../../src/report/page/chart/compile_chart.ts";
import { effectCharts, effectNotes, shareRows } from "../../src/report/sections/effect_charts.ts";
import { dataSetup } from "../../src/report/sections/setup_data.ts";
import { bestPart } from "../../src/report/page/answer/best_part.ts";
import { curvesPart } from "../../src/report/page/curves/curves_part.ts";
import { curveReadout, spoken } from "../../src/report/page/curves/curve_readout.ts";
import { tableNotes } from "../../src/report/sections/table_data.ts";
import type { TrialTable } from "../../src/report/sections/trial_table.ts";
import { curveNotes, curveSet } from "../../src/report/sections/curve_data.ts";
import { messages } from "../../src/report/messages/messages.ts";
import type { Inspection } from "../../src/numpy/inspection_npz.ts";
import { renderPage } from "../../src/report/page/render_page.tsx";
import { CHARTS_HERE } from "./charts_here.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";
import { sampleHistory, sampleInspection, sampleReport } from "./sample_report.ts";

// Every sentence of a report is true of the data and the settings at hand, and says nothing of what is not there.

const modelOf = (changes: Partial<ReportInput> = {}) => reportModel(sampleReport(changes));

Deno.test("the loss of a guess is that of the classes that there are", () => {
  const said = (changes: Partial<ReportInput>) =>
    markdownReport(modelOf(changes), new Set(["diagnostics.svg"]));
  const images = { train: 80, test: 6, features: 16, classes: 4 };
  for (const kind of ["images", "rows"] as const) {
    const markdown = said({ dataset: "", images, kind });
    assert.match(
      markdown,
      /the loss stays near that of a guess, ln 4 = 1\.39 with 4 classes of the same size\./,
    );
    assert.match(
      said({ dataset: "", images, kind, language: "ja" }),
      /値（同数の 4 クラスなら ln 4 = 1\.39）の近く/,
    );
  }
  assert.match(said({}), /ln 10 = 2\.30 with 10 classes/);
  const unknown = { dataset: undefined, images: undefined, predictions: undefined };
  assert.match(said(unknown), /the loss stays near that of a guess\.\n/);
  assert.match(said({ ...unknown, language: "ja" }), /値の近くに留まります。\n/);
  const part = layersPart(modelOf({ dataset: "", images }), compileChart)?.part;
  assert.equal(part?.classes, 4);
});

Deno.test("first weights are said to be as they began only where nothing moves or shrinks those of pixels that may always be 0", () => {
  const untouched = (changes: Partial<ReturnType<typeof runRow>>, pixel = 0) => {
    const rows = [runRow(changes)];
    const { judged, filters } = sampleInspection();
    const images = {
      ...judged.images,
      pixels: judged.images.pixels.map((value, i) => i % 16 === 0 ? pixel : value),
    };
    const inspections = new Map<string, Inspection>([["0-0", { judged: { ...judged, images }, filters }]]);
    const model = modelOf({ rows, history: sampleHistory(rows), inspections });
    const said = filterNotes(model).join(" ").includes("Where a pixel is 0 in every training image");
    const part = layersPart(model, compileChart)?.part.trials[0].filters;
    assert.equal(part?.untouched ?? false, said);
    return said;
  };
  assert.equal(untouched({}), true);
  assert.equal(untouched({ input_noise: 0.1 }), false);
  assert.equal(untouched({ weight_decay: 0.02 }), false);
  // 0.01 where nothing else is set.
  assert.equal(untouched({ optimizer: "adamw" }), false);
  assert.equal(untouched({ optimizer: { name: "adamw", beta1: 0.8 } as never }), false);
  assert.equal(untouched({ optimizer: "adamw", weight_decay: 0 }), true);
  assert.equal(untouched({ optimizer: "adam" }), true);
  // Each pixel is another number in one of the images, at least.
  assert.equal(untouched({}, 1), false);
});

Deno.test("where the test points are those that were learned, they have no interval, and did not keep out of the choice", () => {
  const points = { shape: "own", points: [[0, 0, 0], [1, 1, 0], [0, 1, 1], [1, 0, 1]] } as const;
  const rows = [0, 1].flatMap((trial) =>
    [0, 1, 2].map((seed) => runRow({ trial, seed, hidden: [trial + 2], test_accuracy: 1 - (seed % 2) / 4 }))
  );
  const said = (changes: Partial<ReportInput>) => {
    const model = modelOf({ rows, history: [], dataset: "", ...changes });
    return [answerData(model)?.accuracy?.basis.join(" | ") ?? "", introduction(model)];
  };
  const [basis, how] = said({ points });
  assert.doesNotMatch(basis, /interval/);
  assert.match(basis, /^mean over 3 seeds \| the run .*: 3 of 6 test points \| no test points were given/);
  assert.match(how, /highest first\.$/);
  const [japanese, chosen] = said({ points, language: "ja" });
  assert.doesNotMatch(japanese, /信頼区間/);
  assert.match(japanese, /新しい点での正解率はここからは推定できません$/);
  assert.match(chosen, /の高い順です。$/);
  const given = { ...points, test_points: [[0, 0, 0]] } as const;
  assert.match(said({ points: given })[0], /95% interval .* 95% interval/);
  assert.match(said({ points: given })[1], /the test set had no part in the choice/);
});

Deno.test("what is part of what was swept is marked only where it has several values", () => {
  const trials = [
    { trial: 0, parameters: { "model.init": { method: "gaussian", sigma: 0.01 } } },
    { trial: 1, parameters: { "model.init": { method: "gaussian", sigma: 5 } } },
    { trial: 2, parameters: { "model.init": { method: "he" } } },
  ];
  const rows = [
    runRow({ val_accuracy: 0.99, sigma: 0.01 }),
    runRow({ trial: 1, sigma: 5 }),
    runRow({ trial: 2, init: "he", sigma: null }),
  ];
  const marked = settingRows(modelOf({ rows, history: [], trials })).flatMap(({ label, tried }) =>
    tried === null ? [] : [[label, tried]]
  );
  assert.deepEqual(marked, [["init", 2], ["sigma", 2]]);
});

Deno.test("a drawn number has four digits in the settings too, and a schedule is called as in the heading", () => {
  const rows = [0.1, 0.2].map((rate, trial) => runRow({ trial, learning_rate: rate + 2e-17 * (trial + 1) }));
  const [first] = rows;
  const drawn = runRow({ ...first, learning_rate: 0.10000000000000002 });
  const model = modelOf({ rows: [drawn, rows[1]], history: [], language: "ja" });
  const value = (label: string) => settingRows(model).find((row) => row.label === label)?.value;
  assert.equal(value("学習率"), "0.1");
  const scheduled = modelOf({
    rows: [runRow({ schedule: { method: "constant" } })],
    history: [],
    language: "ja",
  });
  assert.match(settingRows(scheduled).find(({ label }) => label === "スケジュール")?.value ?? "", /constant/);
});

Deno.test("more of the data is to be had by the settings that keep some back, and by no limit that leaves nothing out", () => {
  const rows = [0, 1].map((trial) => runRow({ trial, learning_rate: 0.1 + trial }));
  const images = { train: 70, test: 20, features: 4, classes: 3 };
  const advice = (changes: Partial<ReportInput>) => {
    const model = modelOf({ rows, history: [], validationImages: 14, dataset: "", images, ...changes });
    return conclusionSentences(model, concludeReport(model)).join(" ")
      .match(/More \w+ that validate \(([^)]*)\)/)?.[1];
  };
  const split = { scale: 1, validation: 0.2 };
  assert.equal(advice({ preprocess: split }), "preprocess.validation");
  assert.equal(advice({ preprocess: { ...split, limit: 70 } }), "preprocess.validation");
  assert.equal(advice({ preprocess: { ...split, limit: 50 } }), "preprocess.limit, preprocess.validation");
  const drawn = { shape: "moons", count: 70, test: 70, noise: 0.1, seed: 0 } as const;
  assert.equal(advice({ preprocess: split, points: drawn }), "dataset.points.count, preprocess.validation");
  const own = { shape: "own", points: [[0, 0, 0]] } as const;
  assert.equal(advice({ preprocess: split, points: own }), "preprocess.validation");
});

Deno.test("no share of the variance is told of a parameter each of whose values one trial alone has, beside others", () => {
  // Eight points of a sequence: both rates and noises are all different, and explain the same, whatever made the difference.
  const accuracies = [0.8, 0.9, 0.85, 0.7, 0.95, 0.6, 0.75, 0.88];
  const rows = accuracies.flatMap((val_accuracy, trial) =>
    [0, 1].map((seed) =>
      runRow({
        trial,
        seed,
        val_accuracy: val_accuracy + seed / 100,
        learning_rate: (trial + 1) / 10,
        input_noise: trial / 20,
        optimizer: trial % 2 === 0 ? "sgd" : "adam",
      })
    )
  );
  const said = (changes: Partial<ReportInput>) => {
    const model = modelOf({ rows, history: [], ...changes });
    const charts = effectCharts(model);
    assert.ok(charts !== null);
    const { rows: shares, notes } = shareRows(model, charts);
    return [shares.map(({ title }) => title), notes.join(" ")] as const;
  };
  const [titles, notes] = said({});
  assert.deepEqual(titles, ["optimizer"]);
  assert.match(notes, /^Of learning rate, input noise no share can be told: one trial alone has each value/);
  assert.doesNotMatch(notes, /two together|means nothing/);
  const [, japanese] = said({ language: "ja" });
  assert.match(japanese, /^学習率、.*が説明する割合は求められません。/);
  assert.doesNotMatch(japanese, /組み合わせの割合/);
  // What alone was swept makes all the difference between trials.
  const alone = rows.map((row) => ({ ...row, input_noise: null, optimizer: "sgd" as const }));
  const [both, sum] = said({ rows: alone });
  assert.deepEqual(both, ["learning rate", "seeds"]);
  assert.match(sum, /They add up to 100\.0%\.$/);
  // A rate for each size: neither can be told from the other.
  const zipped = alone.map((row) => ({ ...row, hidden: [row.trial + 1] }));
  assert.deepEqual(said({ rows: zipped })[0], []);
  assert.match(said({ rows: zipped })[1], /^Of .* no share can be told.*\.$/);
});

Deno.test("where nothing validates nothing is said of validation, of grey lines where there are none, nor of dashed ones", () => {
  const history = (rows: Parameters<typeof sampleHistory>[0]) =>
    sampleHistory(rows).map((row) => ({ ...row, val_loss: null, val_accuracy: null }));
  const unvalidated = (count: number, language: "en" | "ja") => {
    const rows = Array.from(
      { length: count },
      (_, trial) =>
        runRow({
          trial,
          val_loss: null,
          val_accuracy: null,
          hidden: [trial % 3 + 1],
          batch_size: trial + 1,
          epochs: 3,
        }),
    );
    const objective = { metric: "train_loss", goal: "minimize" } as const;
    return modelOf({
      rows,
      history: history(rows),
      objective,
      language,
      preprocess: { scale: 1, validation: 0 },
    });
  };
  for (const language of ["en", "ja"] as const) {
    const model = unvalidated(8, language);
    const about = /validation|検証/i;
    const markdown = markdownReport(model, new Set(["learning_curves.svg", "parameters.svg"]));
    const [curves] = markdown.split(language === "ja" ? "## 学習曲線" : "## Learning curves")[1].split(
      "\n## ",
    );
    assert.doesNotMatch(curves, about);
    assert.doesNotMatch(bestPart(model, compileChart)?.chart.title ?? "", about);
    assert.doesNotMatch(curves, /left out|省いて/);
    assert.match(curves, /grey is the rest\.|灰色の線が残りの試行です。/);
    assert.doesNotMatch(markdown, /Dashed|破線は、発散/);
    const two = unvalidated(2, language);
    assert.doesNotMatch(curveNotes(two, { set: curveSet(two, 5), page: false }).join(" "), /grey|灰色/);
  }
  assert.match(markdownReport(modelOf(), new Set(["parameters.svg"])), /Dashed: a run diverged or failed/);
  assert.match(
    markdownReport(modelOf(), new Set(["learning_curves.svg"])),
    /!\[By epoch: training loss, validation loss, validation accuracy\]/,
  );
});

Deno.test("rows of a table are said to have inputs, which may stand for words", () => {
  const images = { train: 70, test: 20, features: 5, classes: 3 };
  const notes = (language: "en" | "ja") =>
    dataSetup(modelOf({ dataset: "", images, kind: "rows", inspections: new Map(), language })).notes[0];
  assert.equal(notes("en"), "rows of 5 inputs");
  assert.equal(notes("ja"), "入力 5 個のデータ");
});

Deno.test("the readout says over how many runs the means of an epoch are, where not all have got as far", () => {
  const rows = [4, 4, 2].map((epochs, seed) => runRow({ seed, stopped_epoch: epochs }));
  const history = rows.flatMap((row, seed) => sampleHistory([row], [4, 4, 2][seed]));
  const model = modelOf({ rows, history });
  const part = curvesPart(model, curveSet(model, 5), compileChart);
  assert.ok(part !== null);
  assert.deepEqual(part.curves[0].runs, [3, 3, 2, 2]);
  const readout = (cursor: number | null) =>
    curveReadout(
      {
        part,
        page: { labels: {} },
        t: messages("en"),
        state: { speeds: { value: null } },
      } as never,
      {
        lines: { cursor: { value: cursor } },
        unit: { value: "epochs" },
        drawn: { value: [{ trial: 0, slot: 0 }] },
        grey: { value: [] },
      } as never,
    );
  const over = (cursor: number | null) => readout(cursor).rows[0].over;
  assert.deepEqual([null, 1, 2, 3, 4].map(over), [
    "mean over 2 of 3 runs",
    "",
    "",
    "mean over 2 of 3 runs",
    "mean over 2 of 3 runs",
  ]);
  assert.match(spoken(readout(null), messages("en")), /, mean over 2 of 3 runs: /);
  const all = modelOf();
  const whole = curvesPart(all, curveSet(all, 5), compileChart);
  assert.equal(whole?.curves[12].runs, undefined);
});

Deno.test("worse is said where it holds for all pairs of trials at once, and of what is open that so many were compared", () => {
  const best = [0.9, 0.91, 0.92, 0.9, 0.92];
  const near = [0.89, 0.89, 0.91, 0.885, 0.9];
  const far = [0.1, 0.2, 0.3, 0.1, 0.2];
  const said = (accuracies: number[][], language: "en" | "ja" = "en") => {
    const rows = accuracies.flatMap((values, trial) =>
      values.map((val_accuracy, seed) => runRow({ trial, seed, val_accuracy, learning_rate: trial + 1 }))
    );
    const model = modelOf({ rows, history: [], language });
    return [conclusionSentences(model, concludeReport(model)).join("\n"), markdownReport(model, new Set())];
  };
  const [two, rules] = said([best, near]);
  assert.match(two, /^The other trial is worse than the best beyond chance\.$/m);
  assert.match(rules, /the paired t test over the seeds holds at 5%\. Otherwise/);
  const many = [best, near, ...Array.from({ length: 14 }, () => far)];
  const [sixteen, sixteenRules] = said(many);
  assert.match(
    sixteen,
    /^1 trial differs from the best, but not for certain: taken alone, the 95% interval of the difference, paired over seeds, leaves zero out, but 16 trials were compared, and one of 120 pairs may .* \(trial 1\)\.$/m,
  );
  assert.match(sixteen, /^14 trials are worse than the best beyond chance\.$/m);
  assert.match(
    sixteenRules,
    /for all pairs of the 16 trials at once: for each of the 120 pairs at 5% \/ 120 \(Bonferroni\)/,
  );
  assert.match(
    said(many, "ja")[0],
    /^最良の試行との差が確かとはいえない試行が 1 件あります（試行 1）。その組だけを見れば、.* 0 を含みませんが、16 試行を比べているので、120 組/m,
  );
  // Beside others whose interval holds zero.
  const mixed = [...many, [0.8, 0.95, 0.91, 0.9, 0.93]];
  assert.match(
    said(mixed)[0],
    /^1 trial is not distinguishable from the best: .* holds zero \(trial 16\)\.\n1 trial differs from the best, but not for certain: /m,
  );
  assert.match(
    said(mixed, "ja")[0],
    /^最良の試行と区別できない試行が 1 件あります（試行 16）。.*\n最良の試行との差が確かとはいえない試行が 1 件あります（試行 1）。/m,
  );
  // One seed has no interval and no such rule.
  assert.doesNotMatch(said([[0.9], [0.8]]).join(), /paired t test/);
});

Deno.test("every trial that is compared is in one of the conclusions, also where nobody can tell", () => {
  const said = (rows: ReportInput["rows"], language: "en" | "ja" = "en") => {
    const model = modelOf({ rows, history: [], language });
    return conclusionSentences(model, concludeReport(model)).join("\n");
  };
  const row = (trial: number, seed: number, val_accuracy: number) =>
    runRow({ trial, seed, val_accuracy, learning_rate: trial + 1 });
  // Half a percent below with each seed: no spread, no interval.
  const constant = [row(0, 0, 0.9), row(0, 1, 0.92), row(1, 0, 0.75), row(1, 1, 0.77)];
  assert.match(said(constant), /^Whether 1 trial is worse than the best cannot be told: .* \(trial 1\)\.$/m);
  assert.match(said(constant, "ja"), /^1 件の試行は、最良の試行に劣るかどうかを判断できません（試行 1）。/m);
  // One seed in common, and the best is no sweep of one seed.
  const apart = [row(0, 0, 0.9), row(0, 1, 0.92), row(1, 1, 0.8), divergedRow({ trial: 1, seed: 0 })];
  assert.match(said(apart), /^Whether 1 trial .*there are no two seeds with which both ended ok/m);
  assert.doesNotMatch(said(apart), /one seed only/);
  const broken = [
    row(0, 0, 0.9),
    divergedRow({ trial: 0, seed: 1 }),
    row(1, 1, 0.8),
    divergedRow({ trial: 1, seed: 0 }),
  ];
  assert.doesNotMatch(said(broken), /one seed only/);
  // Of one seed it is said of all at once.
  assert.doesNotMatch(said([row(0, 0, 0.9), row(1, 0, 0.8)]), /cannot be told/);
});

Deno.test("of few test images it is not said that nothing was learned, but that they cannot show it", () => {
  // 31 of 36 right where 25 are of one class: scipy.stats.binomtest(31, 36, 25 / 36, "greater").pvalue is 0.018.
  const labels = Uint8Array.from({ length: 36 }, (_, i) => Number(i >= 25));
  const rows = [runRow({ test_accuracy: 31 / 36 })];
  // It has converged, whatever the test images can show.
  const history = sampleHistory(rows, 12).map((row) => ({
    ...row,
    train_loss: 0.4 + 1 / row.epoch,
    val_loss: 0.5,
  }));
  const said = (language: "en" | "ja", changes: Partial<ReportInput> = {}) => {
    const predictions = { labels, predictions: labels, classes: 2 };
    const model = modelOf({ rows, history, predictions, kind: "rows", dataset: "", language, ...changes });
    return [...verdicts(model).map(({ claim, grounds }) => `${claim}: ${grounds}`), introduction(model)];
  };
  const [learned, converged, , counts] = said("en");
  assert.equal(
    learned,
    "It learned nothing that its test rows can show: 86.11% does not beat always guessing the largest class (69.44%) beyond chance " +
      "(exact binomial test, 1%).",
  );
  assert.match(converged, /^It may be stuck: .* do not show that anything was learned: it may be a plateau/);
  assert.match(
    counts,
    /\*\*1 run learned nothing that the test rows can show\*\*: not better on them beyond chance/,
  );
  const japanese = said("ja");
  assert.match(
    japanese[0],
    /^テストデータで示せるほどの学習はしていません: 正解率 86\.11% は、.*69\.44% を、偶然の範囲を超えて上回りません/,
  );
  assert.match(japanese[3], /\*\*1 回の訓練は、テストデータで示せるほどの学習をしていません\*\*/);
  assert.doesNotMatch([...said("en"), ...japanese].join(), /nothing is learned|何も学習/);
});

Deno.test("a drawn value is written with the digits that tell something, and at an end of its range alone is it at an edge", () => {
  const said = (drawn: number, language: "en" | "ja") => {
    const trials = [0.002, drawn].map((rate, trial) => ({
      trial,
      parameters: { "train.learning_rate": rate },
    }));
    const rows = trials.map(({ trial }) => runRow({ trial, val_accuracy: 0.8 + trial / 10 }));
    const ranges = { "train.learning_rate": [0.001, 0.10547751863958524] } as const;
    const model = modelOf({ rows, history: [], trials, ranges, language });
    return conclusionSentences(model, concludeReport(model)).join(" ");
  };
  assert.doesNotMatch(said(0.07391274710928374, "en"), /edge/);
  assert.doesNotMatch(said(0.07391274710928374, "ja"), /端/);
  assert.match(
    said(0.10547751863958524, "en"),
    /edge of what was tried \(learning rate 0\.1055, the highest of the range from 0\.001 to 0\.1055\): better/,
  );
  assert.match(said(0.10547751863958524, "ja"), /（学習率 0\.1055 は範囲 0\.001〜0\.1055 の最大）/);
});

Deno.test("no better value is said to lie beyond one by which trials validate on other images, nor beyond all images that there are", () => {
  const said = (
    parameters: Record<string, readonly [number, number]>,
    { language = "en", metric = "val_accuracy", limit }: {
      language?: "en" | "ja";
      metric?: "val_accuracy" | "test_accuracy";
      limit?: number;
    } = {},
  ) => {
    const trials = [0, 1].map((trial) => ({
      trial,
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([path, values]) => [path, values[trial]]),
      ),
    }));
    const rows = trials.map(({ trial }) =>
      runRow({ trial, val_accuracy: 0.8 + trial / 10, test_accuracy: 0.8 + trial / 10 })
    );
    const preprocess = { scale: 255, validation: 0.2, ...limit !== undefined && { limit } };
    const objective = { metric, goal: "maximize" } as const;
    const model = modelOf({ rows, history: [], trials, preprocess, objective, language });
    return conclusionSentences(model, concludeReport(model)).join(" ");
  };
  const rate = { "train.learning_rate": [0.1, 0.2] } as const;
  assert.doesNotMatch(said({ "preprocess.validation": [0.2, 0.1] }), /edge/);
  assert.doesNotMatch(said({ "preprocess.validation": [0.2, 0.1] }, { language: "ja" }), /端/);
  assert.match(
    said({ "preprocess.validation": [0.2, 0.1], ...rate }),
    /edge of what was tried \(learning rate 0\.2, the highest of 2\): /,
  );
  assert.doesNotMatch(said({ "preprocess.limit": [1000, 2000] }), /edge/);
  // All are tested on the same images: of fewer images to train on more may be better, but there are no more than all.
  const metric = "test_accuracy";
  assert.match(said({ "preprocess.limit": [1000, 2000] }, { metric }), /the highest of 2/);
  assert.doesNotMatch(said({ "preprocess.limit": [1000, 60_000] }, { metric }), /edge/);
  assert.doesNotMatch(said({ "preprocess.limit": [1000, 70_000] }, { metric }), /edge/);
});

Deno.test("a swept number is written alike in every table, sentence and list", () => {
  const rates = [1e10, 1e-5];
  const trials = rates.map((rate, trial) => ({ trial, parameters: { "train.learning_rate": rate } }));
  const rows = rates.map((learning_rate, trial) =>
    runRow({ trial, learning_rate, val_accuracy: 0.8 - trial / 10 })
  );
  const model = modelOf({ rows, history: [], trials });
  const said = markdownReport(model, new Set());
  assert.doesNotMatch(said, /10000000000|0\.00001/);
  assert.ok((said.match(/\b1e\+10\b/g) ?? []).length >= 4, said);
  assert.ok((said.match(/\b1e-5\b/g) ?? []).length >= 2, said);
});

Deno.test("a table of trials that nothing ranks is not said to be in order, and runs that did not end ok not to have weights", async () => {
  const rows = [0, 1].map((trial) => divergedRow({ trial, learning_rate: 10 ** (20 + trial) }));
  for (
    const [language, ranked, weights, some] of [
      ["en", /best first/, "a run's weights, predictions", "of one that ended ok also its weights"],
      ["ja", /よい順|試行の順位/, "各訓練の重み、", "完了した訓練では重み"],
    ] as const
  ) {
    const page = async (changes: Partial<ReportInput>) => {
      const model = modelOf({ history: [], language, ...changes });
      const html = await renderPage(model, [], CHARTS_HERE);
      return html.replaceAll(/<script.*?<\/script>/gs, "") + markdownReport(model, new Set());
    };
    const none = await page({ rows });
    assert.doesNotMatch(none, ranked);
    assert.ok(!none.includes(weights) && none.includes(some), language);
    const all = await page({ rows: [runRow({ trial: 0 }), runRow({ trial: 1 })] });
    assert.match(all, ranked);
    assert.ok(all.includes(weights) && !all.includes(some), language);
  }
});

Deno.test("of trials with other images to validate with it is said that they are not measured on the same", () => {
  const said = (values: number[], changes: Partial<ReportInput> = {}) => {
    const trials = values.map((value, trial) => ({ trial, parameters: { "preprocess.validation": value } }));
    const rows = trials.map(({ trial }) => runRow({ trial, val_accuracy: 0.8 + trial / 10 }));
    const preprocess = { scale: 255, validation: 0.2 };
    return tableNotes(
      modelOf({ rows, history: [], trials, preprocess, ...changes }),
      { metrics: [] } as Pick<TrialTable, "metrics"> as TrialTable,
    ).join(" ");
  };
  assert.match(
    said([0.1, 0.3]),
    /\*\*Trials that differ in validation are not trained and validated on the same images\*\*: part of what their validation accuracy/,
  );
  assert.match(
    said([0.1, 0.3], { language: "ja" }),
    /検証データの割合の異なる試行は、同じ画像で訓練・検証していません/,
  );
  assert.match(
    said([0.1, 0.3], { objective: { metric: "train_loss", goal: "minimize" } }),
    /Trials that differ/,
  );
  assert.equal(said([0.1, 0.3], { objective: { metric: "test_accuracy", goal: "maximize" } }), "");
  assert.equal(said([0.2, 0.2]), "");
  // Where only the tables are known, nobody knows.
  assert.equal(said([0.1, 0.3], { preprocess: undefined }), "");
});

Deno.test("where every run diverged nothing is said of a ranking, of means or of a difference to the best, but what was trained on", () => {
  const rows = [0, 0, 1, 1].map((trial, i) =>
    divergedRow({ trial, seed: i % 2, learning_rate: 10 ** (20 + trial) })
  );
  const said = (changes: Partial<ReportInput>) =>
    markdownReport(
      modelOf({ rows, history: [], preprocess: { scale: 255, validation: 0.2 }, ...changes }),
      new Set(),
    );
  const english = said({});
  assert.match(english, /^2 trials, 4 runs: 4 diverged\.$/m);
  assert.doesNotMatch(english, /ranked by|Each metric|difference|come after all others/);
  assert.match(english, /^- \*\*Data\*\*: MNIST, training 48,000, validation 12,000, test 10,000,/m);
  const japanese = said({ language: "ja" });
  assert.match(japanese, /^2 試行、4 回の訓練（発散 4）。$/m);
  assert.doesNotMatch(japanese, /順位は|各指標は|最良との差|後に並びます/);
  // Nor are curves of means over seeds shown that nobody can see: the run's epoch is told elsewhere.
  const model = modelOf({ rows, history: [] });
  assert.equal(curvesPart(model, curveSet(model, 5), compileChart), null);
  // On how many depends on the trial.
  const trials = [0, 1].map((trial) => ({
    trial,
    parameters: { "preprocess.validation": 0.1 + trial / 10 },
  }));
  assert.match(said({ trials }), /^- \*\*Data\*\*: MNIST, test 10,000,/m);
  // One that ended ok is before the others.
  assert.match(
    said({ rows: [...rows, runRow({ trial: 2 }), runRow({ trial: 2, seed: 1 })] }),
    /come after all others/,
  );
});

Deno.test("an axis on which there is one value alone is not said to go from one end to another", () => {
  const notes = (accuracies: number[]) => {
    const rows = accuracies.map((val_accuracy, trial) =>
      runRow({ trial, learning_rate: trial + 1, val_accuracy })
    );
    const model = modelOf({ rows, history: [] });
    const charts = effectCharts(model);
    assert.ok(charts !== null);
    return effectNotes(model, charts).join(" ");
  };
  assert.doesNotMatch(notes([0.125, 0.125]), /axis goes/);
  assert.match(notes([0.125, 0.25]), /axis goes from 11\.9% to 25\.6%/);
});

Deno.test("what the label of a run that learned nothing means is said where it is listed and in the rules, as no proof", () => {
  const labels = Uint8Array.from({ length: 100 }, (_, i) => i % 10);
  const predictions = { labels, predictions: labels, classes: 10 };
  const rows = [0, 1].map((trial) => runRow({ trial, learning_rate: trial + 1, test_accuracy: 0.1 }));
  const said = (language: "en" | "ja") =>
    markdownReport(modelOf({ rows, history: sampleHistory(rows, 6), predictions, language }), new Set());
  const [english, japanese] = [said("en"), said("ja")];
  assert.match(english, /\| learned nothing +\|/);
  assert.match(
    english,
    /^- “Learned nothing”: not shown to have learned, .*exact binomial test, 1%\): trial 0, seed 0; trial 1, seed 0$/m,
  );
  assert.match(english, /marked as “learned nothing”: that is all that the test images show, and no proof/);
  assert.match(japanese, /\| 何も学習せず +\|/);
  assert.match(
    japanese,
    /^- 「何も学習せず」：学習したとはテスト画像で示せない（.*正確な二項検定、1%）：試行 0（シード 0）、試行 1（シード 0）$/m,
  );
  assert.match(japanese, /「何も学習せず」の印を付けます。.*証明ではありません/);
  // Nothing else says more than that.
  assert.doesNotMatch(english, /nothing was learned/i);
  assert.doesNotMatch(japanese, /何も学習し/);
});

Deno.test("how far apart chance brings two runs is said of accuracies alone, and of the trial with the fewest images", () => {
  const rows = [0, 1].map((trial) => runRow({ trial, learning_rate: 0.1 + trial }));
  const said = (changes: Partial<ReportInput>) => {
    const model = modelOf({ rows, history: [], validationImages: 14, ...changes });
    return conclusionSentences(model, concludeReport(model)).join(" ");
  };
  assert.match(
    said({}),
    /^.*Only 14 images validated: the accuracies of two runs that are less than \d+\.\d points apart may/,
  );
  assert.match(said({ language: "ja" }), /検証に使った画像は 14 枚だけです。2 回の訓練の正解率の差は/);
  assert.doesNotMatch(said({ objective: { metric: "val_loss", goal: "minimize" } }), /validated/);
  const trials = [0, 1].map((trial) => ({
    trial,
    parameters: { "preprocess.validation": 0.1 + trial / 10 },
  }));
  assert.match(said({ trials }), /Only 14 images validated in the trial with the fewest: /);
  assert.match(said({ trials, language: "ja" }), /検証に使った画像は、最も少ない試行では 14 枚だけです。/);
});

Deno.test("of trials that are in no mean it is said that this flatters a value only where that has a mean", () => {
  const notes = (broken: readonly number[], language: "en" | "ja" = "en") => {
    const rows = [0, 1, 2, 3].flatMap((trial) =>
      [0, 1].map((seed) => {
        const changes = {
          trial,
          seed,
          learning_rate: trial < 2 ? 0.1 : 5,
          sigma: trial % 2 === 0 ? 0.01 : 0.02,
        };
        return broken.includes(trial) && seed === 1
          ? divergedRow(changes)
          : runRow({ ...changes, val_accuracy: 0.9 - trial / 100 });
      })
    );
    const trials = [0, 1, 2, 3].map((trial) => ({
      trial,
      parameters: { "train.learning_rate": trial < 2 ? 0.1 : 5 },
    }));
    const model = modelOf({ rows, history: [], trials, language });
    const charts = effectCharts(model);
    assert.ok(charts !== null);
    return effectNotes(model, charts).join(" ");
  };
  // All trials of rate 5: it has no mean that could look better.
  assert.match(notes([2, 3]), /2 trials of which a run diverged or failed are in no mean\.$/);
  assert.match(
    notes([3]),
    /is in no mean, so the mean of a value that such a trial has looks better than it is\.$/,
  );
  assert.doesNotMatch(notes([2, 3], "ja"), /よく見えます/);
  assert.match(notes([3], "ja"), /そのような試行のある値の平均は、実際よりよく見えます。$/);
});

Deno.test("a click on a line is said to tick a trial only where there are boxes to tick", () => {
  for (
    const [language, tick] of [["en", /A click on a line ticks/], ["ja", /チェックが切り替わります/]] as const
  ) {
    const { hint } = messages(language).curves;
    assert.match(hint(true), tick);
    assert.doesNotMatch(hint(false), tick);
  }
});

Deno.test("conclusions tell trials whose difference is 0 from those whose interval holds zero, and all from some", () => {
  const said = (accuracies: number[][]) => {
    const rows = accuracies.flatMap((values, trial) =>
      values.map((val_accuracy, seed) => runRow({ trial, seed, val_accuracy, learning_rate: trial + 1 }))
    );
    const model = modelOf({ rows, history: [] });
    return conclusionSentences(model, concludeReport(model)).join("\n");
  };
  const best = [0.9, 0.91, 0.92];
  assert.match(
    said([best, best]),
    /^1 trial is .* best: the difference is 0 with every seed \(trial 1\)\.$/m,
  );
  assert.match(said([best, [0.85, 0.95, 0.9]]), /^1 trial is .* holds zero \(trial 1\)\.$/m);
  assert.match(
    said([best, best, [0.85, 0.95, 0.9]]),
    /^2 trials are .* holds zero, or the difference is 0 with every seed \(trials 1, 2\)\.$/m,
  );
  const far = [0.2, 0.212, 0.219];
  assert.match(said([best, far]), /^The other trial is worse/m);
  assert.match(said([best, far, far]), /^All 2 other trials are worse/m);
  assert.match(said([best, best, far]), /^1 trial is worse/m);
});

Deno.test("of so few images that any difference may be chance no number of points is told", () => {
  const rows = [0, 1].map((trial) => runRow({ trial, learning_rate: 0.1 + trial }));
  const said = (validationImages: number) => {
    const model = modelOf({ rows, history: [], validationImages });
    return conclusionSentences(model, concludeReport(model)).join(" ");
  };
  assert.match(
    said(1),
    /Only 1 image validated: any difference between the accuracies of two runs may be so by chance\./,
  );
  assert.doesNotMatch(said(14), /any difference/);
});
