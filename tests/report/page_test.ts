import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import { pageAssets } from "../../pipeline/report/render.ts";
import type { ReportInput } from "../../src/report/report_model.ts";
import { renderReport } from "../../src/report/render_report.ts";
import { CHROMIUM, openChromium } from "../chromium.ts";
import { runRow } from "../tables/run_rows.ts";
import { sampleHistory, sampleReport } from "./sample_report.ts";

const AXE = new URL("axe.min.js", import.meta.resolve("axe-core"));

/** The report as a file in `folder`. */
async function writeReport(
  folder: string,
  name: string,
  changes: Partial<ReportInput> = {},
): Promise<string> {
  const files = await renderReport(sampleReport(changes), await pageAssets());
  const path = `${folder}/${name}.html`;
  await Deno.writeFile(path, files.get("report.html") ?? new Uint8Array());
  return path;
}

interface Shown {
  page: Page;
  /** What went wrong: console messages, errors, and every request but that for the file itself. */
  complaints: string[];
}

async function show(
  browser: Browser,
  path: string,
  { width = 1280, scheme = "light" }: { width?: number; scheme?: "light" | "dark" } = {},
): Promise<Shown> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== `file://${path}` && !request.url().startsWith("data:")) {
      complaints.push(request.url());
    }
  });
  await page.goto(`file://${path}`);
  await page.waitForSelector("html[data-drawn]", { timeout: 20_000 });
  return { page, complaints };
}

