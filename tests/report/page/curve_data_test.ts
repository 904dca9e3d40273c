import assert from "node:assert/strict";
import { chartScripts } from "../../../pipeline/report/chart_scripts.ts";
import { including, shareOf, valueAt, within, zoomed } from "../../../src/report/page/chart/axis.ts";
import { openLines } from "../../../src/report/page/chart/line_state.ts";
import { pointAt, type Trace, trialAt, valuesOn } from "../../../src/report/page/chart/trace.ts";
import { curvesPart } from "../../../src/report/page/curves/curves_part.ts";
import { bestPart } from "../../../src/report/page/answer/best_part.ts";
import { formatMetric, roundMetric } from "../../../src/tables/metrics.ts";
import { curveCross, curveTrace } from "../../../src/report/page/curves/curve_traces.ts";
import { converted, unitsOfEpoch, wholeAxis } from "../../../src/report/page/curves/units.ts";
import { accuracyAxis, lossAxis } from "../../../src/report/page/curves/value_axes.ts";
import { renderReport } from "../../../src/report/render_report.ts";
import { reportModel } from "../../../src/report/report_model.ts";
import { curveSet, epochWork } from "../../../src/report/sections/curve_data.ts";
import { SPEEDS_SLOT } from "../../../src/report/speeds_slot.ts";
import { fillTimings } from "../../../src/report/timings_slot.ts";
import { messages } from "../../../src/report/messages/messages.ts";
import type { TimingRow } from "../../../src/tables/timings_csv.ts";
import { divergedRow, runRow } from "../../tables/run_rows.ts";
import { sampleHistory, sampleReport, sampleRows } from "../sample_report.ts";
import { CHARTS_HERE } from "../charts_here.ts";
import { compileChart } from "../../../src/report/page/chart/compile_chart.ts";

const linear = (low: number, high: number) => ({ type: "linear", domain: [low, high] } as const);
const log = (low: number, high: number) => ({ type: "log", domain: [low, high] } as const);
const near = (found: readonly number[] | null, expected: readonly number[]) => {
  assert.equal(found?.length, expected.length);
  found.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-9, `${found} for ${expected}`));
};

function line(trial: number, points: readonly (readonly [epoch: number, y: number])[], perEpoch = 1): Trace {
  const placed = points.map(([epoch, y]) => ({ epoch, x: epoch * perEpoch, y }));
  return { trial, colour: "token:c0", dashed: false, points: placed };
}

Deno.test("a place along an axis is a share of its length, on a logarithmic one of its decades", () => {
  assert.equal(shareOf(linear(2, 4), 2.5), 0.25);
  near([shareOf(log(1, 100), 10), valueAt(log(1, 100), 0.25)], [0.5, Math.sqrt(Math.sqrt(100))]);
});

Deno.test("a zoom keeps what it is about in its place, shows nothing beyond all, and not less than can be read", () => {
  near(zoomed(linear(0, 8), 0.5, 0.25), [1, 5]);
  near(zoomed(log(1, 10_000), 0.5, 0.5), [10, 1000]);
  assert.equal(within(linear(0, 8), [-1, 9]), null);
  assert.equal(within(linear(0, 8), [0, 8]), null);
  assert.equal(within(linear(0, 8), [9, 10]), null);
  // Moved beyond an end it is as wide as before, at the end.
  near(within(linear(0, 8), [-1, 1]), [0, 2]);
  near(within(linear(0, 8), [7, 9]), [6, 8]);
  near(within(linear(0, 400), [100, 100]), [99.5, 100.5]);
  near(including(linear(0, 10), 5), [0, 10]);
  const [low, high] = including(linear(0, 10), 12);
  assert.ok(high > 12 && high < 13 && Math.abs(high - low - 10) < 1e-9);
});

