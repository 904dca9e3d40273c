import assert from "node:assert/strict";
import { type ComparedTrial, compareTrials } from "../../src/analysis/comparison.ts";
import { changeVerdict } from "../../src/analysis/conclusions.ts";
import { pairedDifference } from "../../src/metrics/intervals.ts";
import { formatComparisonCsv } from "../../src/report/comparison_csv.ts";
import { formatComparison } from "../../src/report/comparison_text.ts";
import { textWidth } from "../../src/text/text_width.ts";
import { evenIndices, sparkline } from "../../src/text/sparkline.ts";
import { textTable } from "../../src/text/text_table.ts";
import goldens from "../fixtures/statistics.json" with { type: "json" };
import { divergedRow, runRow } from "../tables/run_rows.ts";

function compared(name: string, accuracies: number[], changes: Partial<ComparedTrial> = {}): ComparedTrial {
  return {
    name,
    settings: { "model.hidden": [100], "train.learning_rate": 0.1, "model.init.sigma": 0.01 },
    runs: accuracies.map((val_accuracy, seed) => runRow({ seed, val_accuracy, val_loss: 1 - val_accuracy })),
    history: accuracies.flatMap((val_accuracy, seed) =>
      [1, 2, 3].map((epoch) => ({
        trial: 0,
        seed,
        epoch,
        train_loss: 4 / epoch,
        val_loss: 2 / epoch,
        val_accuracy: val_accuracy * epoch / 3,
        learning_rate: null,
      }))
    ),
    ...changes,
  };
}

Deno.test("compareTrials() tells the settings that differ, and changes with SciPy's paired interval", () => {
  const { a, b, mean, low, high } = goldens.samples[2];
  const other = { "model.hidden": [100], "train.learning_rate": 0.2 };
  const comparison = compareTrials([compared("b#0", b), compared("a#0", a, { settings: other })]);
  assert.deepEqual(comparison.settings, [
    { path: "train.learning_rate", values: [0.1, 0.2] },
    { path: "model.init.sigma", values: [0.01, undefined] },
  ]);
  const accuracy = comparison.metrics.find(({ metric }) => metric === "val_accuracy");
  const change = accuracy?.changes[1];
  assert.equal(accuracy?.changes[0], null);
  for (const [key, expected] of Object.entries({ mean, low, high })) {
    assert.ok(Math.abs(Number(Reflect.get(change?.difference ?? {}, key)) - expected) < 1e-12, key);
  }
});

Deno.test("a change is better or worse by the metric's direction, where its interval does not hold zero", () => {
  const verdicts = (base: number[], other: number[]) =>
    Object.fromEntries(
      compareTrials([compared("a", base), compared("b", other)]).metrics
        .map(({ metric, changes }) => [metric, changes[1]?.verdict]),
    );
  assert.deepEqual(verdicts([0.8, 0.81, 0.79], [0.9, 0.911, 0.889]), {
    train_loss: "same",
    val_loss: "better",
    val_accuracy: "better",
    test_loss: "same",
    test_accuracy: "same",
  });
  assert.equal(verdicts([0.9, 0.911, 0.889], [0.8, 0.81, 0.79]).val_loss, "worse");
  assert.equal(verdicts([0.8, 0.9], [0.9, 0.85]).val_accuracy, "not_distinguishable");
  assert.equal(verdicts([0.8], [0.9]).val_accuracy, "unknown");
});

Deno.test("a change has one verdict, in a comparison as in conclusions, where every pair is equal too", () => {
  const verdict = (differences: number[], goal: "maximize" | "minimize" = "maximize") =>
    changeVerdict(pairedDifference(differences), goal, 1);
  assert.equal(verdict([1, 1.1, 0.9]), "better");
  assert.equal(verdict([1, 1.1, 0.9], "minimize"), "worse");
  assert.equal(verdict([1, -1]), "not_distinguishable");
  assert.equal(verdict([0, 0]), "same");
  // Equal but for rounding, which pairedDifference() gives no interval.
  assert.equal(verdict([1e-17, -1e-17]), "same");
  assert.equal(verdict([0.1, 0.1]), "unknown");
  assert.equal(verdict([0]), "unknown");
  assert.equal(verdict([]), "unknown");
});

