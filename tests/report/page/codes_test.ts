import assert from "node:assert/strict";
import { decodeDigits, decodeNumbers, encodeDigits, encodeNumbers } from "../../../src/report/page/code.ts";
import { decodeJudgements, encodeJudgements } from "../../../src/report/page/errors/judged_code.ts";
import { errorsPart } from "../../../src/report/page/errors/errors_part.ts";
import { encodeLayer } from "../../../src/report/page/layers/encode_layer.ts";
import {
  flowAxis,
  flowRows,
  lineAxis,
  readFlows,
  withAxes,
} from "../../../src/report/page/layers/layer_rows.ts";
import { layersPart } from "../../../src/report/page/layers/layers_part.ts";
import { decodeLayer } from "../../../src/report/page/layers/layer_values.ts";
import { messages } from "../../../src/report/messages/messages.ts";
import { reportModel } from "../../../src/report/report_model.ts";
import type { JudgedImages } from "../../../src/numpy/inspection_npz.ts";
import { runRow } from "../../tables/run_rows.ts";
import { allEpochsOf, diagnosticsRows, sampleInspection, sampleReport } from "../sample_report.ts";
import { compileChart } from "../../../src/report/page/chart/compile_chart.ts";

const t = messages("en");

Deno.test("numbers come back from their codes", () => {
  const numbers = Array.from({ length: 4096 }, (_, i) => i);
  assert.deepEqual(decodeNumbers(encodeNumbers(numbers)), numbers);
  assert.equal(encodeNumbers(numbers).length, 2 * 4096);
  assert.deepEqual(decodeDigits(encodeDigits(numbers.slice(0, 64))), numbers.slice(0, 64));
});

Deno.test("judgements come back from their code, with any number of classes", () => {
  for (const classes of [2, 10, 200]) {
    const permille = new Array<number>(classes).fill(0);
    permille[classes - 1] = 1000;
    const judgements = [
      { image: 4095, predicted: classes - 1, permille },
      { image: 0, predicted: 0, permille: permille.with(0, 501).with(1, 499) },
    ];
    assert.deepEqual(decodeJudgements(encodeJudgements(judgements), classes), judgements);
  }
  assert.deepEqual(decodeJudgements("", 10), []);
});

/** As many images of each cell as asked for, of two classes, those of `from` and on. */
function judged(perCell: number, from: number): JudgedImages {
  const cells = [[0, 1], [1, 0], [0, 0], [1, 1]];
  const places = cells.flatMap(([label, predicted]) =>
    Array.from({ length: perCell }, () => ({ label, predicted }))
  );
  return {
    indices: Uint32Array.from(places, (_, i) => from + i),
    labels: Uint8Array.from(places, ({ label }) => label),
    predictions: Uint8Array.from(places, ({ predicted }) => predicted),
    probabilities: Float32Array.from(
      places.flatMap(({ predicted }) => predicted === 0 ? [0.9, 0.1] : [0.2, 0.8]),
    ),
    images: {
      count: places.length,
      rows: 2,
      columns: 3,
      pixels: new Uint8Array(6 * places.length).fill(128),
    },
  };
}

/** A report of as many trials as there are inspections. */
function inspected(inspections: readonly JudgedImages[]) {
  const rows = inspections.map((_, trial) => runRow({ trial, val_accuracy: 0.9 - trial / 100 }));
  const names = rows.map(({ trial }) => `${trial}-0`);
  const matrix = Uint32Array.of(50, 50, 50, 50);
  return reportModel(sampleReport({
    rows,
    history: [],
    matrices: new Map(names.map((name) => [name, matrix])),
    inspections: new Map(
      names.map((name, i) => [name, { ...sampleInspection(), judged: inspections[i] }]),
    ),
  }));
}

Deno.test("an image that several trials show is on the page once", () => {
  const { part, picture } = errorsPart(inspected([judged(2, 0), judged(2, 4)]))!;
  assert.equal(part.indices.length, 12);
  assert.deepEqual(part.indices, Array.from({ length: 12 }, (_, i) => i));
  assert.match(picture ?? "", /^data:image\/png;base64,/);
  assert.deepEqual(part.sprite, { rows: 2, columns: 3, across: 12, down: 1 });
  const [, second] = part.trials.map(({ judged }) => decodeJudgements(judged ?? "", 2));
  assert.deepEqual(second.map(({ image }) => part.indices[image]), [4, 5, 6, 7, 8, 9, 10, 11]);
  // 900 of 1000, and the other class.
  assert.deepEqual(second[2], { image: 6, predicted: 0, permille: [900, 100] });
});

Deno.test("where there are many images the page holds fewer of a cell, of the best trial more, and says how many", () => {
  const few = errorsPart(inspected([judged(8, 0), judged(8, 1000)]))!.part;
  assert.deepEqual(few.perCell, [8, 8]);
  const many = Array.from({ length: 10 }, (_, i) => judged(40, 1000 * i));
  const all = errorsPart(inspected(many))!.part;
  // The 24 most confident mistakes are all of one cell here.
  assert.ok(all.indices.length <= 10 * (8 * 4 + 24));
  const hundreds = Array.from({ length: 10 }, (_, i) => ({
    ...judged(400, 10_000 * i),
    predictions: Uint8Array.from({ length: 1600 }, (_, j) => j % 2),
  }));
  assert.ok(errorsPart(inspected(hundreds))!.part.indices.length < 1000);
});

Deno.test("inspections of other classes or of images of another size than the best's are left out, not drawn wrong", () => {
  const other = judged(2, 0);
  const large = { ...other, images: { ...other.images, rows: 3, pixels: new Uint8Array(9 * 8) } };
  const three = { ...other, probabilities: new Float32Array(3 * 8) };
  const { part } = errorsPart(inspected([judged(2, 0), large, three]))!;
  assert.deepEqual(part.trials.map(({ judged }) => judged !== null), [true, false, false]);
});

