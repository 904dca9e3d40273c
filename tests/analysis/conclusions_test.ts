import assert from "node:assert/strict";
import { conclude, type Conclusions, summaryRows, trialStatistics } from "../../src/analysis/conclusions.ts";
import { isBeyondChance } from "../../src/metrics/intervals.ts";
import { idleRuns } from "../../src/analysis/idle_runs.ts";
import { type Objective, rankTrials } from "../../src/analysis/ranking.ts";
import { formatResults, parseResults, type RunRow } from "../../src/tables/results_csv.ts";
import { formatSummary, parseSummary } from "../../src/tables/summary_csv.ts";
import { METRIC, type Metric } from "../../src/tables/metrics.ts";
import { RandomState } from "../../src/random/random_state.ts";
import goldens from "../fixtures/statistics.json" with { type: "json" };
import { divergedRow, runRow } from "../tables/run_rows.ts";

const ACCURACY: Objective = { metric: "val_accuracy", goal: "maximize" };

/** Rows of trials 0, 1, ..., each with its accuracies of seeds 0, 1, ... */
function rowsOf(...accuracies: number[][]): RunRow[] {
  return accuracies.flatMap((values, trial) =>
    values.map((val_accuracy, seed) => runRow({ trial, seed, val_accuracy }))
  );
}

function concludeAll(rows: RunRow[], options: {
  objective?: Objective;
  parameters?: Record<string, unknown>[];
  validationImages?: number;
  ranges?: Record<string, [number, number]>;
} = {}): Conclusions {
  const { objective = ACCURACY, parameters = [], validationImages, ranges } = options;
  const trials = parameters.map((set, trial) => ({ trial, parameters: set }));
  return conclude({ rows, trials, objective, validationImages, ranges });
}

Deno.test("the difference to the best trial is paired over seeds, with SciPy's interval", () => {
  // Computed by scipy.stats.t.interval on the differences: see tests/fixtures/statistics.py.
  for (const { a, b, mean, low, high, p } of goldens.samples) {
    const [better, other, sign] = mean > 0 ? [a, b, -1] : [b, a, 1];
    // Another order of the rows changes nothing: pairs are by seed.
    const { best, trials } = concludeAll(rowsOf(better, other).reverse());
    assert.equal(best, 0);
    const [{ verdict: first, difference: none }, { difference, verdict }] = trials;
    assert.deepEqual([first, none], ["best", null]);
    assert.ok(difference !== null && difference.low !== null && difference.high !== null);
    const [from, to] = sign > 0 ? [low, high] : [-high, -low];
    assert.equal(difference.n, a.length);
    assert.ok(Math.abs(difference.low - from) < 1e-9 && Math.abs(difference.high - to) < 1e-9);
    assert.equal(verdict, p < 0.05 ? "worse" : "not_distinguishable");
  }
});

Deno.test("of equal trials one is called worse in at most one of twenty sweeps, however many there are", () => {
  const random = new RandomState(0);
  // Each seed makes all trials a little better or worse, and each run comes out by chance on 1,000 images.
  const sweep = (trials: number, seeds: number) => {
    const shared = Array.from({ length: seeds }, () => 0.004 * random.standardNormal());
    const run = (ofSeed: number) =>
      Math.round(1000 * (0.93 + ofSeed + 0.009 * random.standardNormal())) / 1000;
    return rowsOf(...Array.from({ length: trials }, () => shared.map(run)));
  };
  for (const trials of [4, 9, 27]) {
    for (const seeds of [3, 5, 10]) {
      const count = 300;
      let [wrong, apart] = [0, 0];
      for (let i = 0; i < count; i++) {
        const concluded = concludeAll(sweep(trials, seeds)).trials;
        wrong += Number(concluded.some(({ verdict }) => verdict === "worse"));
        apart += Number(
          concluded.some(({ difference }) => difference !== null && isBeyondChance(difference)),
        );
      }
      assert.ok(wrong <= 0.05 * count, `${trials} trials, ${seeds} seeds: ${wrong} of ${count}`);
      // Each interval by itself leaves zero out far more often, as the best was chosen.
      assert.ok(apart > 0.1 * count, `${trials} trials, ${seeds} seeds: ${apart} of ${count}`);
    }
  }
});

