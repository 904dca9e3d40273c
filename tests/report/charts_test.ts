import assert from "node:assert/strict";
import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { epochDomain, epochTicks, linearTicks, logTicks, lossScale } from "../../src/report/charts/scales.ts";
import { inColours, THEMES } from "../../src/report/charts/palette.ts";
import { renderSvg } from "../../src/report/charts/render_svg.ts";
import { trialCurves } from "../../src/analysis/curves.ts";
import { type FigureName, reportFigures } from "../../src/report/figures.ts";
import type { EpochRow } from "../../src/tables/history_csv.ts";
import { type ReportInput, reportModel } from "../../src/report/report_model.ts";
import { chartScripts } from "../../pipeline/report/chart_scripts.ts";
import { MAX_NAMED } from "../../src/report/charts/curves_figure.ts";
import { renderReport } from "../../src/report/render_report.ts";
import { curveNotes, curveSet } from "../../src/report/sections/curve_data.ts";
import { CHARTS_HERE } from "./charts_here.ts";
import { effectCharts } from "../../src/report/sections/effect_charts.ts";
import { sample } from "../../src/analysis/lists.ts";
import { divergedRow, runRow } from "../tables/run_rows.ts";
import { allEpochsOf, diagnosticsRows, sampleHistory, sampleReport, sampleRows } from "./sample_report.ts";

async function draw(name: FigureName, changes: Partial<ReportInput> = {}): Promise<string> {
  const figure = new Map(reportFigures(reportModel(sampleReport(changes)))).get(name);
  assert.ok(figure && "chart" in figure, `no ${name}`);
  return await renderSvg(figure.chart);
}

/** Marks of a kind that are stroked or filled with a colour. */
function marks(svg: string, kind: "line" | "symbol" | "area", colour: string): number {
  const groups = svg.match(new RegExp(`<g class="mark-${kind} role-mark[^>]*>.*?</g>`, "gs")) ?? [];
  return groups.join("").split(`${kind === "line" ? "stroke" : "fill"}="${colour}"`).length - 1;
}

/** Where the points of each unbroken stroke in grey lie, from the left. */
function greyStrokes(svg: string): number[][] {
  const lines = svg.matchAll(
    new RegExp(`<path [^>]*d="([^"]*)"[^>]*stroke="${muted}" stroke-width="1"`, "g"),
  );
  return Array.from(lines).flatMap(([, d]) => d.split("M").slice(1))
    .map((stroke) => stroke.split("L").map((point) => Number(point.split(",")[0])));
}

/** The symbols of legends. */
function legendSymbols(svg: string): string[] {
  const groups = svg.matchAll(/<g class="mark-symbol role-legend-symbol"[^>]*>(.*?)<\/g>/gs);
  return Array.from(groups, ([, symbols]) => symbols).filter((symbols) => symbols !== "");
}

function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
}

const { c0, c1, muted, bad } = THEMES.light;

Deno.test("the same figure gives the same bytes, whatever was drawn before or at the same time", async () => {
  const first = await draw("learning_curves.svg");
  const [second, other, third] = await Promise.all([
    draw("learning_curves.svg"),
    draw("effects.svg"),
    draw("learning_curves.svg"),
  ]);
  assert.equal(second, first);
  assert.equal(third, first);
  assert.notEqual(other, first);
});

Deno.test("charts are made before pictures: another thread draws them meanwhile", () => {
  const kinds = Array.from(reportFigures(reportModel(sampleReport())), ([, figure]) => "chart" in figure);
  assert.ok(kinds.includes(true) && kinds.includes(false));
  assert.equal(kinds.lastIndexOf(true) + 1, kinds.indexOf(false));
});

Deno.test("every figure of a report is drawn, in light colours, with positions of hundredths and no script", async () => {
  const figures = new Map(reportFigures(reportModel(sampleReport())));
  const names = [...figures.keys()].sort();
  assert.deepEqual(names, [
    "confusion_matrix.svg",
    "diagnostics.svg",
    "effects.svg",
    "first_layer.png",
    "learning_curves.svg",
    "misclassified.svg",
    "parameters.svg",
  ]);
  for (const [name, figure] of figures) {
    if (!("chart" in figure)) continue;
    const svg = await renderSvg(figure.chart);
    assert.doesNotMatch(svg, /(?<= (?:d|transform|x2|y2)="[^"]*)\d\.\d{3}/, name);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity|token:|<script|<image|href=/, name);
    assert.match(svg, /<rect [^>]*fill="#ffffff"/, name);
    assert.ok(Number(svg.match(/^<svg [^>]*width="([\d.]+)"/)?.[1]) < 860, name);
  }
});

