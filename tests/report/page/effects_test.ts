import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { sampleHistory } from "../sample_report.ts";
import { drawn, emptyCharts, pointOn, show, violations, writeReport } from "./open_page.ts";

/** Twenty trials drawn at random, three seeds each, of which some have much to say. */
function randomRows() {
  return Array.from({ length: 60 }, (_, i) => {
    const trial = Math.floor(i / 3);
    const learning_rate = Number((10 ** (-3 + trial * 0.15)).toPrecision(4));
    const batch_size = 5 + (trial * 7) % 40;
    const val_accuracy = 0.5 + trial / 50 + (i % 3) / 100;
    return runRow({
      trial,
      seed: i % 3,
      learning_rate,
      batch_size,
      hidden: [[50], [200, 100]][trial % 2],
      val_accuracy,
    });
  });
}

testInChromium("the effects", async ({ t, browser, folder }) => {
  const english = await writeReport(folder, "en");
  const japanese = await writeReport(folder, "ja", { language: "ja" });
  const rows = randomRows();
  const random = await writeReport(folder, "random", {
    rows,
    history: sampleHistory(rows),
    objective: { metric: "val_loss", goal: "minimize" },
  });

  for (const path of [english, japanese, random]) {
    for (const width of [1280, 768, 400]) {
      for (const scheme of ["light", "dark"] as const) {
        await t.step(
          `${path.slice(-7)}, ${width} pixels, ${scheme}: nothing is cut, nothing complains`,
          async () => {
            const { page, complaints } = await show(browser, path, { width, scheme });
            assert.deepEqual(complaints, []);
            assert.deepEqual(await emptyCharts(page), []);
            assert.deepEqual(await cut(page), []);
            const found = await violations(page);
            assert.deepEqual(found.filter((line) => /^(serious|critical)/.test(line)), []);
            await page.close();
          },
        );
      }
    }
  }

  await t.step(
    "on paper charts are laid out for its width, not shrunk with their text, and afterwards as before",
    async () => {
      const { page } = await show(browser, random);
      const widths = async () => {
        await drawn(page);
        return await page.evaluate<number[]>(
          `[...document.querySelectorAll(".parallel svg, #effects .plot svg")].map(({ viewBox }) => viewBox.baseVal.width)`,
        );
      };
      const before = await widths();
      assert.ok(Math.max(...before) > 900, String(before));
      await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
      const printed = await widths();
      assert.ok(Math.max(...printed) <= 680, String(printed));
      await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
      assert.deepEqual(await widths(), before);
      await page.close();
    },
  );

  const { page, complaints } = await show(browser, english);
  const said = () => page.locator("#brushed").innerText();
  const lines = (kind: string) => page.locator(`.parallel path.${kind}`).count();

  await t.step("shares are bars beside their numbers, the largest first", async () => {
    const bars = await page.locator(".shares tbody tr").evaluateAll((found) =>
      (found as unknown as { querySelector(q: string): { textContent: string; offsetWidth: number } }[])
        .map((row) => [row.querySelector("td").textContent, row.querySelector(".bar").offsetWidth])
    );
    const shares = bars.map(([share]) => parseFloat(String(share)));
    assert.deepEqual(shares, shares.toSorted((a, b) => b - a));
    const full = await page.locator(".shares .track").first().evaluate((track) =>
      (track as unknown as { offsetWidth: number }).offsetWidth
    );
    bars.forEach(([, width], i) => assert.ok(Math.abs(Number(width) - full * shares[i] / 100) <= 2));
  });

  await t.step("each parameter's means have their intervals, all on the same vertical axis", async () => {
    const axes = await page.locator("#effects .charts .plot").evaluateAll((plots) =>
      (plots as unknown as { querySelectorAll(q: string): Iterable<{ textContent: string }> }[])
        .map((plot) =>
          [...plot.querySelectorAll(".role-axis-label text")].map((text) => text.textContent)
            .filter((text) => text.endsWith("%")).join()
        )
    );
    assert.equal(new Set(axes).size, 1, axes.join(" | "));
    // Of the learning rates three have an interval; one lacks runs.
    assert.equal(await page.locator("#effect-2 .mark-rule.role-mark line").count(), 3);
  });

  await t.step(
    "a drag along an axis keeps the trials within in colour, and says which is the best",
    async () => {
      assert.equal(await lines("out"), 0);
      await drag(page, "learning rate", 0.5, 1);
      assert.equal(await lines("in"), 6);
      assert.equal(await lines("out"), 8);
      assert.match(
        await said(),
        /^8 of 16 trials lie within the ranges; best of them: trial 12: .*, 97\.10%\.$/,
      );
      await drag(page, "batch size", 0.8, 1);
      assert.match(await said(), /^4 of 16 trials lie within the ranges; best of them: trial 13/);
    },
  );

  await t.step("the best of them are drawn in every chart", async () => {
    await page.getByRole("button", { name: "Draw the best 6 of them" }).click();
    const ticked = await page.locator("input[data-trial]:checked").evaluateAll((boxes) =>
      boxes.map((box) => Number(box.getAttribute("data-trial"))).sort((a, b) => a - b)
    );
    assert.deepEqual(ticked, [5, 7, 13, 15]);
    assert.equal(await page.locator(".parallel .ticked").count(), ticked.length);
  });

  await t.step("a press on a range takes it away, and so do Escape and the button", async () => {
    await drag(page, "batch size", 0.98, 0.98);
    assert.match(await said(), /^8 of 16/);
    await page.locator(".handle").first().focus();
    await page.keyboard.press("Escape");
    assert.match(await said(), /^No range is chosen/);
    assert.equal(await lines("out"), 0);
    await drag(page, "hidden", 0.6, 1);
    assert.match(await said(), /^8 of 16/);
    await page.getByRole("button", { name: "Clear ranges" }).press("Enter");
    assert.match(await said(), /^No range is chosen/);
  });

  await t.step("a range is moved by dragging it, and its ends by their handles", async () => {
    await drag(page, "learning rate", 0.3, 0.7);
    const handle = page.getByRole("slider", { name: "learning rate, from" });
    assert.equal(await handle.getAttribute("aria-valuetext"), "0.05");
    await drag(page, "learning rate", 0.5, 0.8);
    assert.equal(await handle.getAttribute("aria-valuetext"), "0.1");
    const box = await boxOf(handle);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 400, { steps: 5 });
    await page.mouse.up();
    assert.equal(await handle.getAttribute("aria-valuetext"), "0.01");
    await page.keyboard.press("Escape");
  });

  await t.step("ranges are chosen by keyboard alone", async () => {
    const from = page.getByRole("slider", { name: "learning rate, from" });
    await page.getByRole("slider", { name: "batch size, to" }).focus();
    await page.keyboard.press("Tab");
    assert.ok(await from.evaluate((handle) => handle === handle.ownerDocument.activeElement));
    await page.keyboard.press("ArrowUp");
    assert.equal(await from.getAttribute("aria-valuetext"), "0.05");
    assert.match(await said(), /^12 of 16/);
    await page.keyboard.press("End");
    assert.equal(await from.getAttribute("aria-valuetext"), "5");
    assert.match(await said(), /^4 of 16 trials/);
    await page.keyboard.press("Home");
    assert.match(await said(), /^No range/);
    const metric = page.getByRole("slider", { name: "validation accuracy, to" });
    await metric.focus();
    await page.keyboard.press("PageDown");
    assert.equal(await metric.getAttribute("aria-valuenow"), "90");
    await page.keyboard.press("Escape");
  });

  await t.step("a line tells of its trial, and a click ticks it", async () => {
    const checked = page.locator("input[data-trial]:checked");
    const before = await checked.count();
    const line = page.locator(".parallel path.in").last();
    await line.scrollIntoViewIfNeeded();
    const { x, y } = await pointOn(line);
    await page.mouse.move(x, y);
    assert.match(await page.locator("#tip").innerText(), /^trial \d+: .*\nvalidation accuracy: \d/);
    await page.mouse.click(x, y);
    assert.notEqual(await checked.count(), before);
  });

  await t.step("by touch, in a narrow window, an axis takes a drag along it", async () => {
    const narrow = await show(browser, random, { width: 400 });
    const box = await boxOf(narrow.page.locator('[data-axis="learning rate"] .strip'));
    const y = box.y + box.height / 2;
    assert.ok(box.width > 300 && box.height < 50);
    await narrow.page.mouse.move(box.x + box.width / 2, y);
    await narrow.page.mouse.down();
    await narrow.page.mouse.move(box.x + box.width - 10, y, { steps: 4 });
    await narrow.page.mouse.up();
    assert.match(await narrow.page.locator("#brushed").innerText(), /^\d+ of 20 trials lie within/);
    assert.deepEqual(narrow.complaints, []);
    await narrow.page.close();
  });

  await t.step(
    "without JavaScript the lines, shares and means stand in the page all the same",
    async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const plain = await context.newPage();
      await plain.goto(`file://${english}`);
      assert.equal(await plain.locator(".parallel path.in").count(), 14);
      assert.equal(await plain.locator(".parallel .handle, .parallel button").count(), 0);
      assert.equal(await plain.locator(".shares .bar").count(), 3);
      assert.match(await plain.locator(".means").innerText(), /90\.83% to 93\.37%/);
      await context.close();
    },
  );

  await t.step("none of that complains", () => assert.deepEqual(complaints, []));
});

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  assert.ok(box !== null);
  return box;
}

/** A drag along an upright axis from one position to another, from 0 at its foot to 1. */
async function drag(page: Page, axis: string, from: number, to: number): Promise<void> {
  const line = await boxOf(page.locator(`[data-axis="${axis}"] path.axis`));
  const y = (position: number) => line.y + line.height * (1 - position);
  // Beside the axis, where no handle is in the way.
  const x = line.x + line.width / 2 + 13;
  await page.mouse.move(x, y(from));
  await page.mouse.down();
  if (to !== from) await page.mouse.move(x, y(to), { steps: 5 });
  await page.mouse.up();
}

/** Cells, labels and paragraphs of the section whose text leaves its box or the window. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(
    "#effects td, #effects th, #effects p, #effects h3, .parallel text, .parallel button"
  )].filter((element) => {
    const { left, right } = element.getBoundingClientRect();
    return left < 0 || right > innerWidth + 0.5 || element.scrollWidth > element.clientWidth + 1 && !element.closest("svg");
  }).map((element) => element.textContent)`);
}