Deno.test("a trial that is much worse is called so among many, and one whose interval leaves zero out is not for that", () => {
  const near = Array.from({ length: 8 }, (_, i) => [0.95, 0.94, 0.96, 0.95 - i / 1000, 0.94]);
  const { ranked, trials } = concludeAll(rowsOf(...near, [0.1, 0.12, 0.09, 0.11, 0.1]));
  assert.deepEqual([ranked, trials.at(-1)?.verdict], [9, "worse"]);
  // scipy.stats.ttest_1samp gives the differences p = 0.0026: below 0.05 of one pair, above 0.05 / 120.
  const sample = [0.9, 0.91, 0.92, 0.9, 0.92];
  const differences = [-0.01, -0.02, -0.01, -0.015, -0.02];
  const below = sample.map((value, i) => value + differences[i]);
  assert.equal(concludeAll(rowsOf(sample, below)).trials[1].verdict, "worse");
  const among = concludeAll(
    rowsOf(sample, below, ...Array.from({ length: 14 }, () => [0.1, 0.2, 0.3, 0.1, 0.2])),
  );
  assert.equal(among.trials[1].verdict, "uncertain");
  assert.ok((among.trials[1].difference?.high ?? 0) < 0);
});

Deno.test("only seeds with which both trials ended ok are paired", () => {
  const rows = [
    ...rowsOf([0.9, 0.95, 0.92], [0.89, 0.93, 0.9]),
    divergedRow({ trial: 1, seed: 3 }),
    runRow({ trial: 0, seed: 3, val_accuracy: 0.1 }),
  ];
  const objective = { metric: "val_accuracy", goal: "maximize" } as const;
  const { trials } = concludeAll(rows, { objective });
  const other = trials.find(({ trial }) => trial === 1);
  assert.equal(other?.difference?.n, 3);
  const ranked = rankTrials(rows, objective).find(({ trial }) => trial === 1)!;
  assert.deepEqual([other?.runs, other?.ok, trialStatistics(ranked, "val_accuracy").n], [4, 3, 3]);
});

Deno.test("a trial that ranks behind for a run that diverged, and is better where it did not, is not called worse", () => {
  const rows = [
    ...rowsOf([0.9, 0.91, 0.92, 0.9], [0.95, 0.96, 0.98]),
    divergedRow({ trial: 1, seed: 3 }),
  ];
  const { trials } = concludeAll(rows);
  assert.deepEqual(trials.map(({ trial, verdict }) => [trial, verdict]), [[0, "best"], [1, "better"]]);
  const losses = rows.map((row) => ({
    ...row,
    val_loss: row.val_accuracy === null ? null : 1 - row.val_accuracy,
  }));
  const byLoss = concludeAll(losses, { objective: { metric: "val_loss", goal: "minimize" } });
  assert.deepEqual(byLoss.trials.map(({ verdict }) => verdict), ["best", "better"]);
});

Deno.test("one seed has no interval, and equal trials are not distinguishable from the best", () => {
  const one = concludeAll(rowsOf([0.9], [0.8]));
  assert.deepEqual(one.trials.map(({ verdict }) => verdict), ["best", "unknown"]);
  assert.deepEqual(one.warnings, [{ kind: "single_seed" }]);
  const equal = concludeAll(rowsOf([0.9, 0.91], [0.9, 0.91]));
  assert.deepEqual(equal.trials.map(({ verdict }) => verdict), ["best", "not_distinguishable"]);
  // One image of forty with each of two seeds: that the difference has no spread is no sign that it is none of chance.
  const constant = concludeAll(rowsOf([0.9, 0.925], [0.875, 0.9]));
  assert.equal(constant.trials[1].verdict, "unknown");
  assert.equal(constant.trials[1].difference?.low, null);
});

Deno.test("without a value there is no best trial, and without one of its own a trial has no result", () => {
  assert.deepEqual(concludeAll([divergedRow(), divergedRow({ trial: 1 })]).best, null);
  const { best, trials } = concludeAll([divergedRow(), ...rowsOf([], [0.9, 0.8])]);
  assert.equal(best, 1);
  assert.deepEqual(trials.map(({ trial, verdict, rank }) => [trial, verdict, rank]), [[1, "best", 1], [
    0,
    "no_result",
    null,
  ]]);
});