Deno.test("code that Vega makes draws what its interpreter draws, and nothing that people call things gets into it", async () => {
  const hostile = [
    `");leaked();("`,
    "');leaked();//",
    "\\",
    "\u2028",
    "${leaked()}",
    "datum['x']",
    "__proto__",
  ];
  let leaks = 0;
  Object.assign(globalThis, { leaked: () => leaks++ });
  const input = sampleReport();
  const images = { train: 1, test: 1, features: 1, classes: 10, class_names: hostile };
  const trials = hostile.map((text, trial) => ({
    trial,
    parameters: { "model.activation": text, [text]: trial },
  }));
  const interpreted = async (spec: TopLevelSpec) => {
    const runtime = parse(inColours(compile(spec).spec, THEMES.light), undefined, { ast: true });
    const view = new View(runtime, { renderer: "none", expr: expressionInterpreter });
    return await view.toSVG().finally(() => view.finalize());
  };
  // As renderSvg() writes it.
  const rounded = (svg: string) =>
    svg.trim().replaceAll(/-?\d+\.\d+(e-\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100))
      .replaceAll(/\b(clip|gradient_)\d+/g, "$1");
  let [drawn, named] = [0, 0];
  for (
    const changes of [{}, { images }, {
      images,
      trials,
      rows: input.rows.filter(({ trial }) => trial < 7),
    }]
  ) {
    const figures = reportFigures(reportModel(sampleReport({ ...changes, dataset: undefined })));
    for (const [name, figure] of figures) {
      if (!("chart" in figure)) continue;
      const svg = await renderSvg(figure.chart);
      assert.equal(rounded(svg), rounded(await interpreted(figure.chart)), name);
      if (svg.includes("leaked")) named++;
      drawn++;
    }
  }
  Reflect.deleteProperty(globalThis, "leaked");
  assert.equal(leaks, 0);
  assert.ok(drawn > 10 && named > 3, `${named} of ${drawn}`);
});

Deno.test("the best five trials are drawn in colour and named, the rest in grey and counted", async () => {
  const svg = await draw("learning_curves.svg");
  // Training, validation, accuracy; of those in grey training is left out.
  assert.equal(marks(svg, "line", c0), 3);
  assert.equal(marks(svg, "line", c1), 3);
  const grey = greyStrokes(svg);
  assert.equal(grey.length, 2 * 11);
  // Each from its first epoch to its last, and none on to where another begins.
  for (const places of grey) {
    assert.ok(places.every((x, i) => i === 0 || x > places[i - 1]), places.join());
  }
  const drawn = texts(svg);
  assert.ok(drawn.includes("trial 12: hidden 200-100, batch size 10, learning rate 0.1"));
  assert.ok(drawn.includes("11 other trials"));
  assert.equal(drawn.filter((text) => text.startsWith("trial ")).length, 5);
});

Deno.test("a legend's strokes are drawn, in their lines' full colours, after many epochs as after one", async () => {
  const rows = sampleRows();
  for (const history of [sampleHistory(rows), sampleHistory(rows).filter(({ epoch }) => epoch === 1)]) {
    const symbols = legendSymbols(await draw("learning_curves.svg", { rows, history }));
    assert.equal(symbols.length, MAX_NAMED + 1 + 2);
    for (const symbol of symbols) assert.match(symbol, / stroke="#\w{6}"[^>]* opacity="1"/);
  }
});

Deno.test("a band goes from the lowest seed to the highest", async () => {
  assert.equal(marks(await draw("learning_curves.svg"), "area", c0), 2);
  const rows = sampleRows().filter(({ seed }) => seed === 0);
  assert.equal(
    marks(await draw("learning_curves.svg", { rows, history: sampleHistory(rows) }), "area", c0),
    0,
  );
});

