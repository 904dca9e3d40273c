import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { inspectedRuns, rankTrials } from "../../../src/analysis/ranking.ts";
import type { Inspection } from "../../../src/numpy/inspection_npz.ts";
import type { ReportInput } from "../../../src/report/report_model.ts";
import { runName } from "../../../src/tables/results_csv.ts";
import { testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { sampleHistory, sampleInspection } from "../sample_report.ts";
import { show, violations, writeReport } from "./open_page.ts";

const OBJECTIVE = { metric: "val_accuracy", goal: "maximize" } as const;

/** Of ten classes: of 20 true 4 seven are taken for 9, the others are right; of each other class 10 of 10 are right, but one 2 for a 1. */
const MATRIX = Uint32Array.from({ length: 100 }, (_, i) => {
  const [label, predicted] = [Math.floor(i / 10), i % 10];
  if (label === 4) return predicted === 9 ? 7 : predicted === 4 ? 13 : 0;
  if (label === 2) return predicted === 1 ? 1 : predicted === 2 ? 9 : 0;
  return label === predicted ? 10 : 0;
});

/** Five of the seven, surest first, the one 2, and two right ones; each image a plain grey of its own. */
function inspection(first: number): Inspection {
  const places = [
    ...[0.98, 0.95, 0.9, 0.8, 0.6].map((share) => ({ label: 4, predicted: 9, share })),
    { label: 2, predicted: 1, share: 0.55 },
    { label: 4, predicted: 4, share: 0.41 },
    { label: 7, predicted: 7, share: 0.9996 },
  ];
  const probabilities = new Float32Array(10 * places.length);
  places.forEach(({ label, predicted, share }, i) => {
    probabilities[10 * i + (predicted === label ? 0 : label)] = 1 - share;
    probabilities[10 * i + predicted] = share;
  });
  const pixels = new Uint8Array(64 * places.length);
  places.forEach((_, i) => pixels.fill(20 + 25 * i, 64 * i, 64 * i + 64));
  return {
    judged: {
      indices: Uint32Array.from(places, (_, i) => first + i),
      labels: Uint8Array.from(places, ({ label }) => label),
      predictions: Uint8Array.from(places, ({ predicted }) => predicted),
      probabilities,
      images: { count: places.length, rows: 8, columns: 8, pixels },
    },
    filters: { ...sampleInspection().filters, weights: new Float32Array(2 * 64).fill(0.1) },
  };
}

/** Twelve trials, of which the last diverged; the ten best are inspected, the others are not. */
function report(): Partial<ReportInput> {
  const rows = Array.from({ length: 12 }, (_, trial) =>
    runRow({
      trial,
      learning_rate: (trial + 1) / 100,
      val_accuracy: 0.95 - trial / 100,
      ...(trial === 11 ? { status: "diverged" as const, val_accuracy: null } : {}),
    }));
  const ended = rows.filter(({ status }) => status === "ok");
  const runs = inspectedRuns(rankTrials(rows, OBJECTIVE), OBJECTIVE);
  return {
    rows,
    history: sampleHistory(rows),
    predictions: undefined,
    matrices: new Map(ended.map((run) => [runName(run), MATRIX])),
    inspections: new Map(runs.map((run, i) => [runName(run), inspection(100 * (i + 1))])),
    diagnostics: new Map(),
  };
}

const title = (page: Page) => page.locator(".opened h3").innerText();
const status = (page: Page) => page.locator(".opened [role=status]").innerText();
const cell = (page: Page, name: string) => page.locator(`[data-cell="${name}"]`);
const focused = (page: Page): Promise<string | null> =>
  page.evaluate("document.activeElement.dataset.cell ?? null");

/** Texts that do not lie within their boxes, or the window. */
function cut(page: Page, section: string): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll("#${section} *")].filter((element) => {
    if (element.closest(".unseen") || element.tagName === "OPTION" || element.closest("svg")) return false;
    const box = element.getBoundingClientRect();
    if (box.width === 0) return false;
    const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
    const outside = box.right > innerWidth + 0.5 || box.left < -0.5;
    const over = isText && element.tagName !== "SELECT" && getComputedStyle(element).display !== "inline" &&
      element.scrollWidth > element.clientWidth + 1;
    return outside || over;
  }).map((element) => element.outerHTML.slice(0, 120))`);
}

testInChromium("the errors", async ({ t, browser, folder }) => {
  const english = await writeReport(folder, "en", report());
  const japanese = await writeReport(folder, "ja", { ...report(), language: "ja" });

  for (
    const [path, width, scheme] of [
      [english, 1280, "light"],
      [japanese, 1280, "dark"],
      [english, 768, "dark"],
      [japanese, 768, "light"],
      [english, 400, "light"],
      [japanese, 400, "dark"],
    ] as const
  ) {
    const language = path === english ? "English" : "Japanese";
    await t.step(
      `${language}, ${width} pixels wide, ${scheme}: nothing is cut, nothing complains`,
      async () => {
        const { page, complaints } = await show(browser, path, { width, scheme });
        await cell(page, "4-9").click();
        assert.deepEqual(complaints, []);
        assert.deepEqual(await cut(page, "errors"), []);
        assert.equal(await page.locator("#errors .scroll").count(), 0);
        const found = await violations(page);
        assert.deepEqual(found.filter((line) => /^(serious|critical)/.test(line)), []);
        await page.close();
      },
    );
  }

  const { page, complaints } = await show(browser, english);

  await t.step(
    "at first there are the most confident mistakes of the best trial, surest first",
    async () => {
      assert.equal(await title(page), "Most confident mistakes");
      assert.equal(await status(page), "The 6 most confident of 8 images.");
      const shares = await page.locator(".judged small").allInnerTexts();
      assert.deepEqual(shares, ["98.0%", "95.0%", "90.0%", "80.0%", "60.0%", "55.0%"]);
      assert.match(
        await page.locator("#errors .note").first().innerText(),
        /all 12\. There are images of the ten best\./,
      );
    },
  );

  await t.step("on paper nothing is said of clicks, which mean nothing there", async () => {
    const note = page.locator("#errors .note").first();
    assert.match(await note.innerText(), /^Choose a cell of the matrix, by a click.* A trial is looked at/);
    await page.emulateMedia({ media: "print" });
    assert.match(await note.innerText(), /^A trial is looked at/);
    await page.emulateMedia({ media: "screen" });
  });

  await t.step("a cell opens its images by a click, and closes by another", async () => {
    await cell(page, "4-9").click();
    assert.equal(await cell(page, "4-9").getAttribute("aria-pressed"), "true");
    assert.equal(await title(page), "4 taken for 9");
    assert.equal(await status(page), "The 5 most confident of 7 images.");
    assert.equal(await page.locator(".judged li").count(), 5);
    await cell(page, "4-4").click();
    assert.equal(await title(page), "4 predicted right");
    assert.equal(await status(page), "The 1 least confident of 13 images.");
    assert.equal(await cell(page, "4-9").getAttribute("aria-pressed"), "false");
    await cell(page, "4-4").click();
    assert.equal(await title(page), "Most confident mistakes");
    await cell(page, "3-5").click();
    assert.equal(await status(page), "No test image is here.");
    await page.getByRole("button", { name: "Back to all mistakes" }).click();
    assert.equal(await title(page), "Most confident mistakes");
  });

  await t.step(
    "the same by keyboard: one stop for the matrix, arrows to a cell, Enter, Escape",
    async () => {
      await page.locator("#errors-trial").focus();
      await page.keyboard.press("Tab");
      // Where the last click left it.
      assert.equal(await focused(page), "3-5");
      await page.keyboard.press("Home");
      for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowUp");
      assert.equal(await focused(page), "0-0");
      for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("End");
      assert.equal(await focused(page), "4-9");
      await page.keyboard.press("ArrowRight");
      assert.equal(await focused(page), "4-9");
      await page.keyboard.press("Enter");
      assert.equal(await title(page), "4 taken for 9");
      await page.keyboard.press("Escape");
      assert.equal(await title(page), "Most confident mistakes");
      await page.keyboard.press("Space");
      assert.equal(await title(page), "4 taken for 9");
      const name = await cell(page, "4-9").evaluate((element) =>
        (element as unknown as { innerText: string }).innerText
      );
      assert.match(name.replaceAll(/\s+/g, " "), /^4 taken for 9: 7 35%$/);
    },
  );

  await t.step(
    "each image shows all ten probabilities, large where it is chosen by mouse or by keyboard",
    async () => {
      const rows = async () =>
        (await page.locator(".closeup tr").allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " ").trim());
      assert.equal(await page.locator(".closeup caption").innerText(), "Test image 100: 4 taken for 9");
      assert.deepEqual((await rows()).filter((row) => !row.endsWith("<0.1%")), [
        "4 2.0% true",
        "9 98.0% predicted",
      ]);
      assert.equal((await rows()).length, 10);
      // From the cell over the button to go back to the images.
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowRight");
      assert.equal(await page.locator(".closeup caption").innerText(), "Test image 101: 4 taken for 9");
      assert.ok((await rows()).includes("9 95.0% predicted"));
      await page.keyboard.press("End");
      assert.equal(await page.locator(".closeup caption").innerText(), "Test image 104: 4 taken for 9");
      await page.locator(".judged button").nth(2).click();
      assert.ok((await rows()).includes("9 90.0% predicted"));
      const said = await page.locator(".judged .unseen").nth(2).evaluate((element) =>
        (element as unknown as { textContent: string }).textContent
      );
      assert.equal(said, "Test image 102: 4 taken for 9. Probabilities: 9: 90.0%, 4: 10.0%");
      const bars = page.locator(".judged li").nth(2).locator("path");
      assert.equal(await bars.count(), 2);
      await page.keyboard.press("Escape");
    },
  );

  await t.step("each image is its own pixels, dark on light, and light on dark at night", async () => {
    const grey = async (scheme: "light" | "dark") => {
      await page.emulateMedia({ colorScheme: scheme });
      const box = await page.locator(".judged .digit").nth(1).boundingBox();
      const shot = await page.screenshot({
        clip: { x: box!.x + 20, y: box!.y + 20, width: 4, height: 4 },
      });
      const { decode } = await import("fast-png");
      return decode(shot).data[0];
    };
    await page.locator(".judged").scrollIntoViewIfNeeded();
    // 45 of 255 ink, to sixteen greys: 3 of 15.
    const light = await grey("light");
    assert.ok(Math.abs(light - (255 - 51)) <= 3, `${light}`);
    const dark = await grey("dark");
    assert.ok(dark < 100, `${dark}`);
    await page.emulateMedia({ colorScheme: "light" });
  });

  await t.step("a right answer that is all but certain says so, and no more", async () => {
    await cell(page, "7-7").click();
    assert.ok((await page.locator(".closeup tr").allInnerTexts()).some((row) => /7\s+>99\.9%/.test(row)));
    await cell(page, "7-7").click();
  });

  await t.step(
    "any trial: another's images, one with the matrix alone, one without predictions",
    async () => {
      const choose = page.locator("#errors-trial");
      await choose.selectOption({ index: 1 });
      assert.match(await page.locator("#errors strong").first().innerText(), /^trial 1, seed 0$/);
      assert.equal(await page.locator(".closeup caption").innerText(), "Test image 200: 4 taken for 9");
      await choose.selectOption({ index: 10 });
      assert.equal(
        await status(page),
        "8 images. This page holds the images of the ten best trials only.",
      );
      assert.match(await cell(page, "4-9").innerText(), /^4 taken for 9:\s+7\s+35%$/);
      await choose.selectOption({ index: 11 });
      assert.match(
        await page.locator("#errors").innerText(),
        /There are no predictions of trial 11: its run diverged or failed/,
      );
      await choose.focus();
      await page.keyboard.press("Home");
      assert.equal(await page.locator(".closeup caption").innerText(), "Test image 100: 4 taken for 9");
    },
  );

  await t.step("precision and recall are the chosen trial's", async () => {
    const rows = await page.locator("table.classes tr").allInnerTexts();
    const four = rows.find((row) => /^4\s/.test(row)) ?? "";
    assert.match(four.replaceAll(/\s+/g, " "), /^4 20 100\.00% 65\.00% 78\.79%/);
  });

  await t.step("none of that complains", () => assert.deepEqual(complaints, []));

  await t.step("without a script the best trial's errors are there", async () => {
    const still = await browser.newPage({ javaScriptEnabled: false });
    await still.goto(`file://${english}`);
    assert.equal(await still.locator("#errors .judged li").count(), 6);
    assert.match(await still.locator("#errors .closeup").innerText(), /98\.0%/);
    assert.equal(await still.locator("#errors .matrix td button").count(), 100);
    await still.close();
  });

  await t.step(
    "a folder of an earlier version, which has one inspection, says what is not there",
    async () => {
      const { inspections = new Map(), ...rest } = report();
      const [[best, only]] = inspections;
      const path = await writeReport(folder, "former", { ...rest, inspections: new Map([[best, only]]) });
      const { page: former, complaints } = await show(browser, path);
      assert.deepEqual(complaints, []);
      assert.match(
        await former.locator("#errors .note").first().innerText(),
        /There are images of 1 of the ten best\./,
      );
      await cell(former, "0-0").click();
      assert.equal(await status(former), "10 images. The results folder has none of them.");
      await former.close();
    },
  );
});

