import assert from "node:assert/strict";
import { reportFigures } from "../../src/report/figures.ts";
import { markdownReport } from "../../src/report/markdown/markdown_report.ts";
import { type ReportInput, reportModel } from "../../src/report/report_model.ts";
import { fillTimings } from "../../src/report/timings_slot.ts";
import { messages } from "../../src/report/messages/messages.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";
import { sampleHistory, sampleReport, sampleRows } from "./sample_report.ts";

function render(changes: Partial<ReportInput> = {}): string {
  const model = reportModel(sampleReport(changes));
  return markdownReport(model, new Set(Array.from(reportFigures(model), ([name]) => name)));
}

/** The text below a heading, up to the next one of its level or above. */
function section(markdown: string, heading: string): string {
  const start = markdown.indexOf(`\n${heading}\n`);
  assert.ok(start >= 0, `no ${heading}`);
  const level = heading.split(" ")[0].length;
  return markdown.slice(start + heading.length + 2).split(new RegExp(`\n#{1,${level}} `))[0].trim();
}

Deno.test("a report gives the answer first: accuracy with intervals, the best trial, how it was chosen", () => {
  const markdown = render();
  const answer = markdown.split("\n## ")[0];
  assert.match(
    answer,
    /^# sample\n\n\*\*96\.10%\*\* of the test images are classified right: mean over 2 seeds; /,
  );
  assert.match(
    answer,
    /^\| training loss \| validation loss \| validation accuracy \| test loss \| test accuracy \|\n.*\n\| +0\.2500 \| +0\.02900 \| +97\.10% \| +0\.2900 \| +96\.10% \|$/m,
  );
  // What nobody measured has no dash.
  const unvalidated = sampleRows().map((row) => ({ ...row, val_loss: null, val_accuracy: null }));
  const testObjective = { metric: "test_accuracy", goal: "maximize" } as const;
  const short = render({ rows: unvalidated, objective: testObjective }).split("\n## ")[0];
  assert.match(short, /^\| training loss \| test loss \| test accuracy \|$/m);
  // Two seeds, 0.96 and 0.962: t of one degree is 12.706, so the half-width is 12.706 * 0.001414 / sqrt(2) = 0.0127.
  assert.match(
    answer,
    /95% interval of the mean for other seeds on the same test images 94\.83% to 97\.37%; the run with the best validation accuracy, seed 1: 96/,
  );
  // Wilson's interval of 3 in 6 (statsmodels: 0.1876, 0.8124).
  assert.match(
    answer,
    /the run with the best validation accuracy, seed 1: 96\.20%: 3 of 6 test images; 95% interval 18\.76% to 81\.24%/,
  );
  assert.match(
    answer,
    /\*\*Best trial: 12 \(hidden 200-100, batch size 10, learning rate 0\.1\)\*\*, after its last epoch/,
  );
  assert.match(
    answer,
    /16 trials, 32 runs: 26 ok, 6 diverged\. (\*\*\d+ runs? learned nothing that the test images can show\*\*: [^.]*\. )?Trials are ranked by mean validation accuracy over seeds, highest first; the test set/,
  );
});

