import assert from "node:assert/strict";
import { renderReport, type RunReport } from "../../src/report/run_report.ts";
import { divergedRow, runRow } from "./run_rows.ts";

const REPORT: RunReport = {
  name: "course",
  config: "name: course\ndataset: mnist\n",
  command: "deno task sweep configs/course.yaml",
  objective: { metric: "val_accuracy", goal: "maximize" },
  rows: [
    runRow({ trial: 0, learning_rate: 0.01, val_accuracy: 0.9125 }),
    runRow({
      trial: 1,
      learning_rate: 0.1,
      val_accuracy: 0.975,
      test_accuracy: 0.9735,
      test_loss: 0.0912345,
    }),
    divergedRow({ trial: 2, learning_rate: 10 }),
    divergedRow({ trial: 3, learning_rate: 1, status: "failed" }),
  ],
  predictions: {
    labels: Uint8Array.of(0, 0, 1, 1, 2, 2),
    predictions: Uint8Array.of(0, 1, 1, 1, 0, 0),
    classes: 3,
  },
  learningCurves: "figures/learning_curves.svg",
  versions: { Deno: "2.9.6" },
};

/** The text below a heading, up to the next one. */
function section(markdown: string, heading: string): string {
  const start = markdown.indexOf(`\n${heading}\n`);
  assert.ok(start >= 0, `no ${heading}`);
  return markdown.slice(start + heading.length + 2).split(/\n#/)[0].trim();
}

Deno.test("a report gives the answer first", () => {
  const [title, , runs, , best, , ...table] = renderReport(REPORT).split("\n");
  assert.equal(title, "# course");
  assert.equal(
    runs,
    "4 trials, 4 runs: 2 ok, 1 diverged, 1 failed. Trials are ranked by validation accuracy, highest first; " +
      "the test set had no part in the choice.",
  );
  assert.equal(best, "**Best: trial 1 (learning_rate 0.1)**, after its last epoch:");
  assert.deepEqual(table.slice(0, 4), [
    "|          | training | validation |    test |",
    "| -------- | -------: | ---------: | ------: |",
    "| accuracy |        – |     97.50% |  97.35% |",
    "| loss     |   0.2500 |     0.3000 | 0.09123 |",
  ]);
});

Deno.test("a report ranks every trial, the diverged and failed ones too, with the swept columns only", () => {
  const markdown = renderReport(REPORT);
  assert.equal(
    section(markdown, "## Trials"),
    [
      "|   # | trial | learning rate | val accuracy | val loss | train loss | test accuracy | runs       |",
      "| --: | ----: | ------------: | -----------: | -------: | ---------: | ------------: | ---------- |",
      "|   1 |     1 |           0.1 |       97.50% |   0.3000 |     0.2500 |        97.35% | 1 ok       |",
      "|   2 |     0 |          0.01 |       91.25% |   0.3000 |     0.2500 |        91.44% | 1 ok       |",
      "|   – |     2 |            10 |            – |        – |          – |             – | 1 diverged |",
      "|   – |     3 |             1 |            – |        – |          – |             – | 1 failed   |",
    ].join("\n"),
  );
  assert.equal(
    section(markdown, "### Diverged and failed runs"),
    "- Diverged (the loss was no longer a finite number): trial 2 seed 0.\n- Failed: trial 3 seed 0.",
  );
});

Deno.test("a report shows the best run's confusion matrix, scores and misclassified images", () => {
  const markdown = renderReport(REPORT);
  assert.match(
    section(markdown, "## Best run: trial 1, seed 0"),
    /^Of 6 test images, 3 \(50\.00%\) are misclassified\./,
  );
  assert.match(
    section(markdown, "### Confusion matrix"),
    /\| true \\ predicted \| +0 \| +1 \| +2 \|\n.*\n\| +\*\*0\*\* \| \*\*1\*\* \| +1 \| +· \|\n.*\n\| +\*\*2\*\* \| +2 \| +· \| \*\*0\*\* \|$/,
  );
  const classes = section(markdown, "### Classes");
  assert.match(classes, /\| +1 \| +2 \| +66\.67% \| 100\.00% \| +80\.00% \|/);
  assert.match(classes, /\| +2 \| +2 \| +0\.00% \| +0\.00% \| +0\.00% \|/);
  assert.match(classes, /A class that was never predicted has precision 0/);
  assert.match(
    section(markdown, "### Misclassified images"),
    /; all:\n\n1 \(0→1\), 4 \(2→0\), 5 \(2→0\)\n\n.*runs\/1-0\/predictions\.csv/,
  );
});

Deno.test("a report links its figure and says how to get it all again", () => {
  const markdown = renderReport(REPORT);
  assert.match(
    section(markdown, "## Learning curves"),
    /^!\[[^\]]+\]\(figures\/learning_curves\.svg\)\n\nThe thick line .* A cross /,
  );
  const again = section(markdown, "## How to get this again");
  assert.match(
    again,
    /^```sh\ndeno task sweep configs\/course\.yaml\n```\n\nMade with Deno 2\.9\.6\.\n\nThe weights of trial 1, seed 0, /,
  );
  assert.match(again, /```yaml\nname: course\ndataset: mnist\n```\n\n<\/details>$/);
});