Deno.test("a trial that diverged is a cross at the top of the losses, in its colour, also where nothing else is left of it", async () => {
  const rows = [runRow({ trial: 0 }), divergedRow({ trial: 1, learning_rate: 9 })];
  const crossesOf = async (history: EpochRow[], sampled = rows) => {
    const svg = await draw("learning_curves.svg", { rows: sampled, history });
    const shapes = svg.match(/<path [^>]*translate\([\d.]+,7\)[^>]*>/g) ?? [];
    return shapes.map((shape) => shape.match(/fill="(#\w+)"/)?.[1]);
  };
  const history = sampleHistory(rows);
  assert.deepEqual(await crossesOf(history), [c1]);
  assert.deepEqual(await crossesOf(history.filter(({ trial }) => trial === 0)), [c1]);
  assert.deepEqual(await crossesOf(sampleHistory([runRow()]), [runRow()]), []);
  // One in grey is in the colour of bad news.
  const many = [...Array.from({ length: 5 }, (_, trial) => runRow({ trial })), divergedRow({ trial: 5 })];
  assert.deepEqual(await crossesOf(sampleHistory(many), many), [bad]);
  const said = texts(await draw("learning_curves.svg", { rows, history }));
  assert.equal(said.filter((text) => text.includes("a run diverged")).length, 1);
});

Deno.test("training is dashed over validation, and the accuracy stands beside, of one trial as of several", async () => {
  for (const count of [1, 3]) {
    const rows = Array.from({ length: count }, (_, trial) => runRow({ trial }));
    const svg = await draw("learning_curves.svg", { rows, history: sampleHistory(rows) });
    assert.equal(marks(svg, "line", c0), 3);
    assert.equal((svg.match(/role-mark[^>]*><path [^>]*stroke-dasharray="5,3"/g) ?? []).length, count);
    const drawn = texts(svg);
    for (const text of ["Loss", "Training loss", "Validation loss", "Validation accuracy"]) {
      assert.ok(drawn.some((each) => each.startsWith(text)), `${text}: ${drawn}`);
    }
    assert.equal(drawn.some((text) => text.startsWith("trial ")), count > 1);
  }
});

Deno.test("without validation there is one panel, of training", async () => {
  const rows = sampleRows();
  const history = sampleHistory(rows).map((row) => ({ ...row, val_loss: null, val_accuracy: null }));
  const drawn = texts(await draw("learning_curves.svg", { history }));
  assert.ok(drawn.some((text) => text.startsWith("Training loss")));
  assert.ok(!drawn.some((text) => text.startsWith("Validation loss")));
});

Deno.test("trials without a value are crosses at the edge of every effect, never left out", async () => {
  const svg = await draw("effects.svg");
  assert.equal(marks(svg, "symbol", bad), 3 * 2);
  assert.ok(["hidden", "batch size", "learning rate"].every((title) => texts(svg).includes(title)));
});

Deno.test("two swept parameters make a heat map, more make parallel axes, many numbers an axis with a range", async () => {
  const rows = sampleRows().map((row) => ({ ...row, batch_size: 10 })).filter(({ trial }) => trial % 2 === 0);
  const cells = texts(await draw("parameters.svg", { rows }));
  assert.ok(cells.includes("96.10%") && cells.includes("\u2715"), cells.join());
  const parallel = await draw("parameters.svg");
  assert.ok(texts(parallel).includes("validation accuracy"));
  // By the metric, from the worst to the best; the two trials without a value in grey, ending at crosses.
  assert.equal(marks(parallel, "line", THEMES.light.muted), 2);
  assert.equal(marks(parallel, "symbol", bad), 1);
  assert.ok(
    marks(parallel, "line", "rgb(61, 43, 158)") > 0 && marks(parallel, "line", "rgb(184, 122, 0)") > 0,
  );
  const random = Array.from(
    { length: 40 },
    (_, trial) => runRow({ trial, learning_rate: 10 ** (-trial / 10) }),
  );
  const range = texts(await draw("effects.svg", { rows: random }));
  assert.ok(range.includes("0.001") && range.includes("1"), range.join());
});

Deno.test("what a chart draws as levels is levels in the table, and what it draws along a range is quarters there", () => {
  for (const count of [10, 11]) {
    const rows = Array.from(
      { length: count },
      (_, trial) => runRow({ trial, learning_rate: (trial + 1) / 100 }),
    );
    const charts = effectCharts(reportModel(sampleReport({ rows, history: [] })));
    assert.equal(charts?.axes[0].levels?.length, count === 10 ? 10 : undefined);
    assert.equal(charts?.means[0].length, count === 10 ? 10 : 4);
  }
});

Deno.test("each run's legend in the figure of layers has the layers of that run, and no other", async () => {
  const rows = [runRow({ val_accuracy: 0.9 }), runRow({ trial: 1, hidden: [8, 4], val_accuracy: 0.8 })];
  const shallow = diagnosticsRows();
  const deep = shallow.flatMap((row) => row.layer === 1 ? [row] : [row, { ...row, layer: 3 }]);
  const diagnostics = new Map([["0-0", allEpochsOf(shallow)], ["1-0", allEpochsOf(deep)]]);
  const model = reportModel(sampleReport({ rows, history: [], diagnostics }));
  const figure = new Map(reportFigures(model)).get("diagnostics.svg");
  const svg = figure && "chart" in figure ? await renderSvg(figure.chart) : "";
  const counts = ["hidden 1", "hidden 2", "hidden 3", "output"].map((name) =>
    texts(svg).filter((text) => text === name).length
  );
  // Two panels a run.
  assert.deepEqual(counts, [4, 2, 0, 4]);
});

