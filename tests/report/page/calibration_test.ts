import assert from "node:assert/strict";
import type { CalibrationBin } from "../../../src/metrics/calibration.ts";
import { markdownReport } from "../../../src/report/markdown/markdown_report.ts";
import { reportModel } from "../../../src/report/report_model.ts";
import { runName } from "../../../src/tables/results_csv.ts";
import { testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { sampleHistory, sampleReport } from "../sample_report.ts";
import { drawn, emptyCharts, show, violations, writeReport } from "./open_page.ts";

/** Of 100 images 20 are in group 8, half of them right, and 80 in the last, of which `right` are. */
function bins(right: number): CalibrationBin[] {
  const groups: Readonly<Record<number, CalibrationBin>> = {
    7: { count: 20, accuracy: 0.5, confidence: 0.52 },
    14: { count: 80, accuracy: right / 80, confidence: 0.95 },
  };
  return Array.from({ length: 15 }, (_, i) => groups[i] ?? { count: 0, accuracy: null, confidence: null });
}

const rows = [0, 1].map((trial) =>
  runRow({ trial, learning_rate: 0.1 * (trial + 1), val_accuracy: 0.9 - trial / 10, test_ece: 0.1 })
);

/** The second trial's file is missing. */
const CHANGES = { rows, history: sampleHistory(rows), calibrations: new Map([[runName(rows[0]), bins(60)]]) };

Deno.test("report.md lists the groups of the best run, and nothing where calibration was not measured", () => {
  const text = markdownReport(reportModel(sampleReport(CHANGES)), new Set());
  // (20 * 0.02 + 80 * 0.2) / 100
  assert.match(
    text,
    /### Calibration\n\n\*\*trial 0, seed 0\*\*: expected calibration error \(ECE\) 16\.40%;/,
  );
  assert.match(text, /^\| 46\.7–53\.3% +\| +20 \| +50\.0% \| +52\.0% \| +−2\.0 \|$/m);
  assert.match(text, /^\| 93\.3–100% +\| +80 \| +75\.0% \| +95\.0% \| +−20\.0 \|$/m);
  assert.doesNotMatch(markdownReport(reportModel(sampleReport()), new Set()), /Calibration/);
});

testInChromium(
  "calibration is shown of the trial that is chosen, and what is not there is said",
  async ({ browser, folder }) => {
    const path = await writeReport(folder, "calibration", CHANGES);
    const { page, complaints } = await show(browser, path, { width: 400, scheme: "dark" });
    const part = page.locator("#calibration");
    assert.deepEqual(await part.locator("tbody th").allInnerTexts(), ["46.7–53.3%", "93.3–100%"]);
    assert.deepEqual(await emptyCharts(page), []);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 400);
    assert.deepEqual(await violations(page), []);
    await part.locator("select").selectOption("1");
    await drawn(page);
    assert.match(await part.innerText(), /There is nothing of trial 1/);
    assert.deepEqual(complaints, []);
  },
);