Deno.test("trials that halving stopped earlier come after those that got further, and are not compared", () => {
  const rows = [
    runRow({ trial: 0, epochs: 1, val_accuracy: 0.99 }),
    runRow({ trial: 1, epochs: 9, val_accuracy: 0.9 }),
    runRow({ trial: 2, epochs: 9, val_accuracy: 0.95 }),
    divergedRow({ trial: 3, epochs: 9 }),
  ];
  const { trials } = concludeAll(rows, { objective: { ...ACCURACY, by_epochs: true } });
  assert.deepEqual(trials.map(({ trial, verdict }) => [trial, verdict]), [
    [2, "best"],
    [1, "unknown"],
    [0, "eliminated"],
    [3, "no_result"],
  ]);
});

Deno.test("a best value at the edge of what was tried is told, of numbers and of single layers alone", () => {
  const parameters = [
    { "train.learning_rate": 0.1, "model.hidden": [50], "model.activation": "tanh", "train.batch_size": 10 },
    { "train.learning_rate": 0.5, "model.hidden": [100], "model.activation": "relu", "train.batch_size": 10 },
    { "train.learning_rate": 1, "model.hidden": [70], "model.activation": "tanh", "train.batch_size": 10 },
  ];
  const edges = (accuracies: number[], sets = parameters as Record<string, unknown>[]) =>
    concludeAll(rowsOf(...accuracies.map((value) => [value, value + 0.001])), { parameters: sets })
      .warnings.filter(({ kind }) => kind === "edge");
  assert.deepEqual(edges([0.7, 0.8, 0.9]), [
    { kind: "edge", path: "train.learning_rate", value: 1, end: "highest", values: 3 },
  ]);
  assert.deepEqual(edges([0.9, 0.8, 0.7]), [
    { kind: "edge", path: "train.learning_rate", value: 0.1, end: "lowest", values: 3 },
    { kind: "edge", path: "model.hidden", value: 50, end: "lowest", values: 3 },
  ]);
  const deep = parameters.map((set) => ({ ...set, "model.hidden": [...set["model.hidden"], 30] }));
  assert.deepEqual(edges([0.8, 0.9, 0.7], deep), []);
  // Of two values one is always at an edge.
  const two = [{ "train.learning_rate": 0.1 }, { "train.learning_rate": 0.5 }];
  assert.deepEqual(edges([0.7, 0.8], two), [
    { kind: "edge", path: "train.learning_rate", value: 0.5, end: "highest", values: 2 },
  ]);
  const one = two.map(() => ({ "train.learning_rate": 0.1 }));
  assert.deepEqual(edges([0.7, 0.8], one), []);
  // The first of equally good ones is the best by its number only.
  assert.deepEqual(edges([0.9, 0.9, 0.7]), []);
  assert.deepEqual(edges([0.9, 0.9, 0.9]), []);
});

Deno.test("a drawn value is at an edge only where it is an end of the range that it was drawn from", () => {
  const path = "train.learning_rate";
  const edges = (rates: number[], range?: [number, number], name = path) =>
    concludeAll(rowsOf([0.7, 0.701], [0.8, 0.801], [0.9, 0.901]), {
      parameters: rates.map((rate) => ({ [name]: rate })),
      ...range && { ranges: { [name]: range } },
    }).warnings.filter(({ kind }) => kind === "edge");
  assert.deepEqual(edges([0.01, 0.02, 0.10547751863958524], [0.001, 1]), []);
  // Also where only the table is known.
  assert.deepEqual(edges([0.01, 0.02, 0.10547751863958524]), []);
  assert.deepEqual(edges([0.10547751863958524, 0.02, 0.01]), []);
  const end = { kind: "edge", path, value: 1, end: "highest", values: 3, range: [0.001, 1] };
  assert.deepEqual(edges([0.01, 0.02, 1], [0.001, 1]), [end]);
  assert.deepEqual(edges([0.01, 0.02, 0.001], [0.001, 1]), [{ ...end, value: 0.001, end: "lowest" }]);
  // It is the least of those drawn, but not of the range.
  assert.deepEqual(edges([40, 50, 30], [10, 60], "train.batch_size"), []);
});