Deno.test("a layer comes back from its code: three digits, shares of each octave, zeros", () => {
  const [row] = diagnosticsRows(0);
  const read = decodeLayer(encodeLayer(row));
  assert.equal(read.saturated.toFixed(3), "0.125");
  assert.deepEqual([read.activation.median, read.activation.std], [0.05, 0.1]);
  assert.deepEqual([read.gradient.median, read.gradient.std], [1e-3, 0.01]);
  const { zeros, first, shares } = read.activation.histogram!;
  assert.deepEqual([zeros, first, shares.length], [0, -5, 4]);
  for (const [i, share] of [1 / 8, 0, 3 / 8, 4 / 8].entries()) {
    assert.ok(Math.abs(shares[i] - share) < 0.02, `${shares[i]} and ${share}`);
  }
  assert.ok(Math.abs(read.gradient.histogram!.zeros - 2 / 8) < 0.02);

  const old = { ...row, activation_histogram: null, gradient_histogram: null, gradient_p05: 0 };
  const quantiles = decodeLayer(encodeLayer(old));
  assert.equal(quantiles.activation.histogram, null);
  assert.deepEqual(quantiles.activation.quantiles, [0.005, 0.025, 0.05, 0.1, 0.2]);
  assert.equal(quantiles.gradient.quantiles[0], 0);
  const extreme = { ...old, activation_p50: 1.23e38, gradient_std: 1e-45, activation_std: null };
  const far = decodeLayer(encodeLayer(extreme));
  assert.deepEqual([far.activation.median, far.gradient.std, far.activation.std], [1.23e38, 1e-45, 0]);
});

/** What the page knows of the layers of one run. */
function flowsOf(rows = diagnosticsRows()) {
  const model = reportModel(
    sampleReport({ rows: [runRow()], history: [], diagnostics: new Map([["0-0", allEpochsOf(rows)]]) }),
  );
  const { part } = layersPart(model, compileChart)!;
  return { part, flows: readFlows(part.trials[0].flows!) };
}

Deno.test("layers share an axis, on which all that is drawn lies; zeros have a strip below it", () => {
  const { part, flows } = flowsOf();
  for (const flow of ["activation", "gradient"] as const) {
    const axis = flowAxis(flows, flow);
    for (const layer of [0, 1]) {
      const { cells, lines } = flowRows(flows, { flow, layer, axis, t }) as Record<
        string,
        { low: number; high: number; value: number }[]
      >;
      assert.ok(cells.length > 0 && lines.length === 4);
      for (const { low, high } of cells) {
        assert.ok(low < high && low >= axis.domain[0] && high <= axis.domain[1], `${low} ${high}`);
      }
      for (const { value } of lines) assert.ok(value >= axis.domain[0] && value <= axis.domain[1]);
    }
  }
  const { zero, values } = flowAxis(flows, "gradient");
  assert.ok(zero && zero.low < zero.tick && zero.tick < zero.high && zero.high < values[1]);
  assert.equal(flowAxis(flows, "activation").zero, undefined);
  const spec = withAxes(part.magnitudes, { x: flowAxis(flows, "gradient"), y: flowAxis(flows, "gradient") });
  const [y] = spec.scales!.filter(({ name }) => name === "y");
  assert.deepEqual(y.domain, flowAxis(flows, "gradient").domain);
  const ticks = (spec.signals as { name: string; value?: number }[]).find(({ name }) => name === "zeroTick");
  assert.equal(ticks?.value, zero.tick);
});

Deno.test("a median of 0 is drawn at 0 and not at the lowest magnitude, and where everything is 0 the axis has ends", () => {
  const rows = diagnosticsRows().map((row) => ({
    ...row,
    activation_p50: 0,
    activation_histogram: { zeros: 10, first: 0, counts: [] },
  }));
  const { flows } = flowsOf(rows);
  const axis = flowAxis(flows, "activation");
  const { lines, cells } = flowRows(flows, { flow: "activation", layer: 0, axis, t }) as Record<
    string,
    { value: number; tip: string }[]
  >;
  for (const { value } of lines) assert.equal(value, axis.zero?.tick);
  assert.match(cells[0].tip, /epoch 0: 100% are 0/);
  assert.ok(axis.domain[0] > 0 && axis.domain[0] < axis.domain[1]);
});

Deno.test("the axis of shares is as high as it must be", () => {
  const saturated = (share: number) =>
    lineAxis(flowsOf(diagnosticsRows().map((row) => ({ ...row, saturated: share }))).flows, "saturated");
  assert.deepEqual(saturated(0).values, [0, 0.01, 0.02, 0.03, 0.04, 0.05]);
  assert.equal(saturated(0.08).values.at(-1), 0.1);
  assert.equal(saturated(1).values.at(-1), 1);
});

Deno.test("many epochs of many layers of many runs are sampled, and how many there were is kept", () => {
  const rows = Array.from({ length: 40 }, (_, trial) => runRow({ trial, val_accuracy: 0.9 - trial / 100 }));
  const long = allEpochsOf(diagnosticsRows(200));
  const model = reportModel(sampleReport({
    rows,
    history: [],
    diagnostics: new Map(rows.map(({ trial }) => [`${trial}-0`, long])),
  }));
  const { part } = layersPart(model, compileChart)!;
  const { flows } = part.trials[39];
  assert.deepEqual([flows?.epochs.length, flows?.allEpochs], [20, 201]);
  assert.deepEqual([flows?.epochs[0], flows?.epochs.at(-1)], [0, 200]);
  assert.ok(JSON.stringify(part).length < 160_000, `${JSON.stringify(part).length}`);
});
