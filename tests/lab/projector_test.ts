import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { PAGE_NAMES } from "../../src/lab/page.ts";
import { testInChromium } from "../chromium.ts";
import { showLab, writeLab } from "./open_lab.ts";

/** The least that is read from the back row where 1920 pixels are the wall's width: a 120th of it would be a slide's 8 points. */
const LEAST = 14;

/** What is written in letters smaller than `least` pixels, formulas and signs in buttons left out. */
function small(page: Page, least: number): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll("header *, main *")].filter((element) =>
    !element.closest(".katex, .unseen, svg, option") && element.checkVisibility() &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "") &&
    parseFloat(getComputedStyle(element).fontSize) < ${least}
  ).map((element) => element.outerHTML.slice(0, 100))`);
}

/** Keeps the sizes in which canvases are written on, in \`written\`. */
const WATCH = `globalThis.written = {};
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    written[text] = Number(/(\\d[\\d.]*)px/.exec(this.font)[1]);
    return fillText.call(this, text, ...rest);
  };`;

testInChromium("the lab on a projector", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);
  for (const name of PAGE_NAMES) {
    await t.step(`${name}: what is written is large enough, in charts too`, async () => {
      const { page } = await showLab(browser, path, { at: `#/${name}?lang=ja`, width: 1920 });
      await page.addInitScript(WATCH);
      await page.reload();
      await page.waitForTimeout(500);
      assert.deepEqual(await small(page, LEAST), []);
      const written = await page.evaluate("written") as Record<string, number>;
      assert.deepEqual(Object.entries(written).filter(([, size]) => size < LEAST), []);
      await page.close();
    });
  }

  await t.step("the header begins where the page does", async () => {
    for (const width of [1280, 1920, 2560]) {
      const { page } = await showLab(browser, path, { width });
      const left = (selector: string) =>
        page.evaluate(`document.querySelector("${selector}").getBoundingClientRect().left`);
      assert.equal(await left("header .brand"), await left("h1"), `${width} pixels`);
      await page.close();
    }
  });

  await t.step("the header's links stand in rows, not in a column between what is beside them", async () => {
    for (const language of ["en", "ja"]) {
      const { page } = await showLab(browser, path, { at: `#/rules?lang=${language}` });
      for (const width of [640, 768, 900, 1024, 1280, 1500, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        const rows = await page.evaluate(`new Set([...document.querySelectorAll("header nav a")]
          .map((link) => link.getBoundingClientRect().top)).size`);
        const beside = await page.evaluate(`document.querySelector("header nav").getBoundingClientRect().top <
          document.querySelector("header .brand").getBoundingClientRect().bottom`);
        assert.ok(rows === 1 || !beside, `${language}, ${width} pixels: ${rows} rows beside the title`);
      }
      await page.close();
    }
  });

  await t.step("the plane of the learning rules is seen whole without scrolling", async () => {
    const { page } = await showLab(browser, path, { at: "#/rules?lang=ja&data=xor&step=12" });
    for (const [width, height] of [[1280, 720], [1366, 768], [1536, 864], [1920, 950], [1920, 1080]]) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(100);
      const { bottom } = await page.locator("canvas.plane").evaluate((plane) => {
        const { bottom } = (plane as unknown as { getBoundingClientRect(): { bottom: number } })
          .getBoundingClientRect();
        return { bottom };
      });
      assert.ok(bottom <= height, `${width} x ${height}: it ends at ${bottom}`);
    }
    await page.close();
  });
});