Deno.test("the cursor snaps to the nearest stop in sight, and by steps goes on beyond, which is then shown", () => {
  const chosen: { value: readonly [number, number] | null } = { value: null };
  const lines = openLines({ whole: () => linear(0.5, 10.5), stops: () => [1, 2, 3, 5, 10], chosen });
  lines.pointTo(0.28);
  assert.equal(lines.cursor.value, 3);
  lines.step(1);
  assert.equal(lines.cursor.value, 5);
  lines.step(-Infinity);
  assert.equal(lines.cursor.value, 1);
  lines.cursor.value = null;
  lines.step(1);
  assert.equal(lines.cursor.value, 10);
});

Deno.test("what stands at the cursor is the last epoch by then, nothing before the first or where the next would be", () => {
  const trace = line(0, [[1, 0.5], [2, 0.4], [3, 0.3]], 480);
  assert.deepEqual([479, 480, 959, 960, 1440, 1919, 1920].map((x) => pointAt(trace, x)?.epoch), [
    undefined,
    1,
    1,
    2,
    3,
    3,
    undefined,
  ]);
  assert.equal(pointAt(line(0, [[1, 0.5]]), 2), undefined);
});

Deno.test("the line that is pointed at is the nearest within a few pixels, between its points too", () => {
  const of = {
    traces: [line(3, [[1, 0], [3, 1]]), line(4, [[1, 0.9], [3, 0.9]]), line(5, [[2, 0.2]])],
    crosses: [{ trial: 6, x: 3, colour: null }],
    axes: { x: linear(1, 3), y: linear(0, 1) },
    frame: { left: 40, top: 10, width: 200, height: 100 },
  };
  const at = (x: number, y: number) => trialAt({ x, y }, of);
  assert.equal(at(140, 62), 3);
  assert.equal(at(90, 23), 4);
  assert.equal(at(142, 88), 5);
  assert.equal(at(243, 16), 6);
  assert.equal(at(100, 40), null);
});

Deno.test("an axis fits the values in sight, also those of strokes whose points are not", () => {
  const trace = line(0, [[1, 4], [3, 2], [5, 1]]);
  // The point with both ends of its band, and the strokes to either side of it.
  assert.deepEqual(valuesOn(linear(2, 4), trace, "linear").sort(), [1.5, 2, 2, 2, 3]);
  near(valuesOn(linear(3.5, 4.5), trace, "log"), [2 ** 0.75, 2 ** 0.25]);
  const shown = { traces: [trace], others: [], x: linear(2, 4), isZoomed: true, fitsColoured: false };
  const { domain: [low, high] } = lossAxis(shown, "linear");
  assert.ok(low > 1.3 && low < 1.5 && high > 3 && high < 3.2);
  assert.equal(lossAxis({ ...shown, isZoomed: false }, "linear").domain[0], 0);
});

Deno.test("losses beyond ten times the best leave the frame and are counted, unless what is in colour shall fit", () => {
  const shown = {
    traces: [line(0, [[1, 1], [2, 0.5]]), line(1, [[1, 300], [2, 200]])],
    others: [line(2, [[1, 8], [2, 7]]), line(3, [[1, 5000], [2, 1]])],
    x: linear(0.9, 2.1),
    isZoomed: false,
    fitsColoured: false,
  };
  const rule = lossAxis(shown, "log");
  assert.ok(rule.domain[1] > 8 && rule.domain[1] < 10);
  assert.equal(rule.beyond, 2);
  const fitted = lossAxis({ ...shown, fitsColoured: true }, "log");
  assert.ok(fitted.domain[1] > 300 && fitted.domain[1] < 400 && fitted.domain[0] < 0.5);
  assert.deepEqual(lossAxis({ ...shown, traces: [], others: [] }, "log").domain, [0.1, 1]);
  assert.deepEqual(lossAxis({ ...shown, traces: [line(0, [[1, 0]])], others: [] }, "linear").domain, [0, 1]);
});