Deno.test("on MNIST the answer stands beside the published figures, in order, and on other data it does not", () => {
  const published = render().split("\n## ")[0].split("\n").filter((line) => /^\| .*(784|linear)/.test(line));
  const errors = published.map((line) => parseFloat(line.split("|")[2].replace(/[*\s]/g, "")));
  assert.deepEqual(errors, [12, 4.7, 4.5, 3.9, 3.05, 2.95]);
  assert.match(published[3], /^\| \*\*784-200-100-10 \(this experiment's best trial\)\*\*/);
  assert.doesNotMatch(render({ dataset: "strokes" }), /LeCun/);
});

Deno.test("what a hostile manifest says stays text: names of data files, versions, the command", () => {
  const [html, escape] = ["<img src=x onerror=alert(1)>", "\x1b[2J"];
  const markdown = render({
    data: { [html + escape]: "0".repeat(64) },
    versions: { Deno: `${html}|${escape}` },
    command: `x\u202e${escape}\n\`\`\`\n\n# H ${html}`,
  });
  const outside = markdown.replaceAll(/^(`{3,})\w*\n[^]*?\n\1$/gm, "");
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(markdown, /[\x00-\x09\x0b-\x1f\u202e]/);
  assert.doesNotMatch(outside, /(?<!\\)<img|^# H/m);
  assert.match(markdown, /^````sh\nx {2}\[2J ``` {2}# H <img src=x onerror=alert\(1\)>\n````$/m);
});

Deno.test("the ranked table has every trial, with what was swept and how its runs ended", () => {
  const trials = section(render(), "## Trials");
  const lines = trials.split("\n").filter((line) => line.startsWith("|"));
  assert.equal(lines.length, 18);
  const cells = lines.map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  assert.deepEqual(cells[0].slice(0, 4), ["trial", "hidden", "batch size", "learning rate"]);
  assert.deepEqual(cells[2].slice(0, 5), ["1st: trial 12", "200‑100", "10", "0.1", "97.10% ± 0.14"]);
  assert.deepEqual(cells.slice(-2).map((row) => [row[0], row.at(-1)]), [
    ["trial 6", "✕ both diverged"],
    ["trial 14", "✕ both diverged"],
  ]);
  // Trials 7 and 15 have one seed that ended ok and learned nothing, and one that did not.
  assert.deepEqual(cells.slice(-4, -2).map((row) => row.at(-1)), [
    "✕ 1 of 2 diverged, 1 of 2 learned nothing",
    "✕ 1 of 2 diverged, 1 of 2 learned nothing",
  ]);
  assert.match(trials, /Trials with a run that diverged or failed come after all others\./);
  assert.match(
    trials,
    /- Diverged \(.*\): trial 6, seed 0; trial 6, seed 1; trial 7, seed 1; trial 14, seed 0;/,
  );
});

Deno.test("no column or row of a report's tables is empty from end to end", () => {
  const rows = render().split("\n").filter((line) => line.startsWith("|"));
  const tables = rows.join("\n").split(/^.*\n(?=\| ?:?-)/m).slice(1).map((table) =>
    table.split("\n").slice(1).filter((line) => line !== "").map((line) =>
      line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim())
    )
  );
  assert.ok(tables.length >= 4);
  const isEmpty = (cell: string) => cell === "" || cell === "–";
  for (const table of tables) {
    for (const row of table) assert.ok(!row.slice(1).every(isEmpty), `${row}`);
    for (const column of table[0].keys()) {
      assert.ok(!table.every((row) => isEmpty(row[column])), table.map((row) => row[column]).join());
    }
  }
});

Deno.test("what is bold in Markdown is so in any reader, in Japanese too, which has no blanks around it", () => {
  const isBlank = (text: string) => text === "" || /\s/u.test(text);
  const isMark = (text: string) => /[\p{P}\p{S}]/u.test(text);
  let runs = 0;
  for (const language of ["en", "ja"] as const) {
    for (const changes of [{}, { rows: sampleRows().slice(3) }, { rows: sampleRows().slice(0, 1) }]) {
      for (const line of render({ language, ...changes }).split("\n")) {
        // CommonMark 0.31, 6.2: what opens stands before its text, what closes after it.
        for (const [i, { index }] of [...line.matchAll(/\*\*/g)].entries()) {
          const [before, after] = [line.slice(0, index).slice(-1), line.slice(index + 2, index + 3)];
          const [inner, outer] = i % 2 === 0 ? [after, before] : [before, after];
          assert.ok(!isBlank(inner) && (!isMark(inner) || isBlank(outer) || isMark(outer)), line);
          runs++;
        }
      }
    }
  }
  assert.ok(runs > 100);
});

Deno.test("trials are compared with the best over seeds, and what weakens that is said", () => {
  const compared = section(render(), "## Trials");
  // Both seeds of trial 13 equal those of trial 12: no spread, no interval.
  assert.match(compared, / 0\.00, not distinguishable from the best/);
  // Of two seeds among 14 trials: an interval that leaves zero out is no verdict.
  assert.match(compared, /−1\.00 \(−1\.\d\d to −0\.\d\d\), uncertain among so many trials/);
  const two = render({ rows: sampleRows().filter(({ trial }) => trial === 4 || trial === 12) });
  assert.match(two, /−1\.00 \(−1\.\d\d to −0\.\d\d\), worse/);
  assert.match(
    section(compared + "\n# x", "### What can be concluded"),
    /^- 1 trial is not distinguishable from the best: the difference is 0 with every seed \(trial 13\)\.\n- 10 trials differ from the best, but not for certain: .* leaves zero out, but 14 trials were compared, and one of 91 pairs/,
  );
  const single = render({ rows: sampleRows().filter(({ seed }) => seed === 0) });
  assert.match(section(single, "### What can be concluded"), /There is one seed only/);
  // Trial 13, with the other batch size, is as good.
  assert.doesNotMatch(single, /lies at the edge of what was tried/);
});

Deno.test("the effects section has each value's mean and each parameter's share of the variance", () => {
  const effects = section(render(), "## Effect of each parameter");
  assert.match(effects, /^!\[.*\]\(figures\/effects\.svg\)/);
  assert.match(effects, /\| learning rate \| +100\.0% \| █+ +\|\n\| batch size +\| +7\.1% \| ██ /);
  assert.match(
    effects,
    /so a share may have some of the other parameters' in it\*\*: the sum, 107\.1%, means nothing/,
  );
  assert.match(effects, /\| learning rate \| +0\.01 \| +4 \| +92\.10% \| 90\.83% to 93\.37% \|/);
  assert.match(effects, /\| +\*\*0\.1\*\* \| +4 \| +96\.60% \| 95\.33% to 97\.87% \|/);
  // Of each batch size the two trials of rate 5 have a run that diverged: they count in no mean.
  assert.match(effects, /\| batch size +\| +10 \| +6\/8 \| +94\.27% \| 93\.00% to 95\.54% \|/);
  assert.match(effects, /\| +5 \| +0\/4 \| +– \| +– \|/);
  assert.match(
    effects,
    /4 trials of which a run diverged or failed are in no mean, so the mean of a value that such a trial has looks better than it is\./,
  );
  assert.match(effects, /Every vertical axis goes from \d/);
  assert.match(effects, /2 trials without a value \(no run ended ok\) are a cross/);
  assert.match(effects, /### All parameters together\n\n!\[.*\]\(figures\/parameters\.svg\)/);
});

Deno.test("the best run's confusion matrix, scores and misclassified images are shown", () => {
  const markdown = render();
  assert.match(
    section(markdown, "## Best run: trial 12, seed 1"),
    /^Of 6 test images, 3 \(50\.00%\) are misclassified\. Most frequent confusions: 2 taken for 0 \(2\), 0 taken for 1 \(1\)\./,
  );
  assert.match(
    section(markdown, "### Precision and recall of each class"),
    /\| +1 \| +2 \| +66\.67% \| 100\.00% \| +80\.00% \|/,
  );
  const mistakes = section(markdown, "### Misclassified images");
  assert.match(mistakes, /^!\[.*\]\(figures\/misclassified\.svg\)\n\nAll 3, the surest errors first\./);
  assert.match(mistakes, /runs\/12-1\/predictions\.csv/);
  // index, predicted, true, confidence, probability of the true class
  assert.match(mistakes, /\| +4 \| +0 \| +2 \| +75\.0% \| +25\.0% \|/);
  assert.match(
    section(markdown, "### First-layer weights"),
    /The 2 hidden units of 200 with the largest weights/,
  );
  const without = render({ inspections: new Map() });
  assert.match(section(without, "### Misclassified images"), /; all|:\n\n1 \(0→1\), 4 \(2→0\), 5 \(2→0\)/);
});

Deno.test("how it was run ends the report: the command, the hashes, and times only where they are filled in", () => {
  const markdown = render();
  const how = section(markdown, "## How it was run");
  assert.match(how, /```sh\ndeno task sweep configs\/sample\.yaml\n```/);
  assert.match(how, /Made with: Deno 2\.9\.6/);
  assert.match(how, /Seeds: 0, 1\n/);
  assert.match(how, /The weights of trial 12, seed 1, must then have SHA-256 `0123/);
  assert.match(how, /```yaml\nname: sample\ndataset: mnist\n```/);
  const timings = [
    { step: "train", trial: 0, seed: 0, seconds: 90, images_per_second: 1000 },
    { step: "train", trial: 0, seed: 1, seconds: 35, images_per_second: 3000 },
    { step: "evaluate", trial: 0, seed: 1, seconds: 0.5, images_per_second: 3000 },
  ];
  assert.match(
    fillTimings(how, timings, messages("en")),
    /Time: of what was trained when the sweep was last run, 2 min 05 s over 2 runs, and 0\.50 s of evaluation; 2,000 images\/s/,
  );
  // Runs that diverge in their first epoch have no time, and were not in the store.
  assert.match(
    fillTimings(how, [], messages("en")),
    /Time: not measured: no epoch was trained to its end, as runs were in the store already, diverged or failed/,
  );
  const japanese = section(render({ language: "ja" }), "## 実行の記録");
  assert.match(
    fillTimings(japanese, [...timings.slice(0, 2), { ...timings[2], seconds: 0.001 }], messages("ja")),
    /最後にスイープを実行したときに訓練した分（2 回）の合計 2 分 05 秒、評価 0\.01 秒未満、ワーカー 1 つあたり毎秒 2,000 枚/,
  );
  assert.match(
    fillTimings(japanese, [], messages("ja")),
    /計測なし（訓練結果がストアにあったか、訓練が発散または失敗したため、最後まで訓練したエポックがありません）/,
  );
});

Deno.test("a report of one trial has nothing to rank or to compare", () => {
  const rows = [runRow()];
  const markdown = render({ rows, history: sampleHistory(rows) });
  assert.match(markdown, /\*\*This run\*\*, after its last epoch/);
  assert.match(
    markdown,
    /\n1 run: 1 ok\.( \*\*1 run learned nothing that the test images can show\*\*: .*)?\n/,
  );
  assert.doesNotMatch(markdown, /ranked by|Effect of each|other trials|What can be concluded/);
});

Deno.test("a report of which every run diverged still says what happened", () => {
  const rows = [0, 1].map((trial) => divergedRow({ trial, learning_rate: trial + 1 }));
  const markdown = render({
    rows,
    history: sampleHistory(rows),
    predictions: undefined,
    inspections: new Map(),
  });
  assert.match(markdown, /\*\*There is no best trial: no run ended ok/);
  assert.match(markdown, /trial 0, seed 0; trial 1, seed 0/);
  assert.match(markdown, /figures\/learning_curves\.svg/);
  assert.doesNotMatch(markdown, /Best run|NaN|null|undefined|Confusion/);
});

Deno.test("a report of many trials cuts its tables and lists, says the counts, and drops no diverged run unsaid", () => {
  const rows = Array.from({ length: 1200 }, (_, trial) => (
    trial < 1100
      ? runRow({ trial, learning_rate: 1 / (trial + 1), val_accuracy: trial / 2000 })
      : divergedRow({ trial, learning_rate: 2 })
  ));
  const markdown = render({ rows, history: sampleHistory(rows) });
  assert.match(markdown, /1,200 trials, 1,200 runs: 1,100 ok, 100 diverged\./);
  assert.match(
    markdown,
    /The first 50 of 1,200 trials by rank, and 20 of the 100 with a diverged or failed run\. \[results\.csv\]/,
  );
  assert.match(markdown, /; trial 1119, seed 0; and 80 more/);
  assert.match(markdown, /205 of the 1,200 trials are drawn, evenly spaced by rank\./);
  assert.match(
    markdown,
    /400 of the 1,200 trials are points, evenly spaced by rank; the means are over all\./,
  );
  const table = section(markdown, "## Trials").split("\n### ")[0];
  assert.equal(table.split("\n").filter((line) => line.startsWith("|")).length, 72);
});

Deno.test("a choice by the test set is called what it is", () => {
  const markdown = render({ objective: { metric: "test_loss", goal: "minimize" } });
  assert.match(
    markdown,
    /ranked by mean test loss over seeds, lowest first\. \*\*The test set made the choice\*\*/,
  );
});

Deno.test("halving's trials are compared where all have a value", () => {
  const rows = sampleRows().filter(({ status }) => status === "ok").map((row) => ({
    ...row,
    epochs: row.trial < 8 ? 1 : 3,
  }));
  const markdown = render({
    rows,
    history: sampleHistory(rows).filter(({ trial, epoch }) => trial >= 8 || epoch === 1),
    objective: { metric: "val_accuracy", goal: "maximize", by_epochs: true },
  });
  assert.match(markdown, /they are compared after epoch 1, which all have/);
  assert.match(markdown, /Halving stopped 7 trials before the last rung/);
  assert.match(markdown, /Mean validation accuracy after epoch 1/);
});

Deno.test("names and values cannot break a report's Markdown", () => {
  const markdown = render({
    name: "a | <b> *c*",
    config: "x: '```'\n",
    trials: sampleRows().map(({ trial }) => ({ trial, parameters: { dataset: `d|${trial}` } })),
  });
  assert.match(markdown, /^# a \\\| \\<b\\> \\\*c\\\*\n/);
  assert.match(markdown, /````yaml\nx: '```'\n````/);
  const table = section(markdown, "## Trials").split("\n### ")[0].split("\n").filter((line) =>
    line.startsWith("|")
  );
  const columns = (line: string) => line.split(/(?<!\\)\|/).length;
  for (const line of table) assert.equal(columns(line), columns(table[0]), line);
});

Deno.test("a report is the same each time, in any order of the rows, and holds no time, host or path", () => {
  const markdown = render();
  assert.equal(render({ rows: sampleRows().toReversed() }), markdown);
  assert.doesNotMatch(markdown, /\d\d:\d\d|20\d\d-\d|\/home|\/work|\/tmp|localhost/);
  assert.ok(markdown.endsWith("\n") && !markdown.endsWith("\n\n"));
  assert.doesNotMatch(markdown, /[ \t]\n|\n{3}|undefined|NaN/);
});

Deno.test("a Japanese report says the same numbers and no English sentence", () => {
  const english = render();
  const japanese = render({ language: "ja" });
  for (const word of ["学習曲線", "学習率", "隠れ層", "混同行列", "誤分類", "適合率", "再現率"]) {
    assert.ok(japanese.includes(word), word);
  }
  const numbers = (text: string) => text.match(/\d+\.\d+%/g)?.sort();
  assert.deepEqual(numbers(japanese), numbers(english));
  const code = /```[\s\S]*?```|`[^`]*`|\([^()]*\.(csv|svg|png|json)\)|\[[\w.]+\]|LeCun.*\(1998\)/g;
  const words = japanese.replaceAll(code, "").match(/\b[a-z]{4,}\b/gi) ?? [];
  const known = [
    "sample",
    "Deno",
    "sigma",
    "MNIST",
    "trainimages",
    "train_images",
    "details",
    "summary",
    "timings",
    ...["gaussian", "mean", "once", "tanh"],
  ];
  assert.deepEqual([...new Set(words)].filter((word) => !known.includes(word)), []);
});

Deno.test("a report needs a row", () => {
  assert.throws(() => reportModel(sampleReport({ rows: [] })), {
    name: "RangeError",
    message: "Cannot render a report: rows must be 1 or more, found 0",
  });
});