Deno.test("no better values are said to lie where a setting has none", () => {
  const edges = (path: string, values: (number | number[])[]) =>
    concludeAll(rowsOf([0.7, 0.701], [0.9, 0.901]), {
      parameters: values.map((value) => ({ [path]: value })),
    })
      .warnings.filter(({ kind }) => kind === "edge").length;
  assert.equal(edges("train.dropout", [0.2, 0]), 0);
  assert.equal(edges("dropout", [0.2, 0]), 0);
  assert.equal(edges("train.dropout", [0, 0.2]), 1);
  assert.equal(edges("train.batch_size", [10, 1]), 0);
  assert.equal(edges("train.batch_size", [10, 2]), 1);
  assert.equal(edges("train.batch_size", [10, 1024]), 0);
  assert.equal(edges("model.hidden", [[10], [1]]), 0);
  assert.equal(edges("model.hidden", [[10], [20]]), 1);
  assert.equal(edges("train.learning_rate", [0.1, 0.001]), 1);
});

Deno.test("a trial is as good as the best only where as many of as many runs ended ok", () => {
  const parameters = [{ "train.learning_rate": 0.1 }, { "train.learning_rate": 0.5 }];
  const edge = (rows: RunRow[]) =>
    concludeAll(rows, { parameters }).warnings.filter(({ kind }) => kind === "edge").length;
  const same = rowsOf([0.9, 0.91], [0.9, 0.91]);
  assert.equal(edge(same), 0);
  // The same mean, and one run besides that diverged or failed.
  assert.equal(edge([...same, divergedRow({ trial: 1, seed: 2 })]), 1);
  // The same mean of one run.
  assert.equal(edge([...rowsOf([0.9, 0.9]), runRow({ trial: 1, val_accuracy: 0.9 })]), 1);
  assert.equal(
    edge([
      ...rowsOf([0.9, 0.9, 0.9]),
      divergedRow({ trial: 0, seed: 3 }),
      ...[0, 1].map((seed) => runRow({ trial: 1, seed, val_accuracy: 0.9 })),
      ...[2, 3].map((seed) => divergedRow({ trial: 1, seed })),
    ]),
    1,
  );
});

Deno.test("a trial whose runs go on is not eliminated: nobody can tell yet", () => {
  const rows = [runRow({ epochs: 9 }), runRow({ trial: 1, epochs: 3 }), runRow({ trial: 2, epochs: 1 })];
  const verdicts = (underWay = new Set<number>()) =>
    conclude({ rows, trials: [], objective: { ...ACCURACY, by_epochs: true }, underWay }).trials
      .map(({ trial, verdict }) => [trial, verdict]);
  assert.deepEqual(verdicts(), [[0, "best"], [1, "eliminated"], [2, "eliminated"]]);
  assert.deepEqual(verdicts(new Set([0, 1])), [[0, "best"], [1, "unknown"], [2, "eliminated"]]);
});

Deno.test("seeds that differ more than trials do are told, and a choice by a test metric", () => {
  const loud = concludeAll(rowsOf([0.8, 0.95], [0.82, 0.94]));
  assert.deepEqual(loud.warnings.map(({ kind }) => kind), ["seed_spread"]);
  const [warning] = loud.warnings;
  assert.ok(warning.kind === "seed_spread");
  // What seed 0 and seed 1 do to both is left out: four residuals of 0.0075, of one degree; between means 0.875 and 0.88.
  assert.ok(Math.abs(warning.seeds - 0.015) < 1e-12);
  assert.ok(Math.abs(warning.trials - 0.005 / Math.SQRT2) < 1e-12);
  assert.deepEqual(concludeAll(rowsOf([0.9, 0.91], [0.8, 0.81])).warnings, []);
  // Seeds that make all trials alike better or worse are no such sign: the second is worse with each.
  const paired = concludeAll(rowsOf([0.6, 0.7, 0.8, 0.9], [0.59, 0.691, 0.789, 0.89]));
  assert.deepEqual([paired.trials[1].verdict, paired.warnings], ["worse", []]);
  // Nor where a trial is worse beyond chance though others spread widely over the seeds.
  const worse = concludeAll(rowsOf([0.8, 0.6, 0.9, 0.7], [0.79, 0.591, 0.889, 0.69], [0.6, 0.9, 0.5, 0.99]));
  assert.deepEqual(worse.trials.map(({ trial, verdict }) => [trial, verdict]).at(-1), [1, "worse"]);
  assert.deepEqual(worse.warnings, []);
  const chosen = concludeAll(rowsOf([0.9, 0.91]), {
    objective: { metric: "test_accuracy", goal: "maximize" },
  });
  assert.deepEqual(chosen.warnings, [{ kind: "test_metric", metric: "test_accuracy" }]);
});