/** Charts that are not there or have no mark in them. */
function emptyCharts(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(".plot")].filter((plot) =>
    plot.querySelectorAll("svg .role-mark path, svg .role-mark line").length < 1 || plot.clientWidth < 100
  ).map((plot) => plot.id || "?")`);
}

/** The colours that the charts are drawn on. */
function chartGrounds(page: Page): Promise<string[]> {
  return page.evaluate(
    `[...new Set([...document.querySelectorAll(".plot svg")].map((svg) => getComputedStyle(svg).backgroundColor))]`,
  );
}

/** Where a line is, in the window, at a part of its length. */
function pointOn(line: Locator): Promise<{ x: number; y: number }> {
  return line.evaluate((element) => {
    const path = element as unknown as SvgPath;
    const point = path.getPointAtLength(path.getTotalLength() * 0.15);
    const { x, y } = point.matrixTransform(path.getScreenCTM());
    return { x, y };
  });
}

/** What the test uses of the browser's SVGPathElement. */
interface SvgPath {
  getTotalLength(): number;
  getPointAtLength(length: number): { matrixTransform(matrix: unknown): { x: number; y: number } };
  getScreenCTM(): unknown;
}

async function violations(page: Page): Promise<string[]> {
  // The page's policy lets no script in but its own: the test's comes through the debugger.
  await page.evaluate(await Deno.readTextFile(AXE));
  return await page.evaluate(`axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => impact + " " + id + ": " + nodes.map(({ html }) => html).slice(0, 3).join(" ")))`);
}

Deno.test({
  name: CHROMIUM === undefined
    ? "the page in Chromium: skipped, as there is none (apt-get install chromium)"
    : "the page in Chromium",
  ignore: CHROMIUM === undefined,
  // The browser's process and its pipes outlive single steps; the test closes them at its end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const folder = await Deno.makeTempDir();
    const browser = await openChromium();
    try {
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
            assert.equal(await page.locator(".plot").count(), 3 + 3 + 1 + 2);
            assert.deepEqual(await emptyCharts(page), []);
            const scrolled: number = await page.evaluate("document.documentElement.scrollWidth");
            assert.ok(scrolled <= width, `the page is ${scrolled} wide`);
            const found = await violations(page);
            assert.deepEqual(found.filter((line) => /^(serious|critical)/.test(line)), []);
            const ground: string = await page.evaluate("getComputedStyle(document.body).backgroundColor");
            assert.equal(ground, scheme === "dark" ? "rgb(21, 25, 31)" : "rgb(255, 255, 255)");
            assert.deepEqual(await chartGrounds(page), [ground]);
            await page.close();
          },
        );
      }

      const { page, complaints } = await show(browser, english);
      const coloured = (colour: string) =>
        page.locator(`#curve-train_loss .role-mark path[stroke="${colour}"]`).count();

      await t.step("a trial is ticked and unticked by keyboard, and is drawn in its colour", async () => {
        const sixth = page.locator("tbody input[data-trial]").nth(5);
        const trial = await sixth.getAttribute("data-trial");
        assert.equal(await coloured("#3d9bd6"), 0);
        await page.locator("tbody input[data-trial]").nth(4).focus();
        await page.keyboard.press("Tab");
        await page.keyboard.press("Space");
        assert.equal(await sixth.isChecked(), true);
        assert.equal(await coloured("#3d9bd6"), 1);
        assert.match(await page.locator("#ticked").innerText(), new RegExp(`trial ${trial}\\.$`));
        await page.keyboard.press("Tab");
        await page.keyboard.press("Space");
        assert.match(await page.locator("#ticked").innerText(), /^Only 6 trials have a colour/);
        assert.equal(await page.locator("tbody input[data-trial]").nth(6).isChecked(), false);
        await page.locator("tbody input[data-trial]").first().focus();
        await page.keyboard.press("Space");
        assert.equal(await coloured("#0072b2"), 0);
        await page.keyboard.press("Space");
        assert.equal(await coloured("#0072b2"), 1);
      });

      await t.step("axes are switched between logarithmic and linear, and zoomed, by buttons", async () => {
        const labels = async () =>
          (await page.locator("#curve-train_loss .role-axis-label text").allTextContents()).sort();
        const before = await labels();
        const log = page.getByRole("button", { name: "Log loss" });
        assert.equal(await log.getAttribute("aria-pressed"), "true");
        await log.press("Enter");
        assert.equal(await log.getAttribute("aria-pressed"), "false");
        const linear = await labels();
        assert.notDeepEqual(linear, before);
        await page.getByRole("button", { name: "Zoom in" }).press("Enter");
        assert.notDeepEqual(await labels(), linear);
        await page.getByRole("button", { name: "Reset" }).press("Enter");
        assert.deepEqual(await labels(), linear);
        await page.getByRole("button", { name: "Log epochs" }).press("Enter");
        assert.deepEqual(await emptyCharts(page), []);
        await page.getByRole("button", { name: "Log epochs" }).press("Enter");
        await log.press("Enter");
        assert.deepEqual(await labels(), before);
      });

      await t.step("what is pointed at is told, and a click on a line ticks its trial", async () => {
        const line = page.locator('#curve-val_loss .role-mark path[stroke="#b4bac2"]').last();
        await line.scrollIntoViewIfNeeded();
        const place = await pointOn(line);
        await page.mouse.move(place.x, place.y);
        assert.match(await page.locator("#tip").innerText(), /^trial \d+: hidden /);
        const symbol = page.locator('#curve-train_loss .mark-symbol path[fill="#0072b2"]').first();
        await symbol.hover({ force: true });
        assert.match(
          await page.locator("#tip").innerText(),
          /^trial 12: .*\nepoch 1: 1\.3\d* \(1\.3–1\.35\)$/,
        );
        await page.locator("tbody input:checked").last().uncheck();
        await line.scrollIntoViewIfNeeded();
        const { x, y } = await pointOn(line);
        await page.mouse.move(x, y);
        const [, trial] = (await page.locator("#tip").innerText()).match(/^trial (\d+)/) ?? [];
        const box = page.locator(`tbody input[data-trial="${trial}"]`);
        const ticked = await box.isChecked();
        await page.mouse.click(x, y);
        assert.equal(await box.isChecked(), !ticked);
      });

      await t.step("another trial's layers are shown", async () => {
        await page.locator("#diagnosed").selectOption({ index: 3 });
        assert.deepEqual(await emptyCharts(page), []);
        assert.equal(await page.locator("[data-diagnosed]:visible").count(), 1);
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
        for (let i = 0; i < 40 && (await chartGrounds(page))[0] === "rgb(255, 255, 255)"; i++) {
          await page.waitForTimeout(50);
        }
        assert.deepEqual(await chartGrounds(page), ["rgb(21, 25, 31)"]);
      });

      await t.step("none of that complains", () => assert.deepEqual(complaints, []));

      await t.step("a report with hardly anything in it is a page all the same", async () => {
        const rows = [runRow()];
        const path = await writeReport(folder, "bare", {
          rows,
          history: sampleHistory(rows, 1),
          predictions: undefined,
          inspection: undefined,
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
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
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
    await pageAssets(),
  );
  let sum = 0;
  for (const bytes of files.values()) sum += bytes.length;
  assert.ok(sum < 5 * 2 ** 20, `${sum} bytes`);
  const page = new TextDecoder().decode(files.get("report.html"));
  assert.match(page, /The first 100 of 5,000 trials by rank/);
  assert.match(page, /205 of the 5,000 trials are drawn, evenly spaced by rank/);
});
