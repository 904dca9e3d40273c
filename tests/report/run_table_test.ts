import assert from "node:assert/strict";
import { markdownReport } from "../../src/report/markdown/markdown_report.ts";
import { renderPage } from "../../src/report/page/render_page.tsx";
import { reportModel } from "../../src/report/report_model.ts";
import { runRow } from "../tables/run_rows.ts";
import { CHARTS_HERE } from "./charts_here.ts";
import { sampleReport } from "./sample_report.ts";

/** Report and page of one trial with so many runs, without styles and scripts. */
async function written(runs: number, language: "en" | "ja"): Promise<[markdown: string, page: string]> {
  const rows = Array.from({ length: runs }, (_, seed) => runRow({ seed, val_accuracy: 0.5 + seed / 1e6 }));
  const model = reportModel(
    sampleReport({ language, rows, history: [], inspections: new Map(), trials: [] }),
  );
  const page = await renderPage(model, [], CHARTS_HERE);
  const parts = /<style>.*?<\/style>|<script.*?<\/script>/gs;
  // A page keeps together what belongs together.
  const plain = page.replaceAll(parts, "").replaceAll("\u2060", "").replaceAll("\u00a0", " ");
  return [markdownReport(model, new Set()), plain];
}

function rowsOf([markdown, page]: readonly [string, string]): [number, number] {
  const [, section = ""] = markdown.split(/^## (?:Runs|訓練の一覧)$/m);
  const [table] = section.split(/^## /m);
  return [table.match(/^\| +\d+ \|/gm)?.length ?? 0, page.match(/<th scope="row">\d+<\/th>/g)?.length ?? 0];
}

Deno.test("of a trial of very many runs the first are listed, and said to be the first", async () => {
  const few = await written(100, "en");
  assert.deepEqual(rowsOf(few), [100, 100]);
  for (const text of few) assert.doesNotMatch(text, /The first 100 of/);
  const many = await written(2345, "en");
  assert.deepEqual(rowsOf(many), [100, 100]);
  assert.match(
    many[0],
    /\n\nThe first 100 of 2,345 runs by seed\. \[results\.csv\]\(results\.csv\) has all\.\n\n/,
  );
  assert.match(many[1], /<p class="note">The first 100 of 2,345 runs by seed\. results\.csv has all\.<\/p>/);
  const japanese = await written(2345, "ja");
  assert.deepEqual(rowsOf(japanese), [100, 100]);
  for (const text of japanese) {
    assert.match(
      text,
      /2,345 回の訓練のうち、シードの小さいものから 100 回を示します。すべての結果は \[?results\.csv\]?(?:\(results\.csv\))? にあります。/,
    );
  }
});
