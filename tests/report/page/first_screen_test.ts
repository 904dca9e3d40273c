import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ReportInput } from "../../../src/report/report_model.ts";
import { becomes, testInChromium } from "../../chromium.ts";
import { runRow } from "../../tables/run_rows.ts";
import { sampleHistory } from "../sample_report.ts";
import { show, violations, writeReport } from "./open_page.ts";

const PREPROCESS = { scale: 255, validation: 0.2 };
const EPOCHS = 8;

const PDFTOTEXT = await new Deno.Command("pdftotext", { args: ["-v"] }).output().then(
  () => true,
  () => false,
);

/** Letters alone: how a text lies on paper is not in it. */
function plain(text: string): string {
  return text.normalize("NFKC").replaceAll(/[\s\u2060]+/g, "");
}

/** What a page of each kind is about. */
function reports(): Record<string, Partial<ReportInput>> {
  const sweep = [0, 1, 2].flatMap((trial) =>
    [0, 1, 2].map((seed) =>
      runRow({
        trial,
        seed,
        learning_rate: [0.01, 0.05, 0.1][trial],
        batch_size: [10, 20, 20][trial],
        sigma: [0.01, 0.01, 0.05][trial],
        epochs: EPOCHS,
        val_accuracy: 0.9 + trial / 50 + seed / 500,
      })
    )
  );
  const of = (rows: ReturnType<typeof runRow>[], changes: Partial<ReportInput> = {}) => (
    { rows, history: sampleHistory(rows, EPOCHS), preprocess: PREPROCESS, ...changes }
  );
  return {
    sweep: of(sweep, {
      title: "Which learning rate, batch size and sigma suit the course's network?",
      description: "Three trials, three seeds each.",
    }),
    single: of([runRow({ epochs: EPOCHS })], {
      language: "ja",
      title: "手書き数字を 784-400-200-10 のネットワークで分類する",
      description: "授業のノートブックと同じ設定で訓練し、どこまで正しく分類できるかを調べます。",
    }),
    deep: of([runRow({ hidden: [2000, 400, 300, 200, 100, 50] })], { language: "ja" }),
    logistic: of([runRow({ hidden: [] })]),
  };
}

/** What of the first screen sticks out of its box or of the window, or is written smaller than 9 pixels. */
function cut(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const found = [];
    const wide = innerWidth;
    for (const element of document.querySelectorAll("header *, #answer *")) {
      const style = getComputedStyle(element);
      if (element.closest("details:not([open])") || element.closest(".plot") || element.id === "answer-title") continue;
      if (style.clipPath !== "none" || element.tagName === "PATH") continue;
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
      if (!own) continue;
      const range = document.createRange();
      range.selectNodeContents(element);
      for (const { left, right, width } of range.getClientRects()) {
        if (width > 0 && (left < -0.5 || right > wide + 0.5)) found.push("out of the window: " + element.textContent);
      }
      const svg = element.closest("svg");
      if (svg) {
        const [box, frame] = [element.getBoundingClientRect(), svg.getBoundingClientRect()];
        if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5) found.push("out of the picture: " + element.textContent);
        if (parseFloat(style.fontSize) * frame.width / 340 < 9) found.push("too small: " + element.textContent);
      } else if (element.scrollWidth > element.clientWidth + 1 && style.display !== "inline") {
        found.push("wider than its box: " + element.textContent);
      }
    }
    return found;
  })()`);
}

const bottomOf = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().bottom + scrollY`,
  );

const readings = (page: Page) => page.locator("#best-island .legend").innerText();

