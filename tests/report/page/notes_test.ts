import assert from "node:assert/strict";
import { renderPage } from "../../../src/report/page/render_page.tsx";
import { reportModel } from "../../../src/report/report_model.ts";
import { runRow } from "../../tables/run_rows.ts";
import { CHARTS_HERE } from "../charts_here.ts";
import { sampleReport } from "../sample_report.ts";

Deno.test("what a note sets in bold is bold on a page, and has no asterisks", async () => {
  const trials = [0.1, 0.3].map((value, trial) => ({
    trial,
    parameters: { "preprocess.validation": value },
  }));
  const rows = trials.map(({ trial }) => runRow({ trial, val_accuracy: 0.8 + trial / 10 }));
  const preprocess = { scale: 255, validation: 0.2 };
  const input = sampleReport({ rows, history: [], inspections: new Map(), trials, preprocess });
  const page = await renderPage(reportModel(input), [], CHARTS_HERE);
  const shown = page.replaceAll(/<script.*?<\/script>|<style>.*?<\/style>/gs, "");
  assert.match(shown, /<strong>Trials that differ in validation are not trained/);
  assert.doesNotMatch(shown, /\*\*/);
});