Deno.test("a trial that halving stopped says nothing of how far seeds or trials spread", () => {
  const finals = rowsOf([0.8, 0.95], [0.82, 0.94]).map((row) => ({ ...row, epochs: 9 }));
  const spread = (rows: RunRow[]) =>
    concludeAll(rows, { objective: { ...ACCURACY, by_epochs: true } }).warnings
      .filter(({ kind }) => kind === "seed_spread");
  // Far below the others, it would make trials differ more than seeds do; of one seed each, it has no spread of its own.
  const stopped = runRow({ trial: 2, epochs: 1, val_accuracy: 0.1 });
  assert.equal(spread(finals).length, 1);
  assert.deepEqual(spread([...finals, stopped]), spread(finals));
});

Deno.test("summary.csv has a row a trial, reads back, and knows no time", () => {
  const rows = [
    ...rowsOf([0.9, 0.95], [0.8, 0.84]),
    divergedRow({ trial: 2, seed: 0, hidden: [] }),
    divergedRow({ trial: 2, seed: 1, hidden: [] }),
  ];
  const text = formatSummary(summaryRows(concludeAll(rows), rows));
  assert.equal(
    text.split("\n")[0],
    "trial,rank,hidden,activation,init,sigma,bias,epochs,batch_size,learning_rate,optimizer,reduction,shuffle,runs,n," +
      ["train_loss", "val_loss", "val_accuracy", "test_loss", "test_accuracy"]
        .flatMap((metric) => ["mean", "sd", "min", "max"].map((statistic) => `${metric}_${statistic}`))
        .join() +
      ",difference,difference_low,difference_high,learned",
  );
  const [best, other, diverged] = parseSummary(text);
  assert.deepEqual([best.rank, best.n, best.val_accuracy_mean, best.difference], [1, 2, 0.925, null]);
  assert.ok(Math.abs((best.val_accuracy_sd ?? 0) - 0.05 / Math.SQRT2) < 1e-12);
  assert.deepEqual([other.rank, other.val_accuracy_min, other.val_accuracy_max], [2, 0.8, 0.84]);
  assert.ok(Math.abs((other.difference ?? 0) + 0.105) < 1e-12);
  // 12.706 x 0.005 about the mean.
  assert.ok(Math.abs((other.difference_low ?? 0) - (-0.105 - 12.7062047364 * 0.005)) < 1e-9);
  assert.deepEqual([diverged.rank, diverged.runs, diverged.n, diverged.val_loss_mean], [null, 2, 0, null]);
  assert.deepEqual(diverged.hidden, []);
  assert.doesNotMatch(text, /seconds|time/);
});

