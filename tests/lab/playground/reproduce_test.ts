import assert from "node:assert/strict";
import { sweepCommand } from "../../../pipeline/commands/sweep.ts";
import { main } from "../../../pipeline/main.ts";
import { parseResults, type RunRow } from "../../../src/tables/results_csv.ts";
import { testInChromium, until } from "../../chromium.ts";
import { RecordedStreams } from "../../pipeline/progress/virtual_terminal.ts";
import { showLab, writeLab } from "../open_lab.ts";
import { TWELVE } from "./settings.ts";
import { trainToEnd } from "./train.ts";

const at = (params: string) => `#/playground?${params}`;

/** The only row of the sweep that a config makes. */
async function sweptRow(folder: string, yaml: string): Promise<RunRow> {
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/lab.yaml`, yaml);
  const streams = new RecordedStreams({});
  const args = ["sweep", `${folder}/lab.yaml`, "--out", `${folder}/out`, "--store", `${folder}/store`];
  const signal = new AbortController().signal;
  const code = await main([...args, "--workers", "1", "--quiet"], { signal, streams }, [sweepCommand]);
  assert.equal(code, 0, streams.err);
  const [row] = parseResults(await Deno.readTextFile(`${folder}/out/results.csv`));
  return row;
}

const COLUMNS = [
  "weights_sha256",
  "train_loss",
  "val_loss",
  "val_accuracy",
  "test_loss",
  "test_accuracy",
] as const;

testInChromium("the playground's 12 settings", async ({ browser, folder }) => {
  const path = await writeLab(folder);
  const { page, complaints } = await showLab(browser, path, { at: at(TWELVE[0]) });
  const shown: { yaml: string; found: Record<string, string> }[] = [];
  for (const params of TWELVE) {
    await page.evaluate(`location.hash = ${JSON.stringify(at(params))}`);
    const epochs = Number(new URLSearchParams(params).get("epochs"));
    await until(
      page,
      `document.querySelector(".yaml")?.textContent.includes("epochs: ${epochs}\\n") && document.querySelector(".now .epoch").textContent === "0"`,
    );
    await trainToEnd(page, epochs);
    await page.waitForSelector(".reproduce dl");
    const found = await page.evaluate(
      `Object.fromEntries([...document.querySelectorAll(".reproduce dl div")].map((row) =>
        [row.querySelector("dt").textContent, row.querySelector("dd").textContent]))`,
    );
    shown.push({ yaml: await page.textContent(".yaml") ?? "", found: found as Record<string, string> });
  }
  assert.deepEqual(complaints, []);
  await page.close();
  assert.equal(new Set(shown.map(({ found }) => found.weights_sha256)).size, TWELVE.length);

  // A sweep of the config that the page shows finds what the page says, to the last digit.
  const compare = async (i: number) => {
    const row = await sweptRow(`${folder}/${i}`, shown[i].yaml);
    const expected = COLUMNS.map((name) => [name, String(row[name] ?? "–")]);
    assert.deepEqual(shown[i].found, Object.fromEntries(expected), TWELVE[i]);
  };
  const half = TWELVE.length / 2;
  await Promise.all([0, half].map(async (from) => {
    for (let i = from; i < from + half; i++) await compare(i);
  }));
});
