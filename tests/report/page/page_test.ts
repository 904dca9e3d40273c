import assert from "node:assert/strict";
import { chartScripts } from "../../../pipeline/report/chart_scripts.ts";
import { renderReport } from "../../../src/report/render_report.ts";
import { becomes, testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { sampleHistory, sampleReport } from "../sample_report.ts";
import { chartGrounds, emptyCharts, show, writeReport } from "./open_page.ts";
import { CHARTS_HERE } from "../charts_here.ts";

testInChromium("the page", async ({ t, browser, folder }) => {
  const english = await writeReport(folder, "en");
  const japanese = await writeReport(folder, "ja", { language: "ja" });

  for (
    const [path, width, scheme] of [
      [english, 1280, "light"],
      [japanese, 400, "dark"],
      [english, 1280, "dark"],
      [english, 400, "light"],
    ] as const
  ) {
    const language = path === english ? "English" : "Japanese";
    await t.step(
      `${language}, ${width} pixels wide, ${scheme}: everything is drawn, nothing complains`,
      async () => {
        const { page, complaints } = await show(browser, path, { width, scheme });
        assert.deepEqual(complaints, []);
        assert.ok(await page.locator(".plot").count() >= 12);
        assert.deepEqual(await emptyCharts(page), []);
        const scrolled: number = await page.evaluate("document.documentElement.scrollWidth");
        assert.ok(scrolled <= width, `the page is ${scrolled} wide`);
        const ground: string = await page.evaluate("getComputedStyle(document.body).backgroundColor");
        assert.equal(ground, scheme === "dark" ? "rgb(21, 25, 31)" : "rgb(255, 255, 255)");
        assert.deepEqual(await chartGrounds(page), [ground]);
        await page.close();
      },
    );
  }

  const { page, complaints } = await show(browser, english);
  /** Waits for so many lines in a colour: a chart is drawn a moment after what it shows has changed. */
  const coloured = (colour: string, lines: number) =>
    becomes(() => page.locator(`#curve-accuracy .mark-line path[stroke="${colour}"]`).count(), lines);

  await t.step("a trial is ticked and unticked by keyboard, and is drawn in its colour", async () => {
    const sixth = page.locator("tbody input[data-trial]").nth(5);
    const trial = await sixth.getAttribute("data-trial");
    await coloured("#3d9bd6", 0);
    await page.locator("tbody input[data-trial]").nth(4).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.equal(await sixth.isChecked(), true);
    await coloured("#3d9bd6", 1);
    assert.match(await page.locator("#ticked").innerText(), new RegExp(`trial ${trial}\\.$`));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.match(await page.locator("#ticked").innerText(), /^Only 6 trials have a colour/);
    assert.equal(await page.locator("tbody input[data-trial]").nth(6).isChecked(), false);
    await page.locator("tbody input[data-trial]").first().focus();
    await page.keyboard.press("Space");
    await coloured("#0072b2", 0);
    await page.keyboard.press("Space");
    await coloured("#0072b2", 1);
  });

  await t.step("it prints light, without its controls", async () => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(
      await page.evaluate("getComputedStyle(document.body).backgroundColor"),
      "rgb(255, 255, 255)",
    );
    assert.equal(await page.locator(".controls:visible, nav:visible").count(), 0);
    assert.deepEqual(await chartGrounds(page), ["rgb(255, 255, 255)"]);
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    await becomes(() => chartGrounds(page), ["rgb(21, 25, 31)"]);
  });

  await t.step("none of that complains", () => assert.deepEqual(complaints, []));

  await t.step("a report with hardly anything in it is a page all the same", async () => {
    const rows = [runRow()];
    const path = await writeReport(folder, "bare", {
      rows,
      history: sampleHistory(rows, 1),
      predictions: undefined,
      inspections: new Map(),
      diagnostics: new Map(),
      name: "</script><b>x",
      config: undefined,
      command: undefined,
      data: {},
      versions: {},
    });
    const bare = await show(browser, path);
    assert.deepEqual(bare.complaints, []);
    assert.deepEqual(await emptyCharts(bare.page), []);
    assert.equal(await bare.page.locator("h1").innerText(), "</script><b>x");
  });
});

Deno.test("ten thousand runs make a page of less than 5 MiB", async () => {
  const rows = Array.from({ length: 10_000 }, (_, i) =>
    runRow({
      trial: i >> 1,
      seed: i & 1,
      learning_rate: 10 ** (-(i >> 1) / 1000),
      batch_size: 10 + (i >> 1) % 7,
      sigma: 0.01 + ((i >> 1) % 11) / 100,
      val_accuracy: 0.5 + (i % 997) / 2000,
    }));
  const files = await renderReport(
    sampleReport({ rows, history: sampleHistory(rows, 10) }),
    await chartScripts(),
    CHARTS_HERE,
  );
  let sum = 0;
  for (const bytes of files.values()) sum += bytes.length;
  assert.ok(sum < 5 * 2 ** 20, `${sum} bytes`);
  const page = new TextDecoder().decode(files.get("report.html"));
  assert.match(page, /These are the first 100 of 5,000 rows/);
  assert.match(page, /205 of the 5,000 trials are drawn, evenly spaced by rank/);
});