Deno.test("the confusion matrix shows counts and rates", async () => {
  const drawn = texts(await draw("confusion_matrix.svg"));
  assert.equal(drawn.filter((text) => text === "50%").length, 2);
  assert.equal(drawn.filter((text) => text === "100%").length, 2);
  assert.ok(drawn.includes("predicted class") && drawn.includes("true class"));
});

Deno.test("curves are means over the seeds that are finite", () => {
  const row = (epoch: number, loss: number, seed = 0): EpochRow => ({
    trial: 4,
    seed,
    epoch,
    train_loss: loss,
    val_loss: loss,
    val_accuracy: null,
    learning_rate: null,
  });
  const history = [row(2, 3), row(1, 2), row(1, 6, 1), row(3, 1)];
  const rows = [runRow({ trial: 4 }), divergedRow({ trial: 4, seed: 1 })];
  const curves = trialCurves({ history, rows }, new Set([4])).get(4);
  assert.deepEqual(curves?.train_loss, [
    { epoch: 1, mean: 4, low: 2, high: 6, runs: 2 },
    { epoch: 2, mean: 3, low: 3, high: 3, runs: 1 },
    { epoch: 3, mean: 1, low: 1, high: 1, runs: 1 },
  ]);
  assert.deepEqual(curves?.val_accuracy, []);
  assert.equal(curves?.brokenAt, 2);
});

Deno.test("a sample is even and has the first and the last", () => {
  const items = Array.from({ length: 1000 }, (_, i) => i);
  assert.deepEqual(sample(items, 4), [0, 333, 666, 999]);
  assert.deepEqual(sample([1, 2, 3], 3), [1, 2, 3]);
  assert.deepEqual(sample([1, 2, 3], 1), [1]);
  assert.equal(new Set(sample(items, 150)).size, 150);
});

