import assert from "node:assert/strict";
import { reportModel } from "../../src/report/report_model.ts";
import { effectAxes, effectPoints } from "../../src/report/sections/effect_data.ts";
import { runRow } from "../tables/run_rows.ts";
import { sampleReport } from "./sample_report.ts";

/** The axis of learning rates, and each trial's place on it. */
function axisOf(rates: readonly number[]) {
  const rows = rates.map((learning_rate, trial) => runRow({ trial, learning_rate }));
  const trials = rates.map((rate, trial) => ({ trial, parameters: { "train.learning_rate": rate } }));
  const model = reportModel(sampleReport({ rows, trials }));
  const axes = effectAxes(model);
  const places = effectPoints(model, { values: [], axes }).toSorted((a, b) => a.trial - b.trial);
  return { levels: axes[0].levels, places: places.map(({ at }) => at[0]) };
}

Deno.test("drawn numbers have four digits on the axes of effects, but where two would then look alike", () => {
  assert.deepEqual(axisOf([0.10000000000000002, 0.31622776601683805, 0.25]), {
    levels: ["0.1", "0.25", "0.3162"],
    places: [0, 2, 1],
  });
  assert.deepEqual(axisOf([0.31622776601683805, 0.3162477660168]), {
    levels: ["0.31622776601683805", "0.3162477660168"],
    places: [0, 1],
  });
});