Deno.test("accuracies reach up to 1 where all is shown, and are fitted where a part is", () => {
  const shown = {
    traces: [line(0, [[1, 0.9], [2, 0.95]])],
    others: [line(1, [[1, 0.1], [2, 0.1]])],
    x: linear(0.9, 2.1),
    isZoomed: false,
    fitsColoured: false,
  };
  const [low, high] = accuracyAxis(shown).domain;
  assert.ok(low < 0.1 && low > 0 && high >= 1 && high < 1.03);
  const fitted = accuracyAxis({ ...shown, fitsColoured: true }).domain;
  assert.ok(fitted[0] > 0.89 && fitted[1] < 0.96);
});

Deno.test("a part of x is the same part in another unit where an epoch is as long for all, else none", () => {
  const part = { unit: "epochs", domain: [2, 4] } as const;
  const by = (iterations: (number | null)[]) => (unit: string) =>
    iterations.map((count) => unit === "epochs" ? 1 : count);
  assert.deepEqual(converted(part, "epochs", by([480, 240])), [2, 4]);
  assert.deepEqual(converted(part, "iterations", by([480, 480])), [960, 1920]);
  assert.equal(converted(part, "iterations", by([480, 240])), null);
  assert.equal(converted(part, "iterations", by([480, null])), null);
  assert.deepEqual(converted({ unit: "iterations", domain: [960, 1920] }, "epochs", by([480])), [2, 4]);
});

Deno.test("all of x has its points and room at its ends, of one point too, on both kinds of axes", () => {
  for (const places of [[1], [1, 10], [480, 4800]]) {
    for (const type of ["linear", "log"] as const) {
      const { domain: [low, high] } = wholeAxis(places, type);
      assert.ok(0 < low && low < places[0] && high > places[places.length - 1], `${places} ${type}`);
    }
  }
});

Deno.test("iterations are batches, the last, smaller one included, of each trial its own", () => {
  const rows = [
    runRow({ trial: 0, batch_size: 20 }),
    runRow({ trial: 1, batch_size: "full" }),
    runRow({ trial: 2 }),
  ];
  const model = reportModel(sampleReport({ rows, trainingImages: { 0: 48_001, 1: 48_000 } }));
  const work = epochWork(model);
  assert.deepEqual(work.get(0), { images: 48_001, iterations: 2401 });
  assert.deepEqual(work.get(1), { images: 48_000, iterations: 1 });
  assert.deepEqual(work.get(2), { images: null, iterations: null });
});

Deno.test("seconds are an epoch's images by the trial's pace, and unknown where that is", () => {
  const curves = { at: 0, brokenAt: null, images: 48_000, iterations: 2400 };
  const of = (speeds: Record<string, number> | null) => unitsOfEpoch("seconds", { trial: 7, curves, speeds });
  assert.equal(of({ 7: 24_000 }), 2);
  assert.equal(of({ 8: 24_000 }), null);
  assert.equal(of(null), null);
  assert.equal(unitsOfEpoch("iterations", { trial: 7, curves, speeds: null }), 2400);
});

Deno.test("the page has each trial's curves to four digits, with the range over its seeds, and where it diverged", () => {
  const rows = [runRow({ seed: 0 }), runRow({ seed: 1 }), divergedRow({ trial: 1 })];
  const model = reportModel(
    sampleReport({ rows, history: sampleHistory(rows, 2), trainingImages: { 0: 480, 1: 480 } }),
  );
  const part = curvesPart(model, curveSet(model, 5), compileChart);
  assert.ok(part !== null);
  assert.deepEqual(part.epochs, [[1, 2], [1]]);
  assert.deepEqual(part.curves[0].val_accuracy, [[0.5, 0.6]]);
  assert.deepEqual(part.curves[0].train_loss?.map((values) => values?.length), [2, 2, 2]);
  assert.deepEqual(part.panels.map(({ kind, metrics, dashed }) => [kind, metrics, dashed]), [
    ["loss", ["train_loss", "val_loss"], ["train_loss"]],
    ["accuracy", ["val_accuracy"], []],
  ]);
  const source = { part, unit: "iterations", speeds: null } as const;
  const trace = curveTrace(source, { trial: 0, metric: "val_loss", colour: null, dashed: false });
  assert.deepEqual(trace?.points.map(({ epoch, x }) => [epoch, x]), [[1, 24], [2, 48]]);
  assert.ok(trace.points.every(({ y, low = NaN, high = NaN }) => low < y && y < high));
  assert.deepEqual(curveCross(source, { trial: 1, colour: null }), { trial: 1, colour: null, x: 48 });
  assert.equal(curveCross(source, { trial: 0, colour: null }), null);
});