testInChromium("the first screen", async ({ t, browser, folder }) => {
  const pages: Record<string, string> = {};
  for (const [name, report] of Object.entries(reports())) {
    pages[name] = await writeReport(folder, name, report);
  }
  for (const [name, path] of Object.entries(pages)) {
    for (
      const [width, scheme] of [[1280, "light"], [768, "dark"], [400, "light"], [400, "dark"]] as const
    ) {
      await t.step(
        `${name}, ${width} pixels wide, ${scheme}: all of it is seen, nothing is cut`,
        async () => {
          const { page, complaints } = await show(browser, path, { width, scheme });
          assert.deepEqual(await cut(page), []);
          if (width === 1280) {
            assert.ok(await bottomOf(page, ".setup") <= 900, `${await bottomOf(page, ".setup")}`);
          }
          // Two screens of a telephone, but for the settings that nobody chose.
          if (width === 400) {
            const row = ".setting-list > :nth-child(4)";
            assert.ok(await bottomOf(page, row) <= 1800, `${await bottomOf(page, row)}`);
          }
          // It takes seconds; accessible_test.ts asks it of a whole page in every language, scheme and width.
          if (width === 768) {
            const found = await violations(page);
            assert.deepEqual(found.filter((line) => /^(serious|critical)/.test(line)), []);
          }
          assert.deepEqual(complaints, []);
          await page.close();
        },
      );
    }
  }

  await t.step(
    "without a script everything but the chart's lines is there, its numbers in a table",
    async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(`file://${pages.sweep}`);
      const text = await page.locator("#answer").innerText();
      for (
        const part of [
          /training 48,000/,
          /784–400–200–10/,
          /learning rate swept: 3\s+0\.1/,
          /beats|Did it learn/,
        ]
      ) {
        assert.match(text, part, String(part));
      }
      await page.locator("#best-island summary").click();
      assert.equal(await page.locator("#best-island details tbody tr").count(), EPOCHS);
      await context.close();
    },
  );

  const { page, complaints } = await show(browser, pages.sweep);
  const chart = page.locator(".reader");
  const rule = page.locator("#best-curves .mark-rule line[stroke-dasharray='3,3']");

  await t.step("the legend tells the last epoch, and by keyboard any other", async () => {
    assert.match(await readings(page), /epoch 8\n/);
    await becomes(() => rule.count(), 0);
    const { label, now } = await chart.evaluate((element) => {
      const { ariaLabel, ariaValueNow } = element as unknown as Record<string, string>;
      return { label: ariaLabel, now: ariaValueNow };
    });
    assert.match(label, /^Loss and validation accuracy by epoch: the best, trial 2: Epoch to read off/);
    assert.equal(now, "8");
    await chart.focus();
    await page.keyboard.press("ArrowLeft");
    assert.match(await readings(page), /epoch 7\n/);
    await becomes(() => rule.count(), 1);
    await page.keyboard.press("Home");
    // (2.3 - 1) / 1 + the mean of 0, 0.05 and 0.1.
    assert.match(
      await readings(page),
      /epoch 1\nTraining loss.*1\.350\nValidation loss.*1\.485\nValidation accuracy.*50\.00%/,
    );
    await page.keyboard.press("ArrowLeft");
    assert.match(await readings(page), /epoch 1\n/);
    assert.match(
      await chart.getAttribute("aria-valuetext") ?? "",
      /^epoch 1, Training loss 1\.350, Validation loss 1\.485, Validation accuracy 50\.00%$/,
    );
    await page.keyboard.press("Escape");
    assert.match(await readings(page), /epoch 8\n/);
    await becomes(() => rule.count(), 0);
  });

  await t.step(
    "the crosshair snaps to the epoch next to the pointer, on all lines, and leaves with it",
    async () => {
      const box = await page.locator("#best-curves .mark-symbol path").first().boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + 3, box.y + 80);
      assert.match(await readings(page), /epoch 1\n/);
      await becomes(() => rule.count(), 1);
      await page.mouse.move(box.x + 40, box.y + 80);
      assert.match(await readings(page), /epoch 2\n/);
      await becomes(() => page.locator("#best-curves .mark-symbol path[stroke='#ffffff']").count(), 3);
      await page.mouse.move(5, 5);
      assert.match(await readings(page), /epoch 8\n/);
    },
  );

  await t.step("a touch reads an epoch off", async () => {
    const context = await browser.newContext({ hasTouch: true, viewport: { width: 400, height: 900 } });
    const touched = await context.newPage();
    await touched.goto(`file://${pages.single}`);
    await touched.waitForSelector("html[data-drawn]");
    const box = await touched.locator("#best-curves .mark-symbol path").first().boundingBox();
    assert.ok(box);
    let seen = "";
    await touched.exposeFunction("tell", (text: string) => seen += `${text}\n`);
    await touched.evaluate(`new MutationObserver(() =>
          tell(document.querySelector(".reader").getAttribute("aria-valuenow"))
        ).observe(document.querySelector(".reader"), { attributes: true })`);
    await touched.touchscreen.tap(box.x + 3, box.y + 20);
    await becomes(() => Promise.resolve(seen.split("\n")[0]), "1");
    await context.close();
  });

  await t.step("a verdict's link leads to its rule", async () => {
    await page.locator(".verdicts a").first().press("Enter");
    assert.match(page.url(), /#rules$/);
    const top: number = await page.evaluate(
      `document.querySelector("#rules").getBoundingClientRect().top`,
    );
    assert.ok(top < 900, `${top}`);
  });

  await t.step(
    "in the dark and on paper the picture and the chart have the colours of their ground",
    async () => {
      const stroke = () =>
        page.locator("#best-curves path[stroke-dasharray='6,3']").first().getAttribute("stroke");
      const layer = (): Promise<string> =>
        page.evaluate(`getComputedStyle(document.querySelector(".network .layer.output")).fill`);
      const colours = async () => [await stroke(), await layer()];
      await becomes(colours, ["#0072b2", "rgb(0, 158, 115)"]);
      await page.emulateMedia({ colorScheme: "dark" });
      await becomes(colours, ["#4aa8e8", "rgb(44, 199, 155)"]);
      await page.emulateMedia({ colorScheme: "dark", media: "print" });
      await becomes(colours, ["#0072b2", "rgb(0, 158, 115)"]);
    },
  );

  await t.step({
    name: PDFTOTEXT
      ? "on paper no page ends with a heading, nor with what is said below it"
      : "on paper: skipped, as there is no pdftotext",
    ignore: !PDFTOTEXT,
    async fn() {
      for (const name of ["sweep", "single"]) {
        const { page } = await show(browser, pages[name]);
        const titles = (await page.locator(
          "h2, h3:not(figure h3), caption, .note:not(:last-child, .screen, #filters .note, .best-chart .note, .matrix ~ .note)",
        ).allInnerTexts())
          .map(
            (title) => plain(title),
          );
        // Nothing is below what is folded up, whose text may end as a heading does.
        const folded = (await page.locator("details:not([open]) > summary").allInnerTexts())
          .map((text) => plain(text)).filter(Boolean);
        const pdf = `${pages[name]}.pdf`;
        // What is below the filters' note is an image, and no text; the notes of the best chart and of the matrix are about what is above them. Of several sizes, so that pages end at many places.
        for (const format of ["A4", "A5", "Letter"]) {
          await page.pdf({ path: pdf, format, printBackground: true });
          const { stdout } = await new Deno.Command("pdftotext", { args: [pdf, "-"] }).output();
          const sheets = new TextDecoder().decode(stdout).split("\f").map((text) => plain(text)).filter(
            Boolean,
          );
          assert.ok(sheets.length > 2);
          const ends = sheets.slice(0, -1).filter((text) =>
            titles.some((title) => title !== "" && text.endsWith(title)) &&
            !folded.some((summary) => text.endsWith(summary))
          );
          assert.deepEqual(ends.map((text) => text.slice(-40)), [], `${name} ${format}`);
        }
        await page.close();
      }
    },
  });

  await t.step("none of that complains", () => assert.deepEqual(complaints, []));

  await t.step("Japanese lines begin with no particle, at any width", async () => {
    for (const width of [400, 560, 768, 1280]) {
      const { page } = await show(browser, pages.single, { width });
      const starts: string[] = await page.evaluate(LINE_STARTS);
      assert.ok(starts.length > 8);
      const particles = starts.filter((start) =>
        /^(は|を|が|に|へ|と(?!き|い|し)|も|の|で|から|まで|より|や|ね|、|。|）|」|ー|枚|個)/.test(start)
      );
      assert.deepEqual(particles, [], `${width}`);
      await page.close();
    }
  });
});

/** The first letters of every line but the first of each text in the first screen and the rules. */
const LINE_STARTS = `(() => {
  const starts = [];
  const range = document.createRange();
  for (const element of document.querySelectorAll("h1, .about, #answer p, #answer .verdicts li, #answer .facts li, #rules p, #rules dd")) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let bottom = null;
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      for (let i = 0; i < data.length; i++) {
        range.setStart(walker.currentNode, i);
        range.setEnd(walker.currentNode, i + 1);
        const [box] = range.getClientRects();
        if (!box || box.width === 0) continue;
        if (bottom !== null && box.top >= bottom - 2) starts.push(data.slice(i, i + 6));
        bottom = bottom === null ? box.bottom : Math.max(bottom, box.bottom);
      }
    }
  }
  return starts;
})()`;