Deno.test("a trial that diverged is compared all the same", () => {
  const comparison = compareTrials([
    compared("a", [0.9, 0.8]),
    compared("b", [], { runs: [divergedRow(), divergedRow({ seed: 1 })], history: [] }),
  ]);
  assert.deepEqual(comparison.seeds, { common: [0, 1], left_out: [] });
  const [accuracy] = comparison.metrics.filter(({ metric }) => metric === "val_accuracy");
  assert.deepEqual([accuracy.values[1].n, accuracy.changes[1]?.verdict], [0, "unknown"]);
  assert.match(formatComparison(comparison), /^val_accuracy +85\.00% ± 7\.07 +– +– +–$/m);
});

Deno.test("trials of different seeds are compared over those that both have, means and changes alike", () => {
  const comparison = compareTrials([compared("a", [0.9, 0.5]), compared("b", [0.92])]);
  assert.deepEqual(comparison.seeds, { common: [0], left_out: [1] });
  const text = formatComparison(comparison);
  assert.match(text, /^A {2}a +2\nB {2}b +1\n\nover 1 common seed \(0\); seed 1 left out\n/m);
  assert.match(text, /^val_accuracy +90\.00% +92\.00% +\+2\.00 pp$/m);
  assert.match(text, /^ +3 +90\.00% +92\.00%$/m);
  const csv = formatComparisonCsv(comparison);
  assert.match(csv, /^metric,val_accuracy,,0,a,0\.9,,1,,,$/m);

  const three = compareTrials([
    compared("a", [0.9, 0.8, 0.7]),
    compared("b", [0.9, 0.8]),
    compared("c", [0, 0.6, 0.5]),
  ]);
  assert.deepEqual(three.seeds, { common: [0, 1], left_out: [2] });

  const own = { runs: [5, 6].map((seed) => runRow({ seed, val_accuracy: 0.7 })) };
  const apart = formatComparison(compareTrials([compared("a", [0.9]), compared("b", [], own)]));
  assert.match(
    apart,
    /^no common seed: each mean is over the trial's own seeds, and no change can be told$/m,
  );
  assert.match(apart, /^val_accuracy +90\.00% +70\.00% ± 0\.00 +– +– *$/m);
});