/** Twelve rows of three classes with long names, all of which the best trial gets wrong. */
function ofLongNames(): Partial<ReportInput> {
  const rows = [runRow({ trial: 0, val_accuracy: 0.9 })];
  const class_names = [
    "京都府南丹市美山町で採れた丹波黒大豆の枝豆",
    "an_identifier_of_fifty_letters_and_not_one_space__",
    "setosa",
  ];
  const input_names = Array.from({ length: 8 }, (_, i) => `長さ ${i}（センチメートル）`);
  const labels = Uint8Array.from({ length: 12 }, (_, i) => i % 3);
  return {
    rows,
    history: sampleHistory(rows),
    predictions: undefined,
    dataset: undefined,
    images: { train: 10, test: 12, features: 8, classes: 3, class_names, input_names },
    matrices: new Map([[runName(rows[0]), Uint32Array.of(0, 4, 0, 0, 0, 4, 4, 0, 0)]]),
    inspections: new Map(),
    judgedRows: new Map([[runName(rows[0]), {
      indices: Uint32Array.from(labels, (_, i) => i),
      labels,
      predictions: labels.map((label) => (label + 1) % 3),
      probabilities: Float32Array.from(
        { length: 36 },
        (_, i) => i % 3 === (labels[(i / 3) | 0] + 1) % 3 ? 0.8 : 0.1,
      ),
      numbers: new Float32Array(96).fill(-1.25),
      features: 8,
    }]]),
    diagnostics: new Map(),
  };
}