Deno.test("layer sizes are 12x5 in summary.csv, which a spreadsheet takes for no date, 12-5 in results.csv, and both are read", () => {
  const rows = [
    runRow({ hidden: [12, 5] }),
    runRow({ trial: 1, hidden: [] }),
    runRow({ trial: 2, hidden: [3, 2, 1] }),
  ];
  const text = formatSummary(summaryRows(concludeAll(rows), rows));
  const cells = text.split("\n").slice(1, 4).map((line) => line.split(",")[2]);
  assert.deepEqual(cells, ["12x5", "", "3x2x1"]);
  assert.deepEqual(parseSummary(text).map(({ hidden }) => hidden), [[12, 5], [], [3, 2, 1]]);
  const older = text.replace("12x5", "12-5").replace("3x2x1", "3-2-1");
  assert.deepEqual(parseSummary(older), parseSummary(text));
  const results = formatResults(rows);
  assert.match(results, /^0,0,ok,12-5,/m);
  assert.deepEqual(parseResults(results), rows);
  assert.deepEqual(parseResults(results.replace("12-5", "12x5")), rows);
  assert.throws(
    () => parseResults(results.replace("3-2-1", "3-2x1")),
    /hidden must be sizes of 1 or more joined by -/,
  );
  assert.throws(() => parseResults(results.replace("12-5", "5-Dec")), /found "5-Dec"$/);
});

Deno.test("summary.csv counts the runs that learned something, and an older one without that column is read", () => {
  const rows = rowsOf([0.9, 0.95], [0.8, 0.84]).map((row) => ({
    ...row,
    test_accuracy: row.trial === 1 && row.seed === 0 ? 0.12 : 0.8,
  }));
  const text = formatSummary(summaryRows(concludeAll(rows), rows, { images: 1000, right: 110 }));
  assert.deepEqual(parseSummary(text).map(({ n, learned }) => [n, learned]), [[2, 2], [2, 1]]);
  const older = text.replaceAll(/,[^,]*$/gm, "");
  assert.deepEqual(parseSummary(older).map(({ learned }) => learned), [null, null]);
});

Deno.test("of how many images an accuracy is right is counted without rounding one of them away", () => {
  // 0.58 x 100 is 57.99999999999999. Of 45 in 100 guessed right, 58 are the fewest of which scipy.stats.binomtest(k, 100, 0.45, "greater")
  // has a p of 0.01 at most: 0.0061, of 57 0.0106.
  assert.notEqual(0.58 * 100, 58);
  const rows = [0.57, 0.58].map((test_accuracy, trial) => runRow({ trial, test_accuracy }));
  assert.deepEqual(idleRuns(rows, { images: 100, right: 45 }).map(({ trial }) => trial), [0]);
});

Deno.test("where few images validate, what chance makes of two accuracies is said", () => {
  const rows = rowsOf([0.9, 0.92], [0.8, 0.82]);
  const of = (validationImages: number, metric: Metric = "val_accuracy") =>
    concludeAll(rows, { validationImages, objective: { metric, goal: METRIC[metric].goal } }).warnings
      .find(({ kind }) => kind === "few_images");
  // 1.96 sqrt(2 p (1 - p) / 124) + 1 / 120 of p = (0.91 x 120 + 2) / 124.
  const warning = of(120);
  assert.ok(warning?.kind === "few_images");
  assert.ok(Math.abs(warning.difference - 0.0840682095) < 1e-9, `${warning.difference}`);
  assert.equal(of(200), undefined);
  assert.equal(of(120, "test_accuracy"), undefined);
  assert.equal(concludeAll(rows).warnings.length, 0);
  // Accuracies are no more than 1 apart.
  assert.deepEqual(of(1), { kind: "few_images", images: 1, difference: 1 });
});

Deno.test("two networks of the same accuracy come out further apart than said in about one of twenty cases", () => {
  const random = new RandomState(0);
  const [images, accuracy] = [120, 0.9];
  const measured = () => {
    let right = 0;
    for (let i = 0; i < images; i++) right += Number(random.random() < accuracy);
    return right / images;
  };
  let further = 0;
  for (let i = 0; i < 4000; i++) {
    const [a, b] = [measured(), measured()];
    const [warning] = concludeAll(rowsOf([a, a], [b, b]), { validationImages: images }).warnings;
    assert.ok(warning.kind === "few_images");
    if (Math.abs(a - b) > warning.difference) further++;
  }
  assert.ok(further > 0.03 * 4000 && further < 0.07 * 4000, `${further}`);
});

Deno.test("summaryRows() refuses trials without rows", () => {
  assert.throws(() => summaryRows(concludeAll(rowsOf([0.9])), []), {
    name: "RangeError",
    message: "Cannot format summary.csv: trial 0 must have a row, found none",
  });
});