Deno.test("a report of several seeds says how many its means are over and which ended badly", () => {
  const rows = [0, 1, 2].flatMap((seed) => [
    runRow({ trial: 0, seed, val_accuracy: 0.9 + seed / 100 }),
    seed === 2
      ? divergedRow({ trial: 1, seed, hidden: [] })
      : runRow({ trial: 1, seed, hidden: [], val_accuracy: 0.99 }),
  ]);
  const markdown = renderReport({ ...REPORT, rows });
  assert.match(markdown, /ranked by mean validation accuracy over seeds/);
  assert.match(
    markdown,
    /\*\*Best: trial 0 \(hidden 400-200\)\*\*, after its last epoch, mean over 3 seeds:/,
  );
  assert.match(markdown, /\| +1 \| +0 \| 400\u2011200 \| +91\.00% .* 3 ok +\|/);
  assert.match(markdown, /\| +2 \| +1 \| +none \| +99\.00% .* 2 ok, 1 diverged \|/);
  assert.match(markdown, /## Best run: trial 0, seed 2\n/);
});

Deno.test("a report of one trial has no ranking to explain", () => {
  const markdown = renderReport({ ...REPORT, rows: [runRow()] });
  assert.match(markdown, /^# course\n\n1 trial, 1 run: 1 ok\.\n\n\*\*Trial 0\*\*, after its last epoch:\n/);
  assert.doesNotMatch(markdown, /thick line|ranked/);
});

Deno.test("a report of which every run diverged still says what happened", () => {
  const { predictions: _, ...report } = REPORT;
  const markdown = renderReport({
    ...report,
    rows: [0, 1].map((trial) => divergedRow({ trial, learning_rate: trial + 1 })),
  });
  assert.match(markdown, /\*\*There is no best trial: no run ended ok/);
  assert.match(markdown, /trial 0 seed 0, trial 1 seed 0\./);
  assert.doesNotMatch(markdown, /Best run|NaN|null|undefined|Confusion/);
});

Deno.test("a report of many trials cuts its tables and lists, and says the counts", () => {
  const rows = Array.from({ length: 1200 }, (_, trial) => (
    trial < 1100
      ? runRow({ trial, learning_rate: 1 / (trial + 1), val_accuracy: trial / 2000 })
      : divergedRow({ trial })
  ));
  const markdown = renderReport({ ...REPORT, rows });
  assert.match(markdown, /1,200 trials, 1,200 runs: 1,100 ok, 100 diverged\./);
  assert.match(markdown, /\n\nThe first 50 of 1,200 trials; \[results\.csv\]\(results\.csv\) has all\./);
  assert.match(markdown, /trial 1119 seed 0, and 80 more\./);
  assert.equal(section(markdown, "## Trials").split("\n").filter((line) => line.startsWith("|")).length, 52);
});

Deno.test("a choice by the test set is called what it is", () => {
  const markdown = renderReport({ ...REPORT, objective: { metric: "test_loss", goal: "minimize" } });
  assert.match(markdown, /ranked by test loss, lowest first\. \*\*The test set made the choice\*\*/);
});

Deno.test("names and values cannot break a report's Markdown", () => {
  const markdown = renderReport({
    ...REPORT,
    name: "a | <b> *c*",
    config: "x: '```'\n",
    trials: [0, 1, 2, 3].map((trial) => ({ trial, parameters: { dataset: `d|${trial}` } })),
  });
  assert.match(markdown, /^# a \\\| \\<b\\> \\\*c\\\*\n/);
  assert.match(markdown, /````yaml\nx: '```'\n````/);
  const rows = section(markdown, "## Trials").split("\n");
  for (const line of rows) assert.equal(line.split(/(?<!\\)\|/).length, rows[0].split("|").length, line);
});

Deno.test("a report is the same each time, in any order of the rows, and holds no time, host or path", () => {
  const markdown = renderReport(REPORT);
  assert.equal(renderReport({ ...REPORT, rows: REPORT.rows.toReversed() }), markdown);
  assert.doesNotMatch(markdown, /\d\d:\d\d|20\d\d-|\/home|\/work|\/tmp|localhost/);
  assert.ok(markdown.endsWith("\n") && !markdown.endsWith("\n\n"));
  assert.doesNotMatch(markdown, /[ \t]\n|\n{3}/);
});

Deno.test("a report needs a row", () => {
  assert.throws(() => renderReport({ ...REPORT, rows: [] }), {
    name: "RangeError",
    message: "Cannot render a report: rows must be 1 or more, found 0",
  });
});