testInChromium("classes with long names", async ({ t, browser, folder }) => {
  const path = await writeReport(folder, "long", { ...ofLongNames(), language: "ja" });
  for (const width of [1280, 640, 360]) {
    await t.step(`${width} pixels wide: names stay in their cells, and tables on the page`, async () => {
      const { page } = await show(browser, path, { width });
      for (const table of ["errors .matrix", "errors .classes"]) assert.deepEqual(await cut(page, table), []);
      assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
      const ends = "Math.max(...[...document.querySelectorAll('.classes')].map((table) => " +
        "table.getBoundingClientRect().right - table.parentElement.getBoundingClientRect().right))";
      assert.ok(Number(await page.evaluate(ends)) <= 0.5);
      await page.close();
    });
  }

  await t.step("on paper no column is lost", async () => {
    // A4 without its margins of 14 mm.
    const { page } = await show(browser, path, { width: 688 });
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await cut(page, "errors"), []);
    const beyond = "[...document.querySelectorAll('#errors :is(th, td)')].filter((cell) => " +
      "cell.getBoundingClientRect().right > document.querySelector('#errors').getBoundingClientRect().right + 0.5)" +
      ".map((cell) => cell.textContent)";
    assert.deepEqual(await page.evaluate(beyond), []);
    await page.close();
  });
});