Deno.test("what the store holds of a page knows no times; they are filled in where it is written, by trial", async () => {
  const rows = sampleRows();
  const files = await renderReport(sampleReport({ rows }), await chartScripts(), CHARTS_HERE);
  const page = new TextDecoder().decode(files.get("report.html"));
  assert.equal(page.split(SPEEDS_SLOT).length, 2);
  const row = (trial: number, seed: number, seconds: number, speed: number): TimingRow => ({
    step: "train",
    trial,
    seed,
    seconds,
    images_per_second: speed,
  });
  const timings = [row(0, 0, 2, 1000), row(0, 1, 6, 2000), row(3, 0, 1, 500), {
    ...row(4, 0, 1, 9),
    step: "evaluate",
  }];
  const filled = fillTimings(page, timings, messages("en"));
  assert.match(filled, /id="report-speeds">\{"0":1750,"3":500\}<\/script>/);
  assert.ok(fillTimings(page, [], messages("en")).includes(SPEEDS_SLOT));
});

Deno.test("a line leaves the frame where it is above all of it, and by its band only where that is drawn", () => {
  const shown = {
    traces: [line(0, [[1, 1], [2, 0.5]])],
    others: [line(1, [[1, 9.9]]), line(2, [[1, 10.1]])],
    x: linear(0.9, 2.1),
    isZoomed: false,
    fitsColoured: false,
  };
  const { domain: [, top], beyond } = lossAxis(shown, "linear");
  assert.ok(top > 10.1);
  assert.equal(beyond, 0);
  const band: Trace = {
    ...line(1, []),
    points: [{ epoch: 1, x: 1, y: 5, low: 0.1, high: 90 }],
  };
  assert.equal(lossAxis({ ...shown, others: [{ ...band, colour: null }] }, "linear").beyond, 0);
  assert.equal(lossAxis({ ...shown, others: [band] }, "linear").beyond, 1);
});

Deno.test("all of x begins at 0 or later, however many epochs there are", () => {
  assert.equal(wholeAxis([1, 500], "linear").domain[0], 0);
});

Deno.test("an accuracy on the page is rounded once: in percent as a table has it", () => {
  // 0.18125 is 18.13 % of 160 images; of four digits it is 0.1812.
  const rows = [runRow()];
  const history = sampleHistory(rows, 1).map((row) => ({
    ...row,
    val_accuracy: 29 / 160,
    val_loss: 0.123456,
  }));
  const model = reportModel(sampleReport({ rows, history }));
  const part = curvesPart(model, curveSet(model, 1), compileChart);
  const [[accuracy]] = part?.curves[0].val_accuracy ?? [[]];
  assert.equal(formatMetric("val_accuracy", accuracy ?? null), formatMetric("val_accuracy", 29 / 160));
  assert.equal(formatMetric("val_accuracy", accuracy ?? null), "18.13%");
  assert.deepEqual(part?.curves[0].val_loss, [[0.1235]]);
  const best = bestPart(model, compileChart)?.series.find(({ metric }) => metric === "val_accuracy");
  assert.equal(best?.points[0][1], accuracy);
  for (let right = 0; right <= 160; right++) {
    assert.equal(
      formatMetric("val_accuracy", roundMetric("val_accuracy", right / 160)),
      formatMetric("val_accuracy", right / 160),
    );
  }
});