Deno.test("a comparison reads well in a terminal and in Markdown", () => {
  const comparison = compareTrials([
    compared("results/a#3", [0.9, 0.91, 0.92]),
    compared("results/b|c#0", [0.94, 0.93, 0.95], {
      settings: { "model.hidden": [400, 200], "train.learning_rate": 0.1, "model.init.sigma": 0.01 },
    }),
  ]);
  const text = formatComparison(comparison);
  assert.match(text, /^A {2}results\/a#3 +3$/m);
  assert.match(text, /^model\.hidden {2}100 {2}400-200$/m);
  assert.match(
    text,
    /^val_accuracy +91\.00% ± 1\.00 +94\.00% ± 1\.00 +\+3\.00 pp +\+0\.52 pp to \+5\.48 pp {2}better$/m,
  );
  assert.match(text, /^val_loss by epoch, log scale\nA █▃▁\nB █▃▁\n/m);
  const markdown = formatComparison(comparison, { markdown: true });
  assert.match(markdown, /^\| B {3}\| results\/b\\\|c#0 \| {4}3 \|$/m);
  assert.match(markdown, /^## Settings that differ\n\n\| setting +\| A +\| B +\|\n/m);
});

Deno.test("a comparison of other data says that its numbers do not tell which is better", () => {
  for (const path of ["dataset", "data.images"]) {
    const of = (name: string, data: string) => compared(name, [0.9, 0.91], { settings: { [path]: data } });
    const other = compareTrials([of("a", "mnist"), of("b", "strokes")]);
    for (const markdown of [false, true]) {
      assert.match(
        formatComparison(other, { markdown }),
        /^A, B were not run on the same data, so their numbers do not tell which is better\.\n\n(## )?Settings/m,
      );
    }
    assert.match(
      formatComparison(other, { language: "ja" }),
      /^A、B は同じデータで訓練したものではないため、どちらが優れているかは数値からは判断できません。$/m,
    );
    const same = compareTrials([of("a", "mnist"), of("b", "mnist")]);
    assert.doesNotMatch(formatComparison(same), /same data/);
    // Nor does any metric tell it: of other data the same difference has no word.
    const better = [0.95, 0.965];
    const apart = compareTrials([of("a", "mnist"), {
      ...of("b", "strokes"),
      runs: compared("b", better).runs,
    }]);
    assert.match(
      formatComparison(apart),
      /^val_accuracy +90\.50% ± 0\.71 +95\.75% ± 1\.06 +\+5\.25 pp +\+2\.07 pp to \+8\.43 pp$/m,
    );
  }
});

Deno.test("a comparison is in Japanese, but for what one types, in columns as wide as its characters are", () => {
  const settings = { "model.hidden": [400, 200], "train.learning_rate": 0.1, "model.init.sigma": 0.01 };
  const comparison = compareTrials([
    compared("結果/a#3", [0.9, 0.91, 0.92, 0.93]),
    compared("results/b#0", [0.94, 0.93, 0.95], { settings }),
  ]);
  const text = formatComparison(comparison, { language: "ja" });
  assert.match(text, /^ {3}試行 +訓練の回数$/m);
  assert.match(text, /共通のシード 3 個 \(0, 1, 2\) で比べています。シード 3 は含めていません/);
  assert.match(text, /^検証正解率 +91\.00% ± 1\.00 .* \+0\.52 ポイント 〜 \+5\.48 ポイント {2}優れている$/m);
  assert.match(text, /^エポックごとの検証損失 \(対数目盛\)\nA /m);
  const english = formatComparison(comparison);
  // As many numbers, in the same order.
  const numbers = (text: string) => text.match(/\d+\.\d+/g);
  assert.deepEqual(numbers(text), numbers(english));
  const lines = text.split("\n");
  const [first, second] = [lines[1], lines[2]];
  assert.equal(textWidth(first), textWidth(second));
});

Deno.test("a comparison writes drawn numbers as reports do, unless two would then look alike; its CSV has every digit", () => {
  const text = (a: number, b: number) => {
    const comparison = compareTrials(
      [a, b].map((rate, i) => compared(`${i}`, [0.9, 0.8], { settings: { "train.learning_rate": rate } })),
    );
    return [formatComparison(comparison), formatComparisonCsv(comparison)];
  };
  const [shown, csv] = text(0.10547751863958524, 0.0181);
  assert.match(shown, /^train\.learning_rate +0\.1055 +0\.0181$/m);
  assert.match(csv, /^setting,train\.learning_rate,,0,0,0\.10547751863958524,/m);
  assert.match(
    text(0.10547751863958524, 0.10547312345678912)[0],
    /^train\.learning_rate +0\.10547751863958524 +0\.10547312345678912$/m,
  );
});

Deno.test("a comparison says where training and validation metrics are measured on other rows", () => {
  const text = (path: string, options: Parameters<typeof formatComparison>[1] = {}) =>
    formatComparison(
      compareTrials(
        [0.1, 0.3].map((value, i) => compared(`${i}`, [0.9, 0.8], { settings: { [path]: value } })),
      ),
      options,
    );
  assert.match(
    text("preprocess.validation"),
    /^preprocess\.validation differs: training and validation metrics are not measured on the same rows, which/m,
  );
  assert.match(
    text("preprocess.limit", { language: "ja", markdown: true }),
    /^preprocess\.limit が異なるため、/m,
  );
  assert.doesNotMatch(text("train.learning_rate"), /same rows/);
  // Of other data more is said already.
  assert.doesNotMatch(text("data.images"), /same rows/);
});

Deno.test("a comparison of trials of which no run ended ok says that, and nothing of seeds", () => {
  const runs = [0, 1].map((seed) => divergedRow({ seed }));
  const comparison = compareTrials(["a", "b"].map((name) => compared(name, [], { runs })));
  assert.match(formatComparison(comparison), /\n\nNo run ended ok: there is nothing to compare\n$/);
  assert.match(
    formatComparison(comparison, { language: "ja" }),
    /完了した訓練がないため、比べる指標がありません/,
  );
  assert.doesNotMatch(formatComparison(comparison), /one seed|metric/);
});

Deno.test("a comparison says from where on a curve's means are over fewer runs, as after early stopping", () => {
  const a = compared("a", [0.9, 0.8, 0.7]);
  const early = compared("b", [0.9, 0.8, 0.7], {
    history: a.history.filter(({ seed, epoch }) => epoch <= [2, 3, 1][seed]),
  });
  const comparison = compareTrials([a, early]);
  // Seeds 0 and 1 after the second epoch, seed 1 alone after the third.
  const notes = formatComparison(comparison).match(/^.* fewer runs, .*$/gm);
  const note = "means over fewer runs, as the others had ended: B after epoch 1";
  assert.deepEqual(notes, [note, note, note]);
  assert.match(
    formatComparison(comparison, { markdown: true, language: "ja" }),
    /^先に終わった訓練を除く平均です: B はエポック 1 より後$/m,
  );
  const lines = formatComparisonCsv(comparison).split("\n");
  const counts = [1, 2, 3].map((epoch) =>
    lines.find((line) => line.startsWith(`curve,train_loss,${epoch},1,`))?.split(",")[7]
  );
  assert.deepEqual(counts, ["3", "2", "1"]);
  assert.doesNotMatch(formatComparison(compareTrials([a, a])), /fewer/);
});

Deno.test("comparison.csv has each value in a row of its own", () => {
  const lines = formatComparisonCsv(compareTrials([
    compared("a", [0.9, 0.92]),
    compared("b, c", [0.5, 0.6], { settings: { "model.hidden": [] } }),
  ])).trimEnd().split("\n");
  assert.equal(lines[0], "kind,name,epoch,index,trial,value,sd,n,change,change_low,change_high");
  assert.equal(lines.length, 1 + 3 * 3 * 2 + 5 * 2 + 3 * 2);
  assert.ok(lines.includes("setting,model.hidden,,0,a,[100],,,,,"));
  assert.ok(lines.includes('setting,model.hidden,,1,"b, c",[],,,,,'));
  assert.ok(lines.includes('setting,train.learning_rate,,1,"b, c",,,,,,'));
  assert.ok(lines.includes("curve,val_loss,2,0,a,1,0,2,,,"));
  assert.ok(
    lines.some((line) => /^metric,val_accuracy,,1,"b, c",0\.55,0\.0707\d+,2,-0\.3[56]\d*,/.test(line)),
  );
});

Deno.test("compareTrials() refuses a single trial", () => {
  assert.throws(() => compareTrials([compared("a", [0.9])]), {
    name: "RangeError",
    message: "Cannot compare: trials must be 2 or more, found 1",
  });
});

Deno.test("sparkline() spreads values over eight bars, by their ratio on a logarithmic scale", () => {
  assert.equal(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8], { low: 0, high: 8 }), "▁▂▃▄▅▆▇██");
  assert.equal(sparkline([1, 2.1, 4.1, 8.1, 256], { low: 1, high: 256, log: true }), "▁▂▃▄█");
  assert.equal(sparkline([5, null, 5], { low: 5, high: 5 }), "▁ ▁");
});

Deno.test("evenIndices() keeps the first and the last", () => {
  assert.deepEqual(evenIndices(3, 5), [0, 1, 2]);
  assert.deepEqual(evenIndices(10, 4), [0, 3, 6, 9]);
});

Deno.test("textTable() aligns columns and ends lines without blanks", () => {
  assert.equal(
    textTable([{ title: "a" }, { title: "n", align: "right" }, { title: "x" }], [["±", "10", ""], [
      "long",
      "1",
      "y",
    ]]),
    "a      n  x\n±     10\nlong   1  y\n",
  );
  assert.throws(() => textTable([{ title: "a" }], [[]]), {
    name: "TypeError",
    message: "Cannot write a table: each row must have 1 cells, found 0",
  });
});

Deno.test("that a trial keeps its best weights is told by those of its runs that ended ok", () => {
  const stopping = { patience: 5, min_delta: 0, restore_best: true };
  const of = (early_stopping: typeof stopping | null, row = runRow) => ({
    runs: [row({ early_stopping } as never)],
  });
  const keeps = (...trials: Partial<ComparedTrial>[]) =>
    compareTrials(trials.map((changes, i) => compared(`${i}`, [], changes))).keeps_best;
  assert.equal(keeps(of(null), of(null)), false);
  assert.equal(keeps(of(null), of(stopping)), true);
  assert.equal(keeps(of({ ...stopping, restore_best: false }), of(null)), false);
  assert.equal(keeps(of(null), of(stopping, divergedRow)), false);
});
