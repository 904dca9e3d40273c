import assert from "node:assert/strict";
import { bestPart } from "../../src/report/page/answer/best_part.ts";
import { withEnds } from "../../src/report/page/chart/axis_ends.ts";
import { pageChart } from "../../src/report/page/chart/page_chart.ts";
import type { VegaSpec } from "../../src/report/page/chart/vega_spec.ts";
import { reportModel } from "../../src/report/report_model.ts";
import type { EpochRow } from "../../src/tables/history_csv.ts";
import { runRow } from "../tables/run_rows.ts";
import { sampleReport } from "./sample_report.ts";
import { compileChart } from "../../src/report/page/chart/compile_chart.ts";

/** The best trial's chart of one run that had these losses, and as many accuracies in validation as are given. */
function bestChart(losses: readonly number[], accuracies: readonly number[] = []): VegaSpec {
  const history = losses.map((loss, i): EpochRow => ({
    trial: 0,
    seed: 0,
    epoch: i + 1,
    train_loss: loss,
    val_loss: null,
    val_accuracy: accuracies[i] ?? null,
    learning_rate: null,
  }));
  const rows = [runRow({ epochs: losses.length })];
  return bestPart(reportModel(sampleReport({ rows, history })), compileChart)!.chart.spec;
}

function domains({ scales = [] }: VegaSpec): Record<string, unknown> {
  return Object.fromEntries(scales.map(({ name, type, domain }) => [`${name} ${type}`, domain]));
}

Deno.test("the best trial's chart shows its own epochs, losses and accuracies, however many trials were drawn before", () => {
  const linear = bestChart([2, 1.5, 1], [0.5, 0.75, 0.9]);
  assert.deepEqual(domains(linear), {
    "x linear": [0.91, 3.09],
    "layer_1_y linear": [0, 2.1],
    "layer_2_y linear": [0.45, 1],
  });
  const ticks = (linear.axes ?? []).map(({ scale, values, tickCount }) => [scale, values, tickCount]);
  assert.deepEqual(ticks.filter(([scale]) => scale === "x"), [["x", [1, 2, 3], 3]]);
  assert.deepEqual(ticks.find(([scale]) => scale === "layer_1_y"), ["layer_1_y", [0, 0.5, 1, 1.5, 2], 5]);
  assert.deepEqual(ticks.find(([scale]) => scale === "layer_2_y"), ["layer_2_y", undefined, 3]);
  const steep = domains(bestChart([2, 0.1, 0.02, 0.01]));
  assert.deepEqual(Object.keys(steep), ["x linear", "layer_1_y log"]);
  assert.deepEqual(steep["layer_1_y log"], [0.01 / 1.15, 2 * 1.15]);
  assert.deepEqual(domains(bestChart([2, 1.5, 1], [0.5, 0.75, 0.9])), domains(linear));
});

Deno.test("the same specification is compiled once, and another one anew", () => {
  const chart = (field: string) =>
    pageChart({ data: { name: "rows" }, mark: "point", encoding: { x: { field, type: "quantitative" } } }, {
      id: field,
      title: "",
      description: "",
      compile: compileChart,
    });
  assert.equal(chart("a").spec, chart("a").spec);
  assert.match(JSON.stringify(chart("b").spec), /"field":"b"/);
});

Deno.test("an axis that a chart has not cannot be changed", () => {
  const spec: VegaSpec = { scales: [{ name: "x", domain: [0, 1] }], axes: [] };
  assert.deepEqual(withEnds(spec, { x: { domain: [2, 3] } }).scales, [{ name: "x", domain: [2, 3] }]);
  assert.throws(() => withEnds(spec, { y: { domain: [2, 3] } }), {
    name: "TypeError",
    message: /no scale y/,
  });
});