Deno.test("both themes have every colour, and text stands out from its ground by 4.5 to 1", () => {
  assert.deepEqual(Object.keys(THEMES.dark), Object.keys(THEMES.light));
  const luminance = (hex: string) => {
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  for (const { ground, ink, soft, bad, high, onhigh, ...theme } of Object.values(THEMES)) {
    for (const text of [ink, soft, bad]) assert.ok(contrast(text, ground) >= 4.5, `${text} on ${ground}`);
    assert.ok(contrast(onhigh, high) >= 4.5);
    // Graphics: 3 to 1 (WCAG 1.4.11).
    for (const line of [theme.c0, theme.c1, theme.c2, theme.c3, theme.c4, theme.c5]) {
      assert.ok(contrast(line, ground) >= 3, `${line} on ${ground}`);
    }
  }
  assert.deepEqual(inColours({ a: ["token:ink", 1, null] }, THEMES.dark), { a: [THEMES.dark.ink, 1, null] });
});

Deno.test("the loss axis is logarithmic beyond a decade, else linear from 0", () => {
  assert.deepEqual(lossScale([0.3, 2.3], []).domain[0], 0);
  assert.equal(lossScale([0.3, 2.3], []).type, "linear");
  const wide = lossScale([0.02, 2.3], []);
  assert.equal(wide.type, "log");
  assert.deepEqual(wide.ticks, [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
});

Deno.test("one trial gone astray does not flatten the best: its losses stretch the axis tenfold at most", () => {
  const { domain } = lossScale([0.5, 1], [0.7, 9, 1e9]);
  assert.ok(domain[1] > 9 && domain[1] < 12, String(domain));
});

Deno.test("the loss axis takes losses of 0, none at all, and tiny ones", () => {
  assert.deepEqual(lossScale([], []).domain, [0, 1]);
  assert.deepEqual(lossScale([0], [0]).domain, [0, 1]);
  const zero = lossScale([0, 0.001, 2], []);
  assert.equal(zero.type, "log");
  assert.ok(zero.domain[0] > 0 && zero.domain[0] < 0.001);
  assert.deepEqual(lossScale([], [1, 2]).type, "linear");
});

Deno.test("ticks stand at round numbers, few and inside the axis", () => {
  assert.deepEqual(linearTicks(1, 6), [0, 0.2, 0.4, 0.6, 0.8]);
  assert.deepEqual(linearTicks(0.35, 6), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(linearTicks(2.4, 6), [0, 0.5, 1, 1.5, 2]);
  assert.deepEqual(logTicks(1e-7, 3), [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
  assert.deepEqual(logTicks(0.04, 2.6), [0.05, 0.1, 0.2, 0.5, 1, 2]);
  assert.deepEqual(epochTicks(1), [1]);
  assert.deepEqual(epochTicks(10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(epochTicks(60), [10, 20, 30, 40, 50, 60]);
  assert.deepEqual(epochTicks(12), [2, 4, 6, 8, 10, 12]);
  for (const last of [11, 20, 99, 100, 101, 1000, 4096]) {
    const ticks = epochTicks(last);
    assert.ok(
      ticks.length >= 4 && ticks.length <= 10 && ticks.every((tick) => tick >= 1 && tick <= last),
      `${last}`,
    );
  }
});

Deno.test("trials are said to leave the frame where a line of theirs does, by losses that are drawn", async () => {
  const rows = Array.from({ length: 8 }, (_, trial) => runRow({ trial, val_accuracy: 0.9 - trial / 100 }));
  const course = (others: (epoch: number) => Partial<EpochRow>) =>
    sampleHistory(rows).map((row) => row.trial < 5 ? row : { ...row, ...others(row.epoch) });
  const beyond = async (history: EpochRow[]) => {
    const model = reportModel(sampleReport({ rows, history }));
    const said = curveNotes(model, { set: curveSet(model, MAX_NAMED), page: false }).join(" ");
    const svg = await draw("learning_curves.svg", { rows, history });
    const first = svg.match(/<g class="mark-line role-mark[^>]*>.*?<\/g>/s)?.[0] ?? "";
    assert.ok(first.includes(`stroke="${muted}"`));
    // Upwards, y falls below 0, the frame's upper edge.
    return [/ above the frame/.test(said), /[ML][\d.]+,-/.test(first)];
  };
  const best = sampleHistory(rows).reduce((most, { val_loss }) => Math.max(most, val_loss ?? 0), 0);
  // Of grey trials no training loss is drawn.
  assert.deepEqual(await beyond(course(() => ({ train_loss: 100 * best }))), [false, false]);
  // Little more than the largest is in the frame, whether of training or not.
  assert.deepEqual(await beyond(course((epoch) => ({ val_loss: 1.02 * best / epoch }))), [false, false]);
  assert.deepEqual(await beyond(course((epoch) => ({ val_loss: epoch * 9 * best / 3 }))), [false, false]);
  assert.deepEqual(await beyond(course((epoch) => ({ val_loss: epoch * 20 * best / 3 }))), [true, true]);
});

Deno.test("of grey trials the mean over the seeds is drawn, so no other seed's loss leaves the frame", () => {
  const rows = Array.from(
    { length: 12 },
    (_, i) => runRow({ trial: i >> 1, seed: i & 1, val_accuracy: 0.9 - i / 100 }),
  );
  const history = sampleHistory(rows).map((row) =>
    row.trial < 5 ? row : { ...row, val_loss: row.seed === 0 ? 0.1 : 30 }
  );
  const model = reportModel(sampleReport({ rows, history }));
  assert.doesNotMatch(
    curveNotes(model, { set: curveSet(model, MAX_NAMED), page: false }).join(" "),
    /above the frame/,
  );
});

Deno.test("epochs on an axis begin at 0 or later, however many there are", () => {
  for (const last of [1, 2, 23, 24, 500, 100_000]) {
    const [low, high] = epochDomain(last);
    assert.ok(low >= 0 && low < 1 && high > last, `${last}: ${low}`);
  }
});

Deno.test("no chart is drawn with a warning of what draws it, of a metric on a logarithmic axis neither", async () => {
  const rows = sampleRows().map((row) => ({ ...row, val_loss: row.val_loss && row.val_loss ** 4 }));
  const input = sampleReport({ rows, objective: { metric: "val_loss", goal: "minimize" } });
  const charts = effectCharts(reportModel(input));
  assert.ok(charts !== null && charts.metric.log);
  const { warn } = console;
  const warned: unknown[] = [];
  console.warn = (...words) => void warned.push(words.join(" "));
  try {
    await renderReport(input, await chartScripts(), CHARTS_HERE);
  } finally {
    console.warn = warn;
  }
  assert.deepEqual(warned, []);
});
