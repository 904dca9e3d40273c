import assert from "node:assert/strict";
import { PAGE_NAMES } from "../../src/lab/page.ts";
import { testInChromium } from "../chromium.ts";
import { showLab, writeLab } from "./open_lab.ts";

/** As wide as A4 across within its margins, in CSS pixels. */
const PAPER = 1032;

/** What is to be told apart by colour, and what only a hand could use. */
const STATES: Readonly<Record<string, string>> = {
  graph: "step=14&hidden=4.4&inputs=4&classes=3&rows=4",
  digit: "put=1&show=worth",
};

testInChromium("the lab on paper", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);
  for (const name of PAGE_NAMES) {
    await t.step(
      `${name}: nothing is cut off, colours are printed, and what cannot be pressed is left out`,
      async () => {
        const { page } = await showLab(browser, path, {
          at: `#/${name}?lang=ja&${STATES[name] ?? ""}`,
          width: PAPER,
        });
        await page.waitForTimeout(300);
        await page.emulateMedia({ media: "print" });
        const cut = await page.evaluate(`[...document.querySelectorAll("main *")].filter((element) =>
        !element.closest(".katex, .unseen, svg, pre *") && element.checkVisibility() &&
        element.getBoundingClientRect().right > innerWidth + 1
      ).map((element) => element.outerHTML.slice(0, 100)).slice(0, 5)`);
        assert.deepEqual(cut, []);
        const scrolled = await page.evaluate(`[...document.querySelectorAll("main *")].filter((element) =>
        ["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX) && !element.closest(".katex, .unseen") &&
        element.scrollWidth > element.clientWidth + 1 && element.tagName !== "PRE"
      ).map((element) => element.outerHTML.slice(0, 100)).slice(0, 5)`);
        assert.deepEqual(scrolled, []);
        assert.equal(
          await page.evaluate(`getComputedStyle(document.querySelector("main")).printColorAdjust`),
          "exact",
        );
        const pressed = await page.evaluate(
          `[...document.querySelectorAll("nav a, .language, .button")].filter((element) =>
        element.checkVisibility()).length`,
        );
        assert.equal(pressed, 0);
        await page.close();
      },
    );
  }

  await t.step("of a dark page the paper is white, and what is drawn on it too", async () => {
    const { page } = await showLab(browser, path, { at: "#/rules?data=xor&step=12", scheme: "dark" });
    await page.waitForTimeout(300);
    const ground = () => page.evaluate(`getComputedStyle(document.body).backgroundColor`);
    const drawn = () =>
      page.evaluate(`document.querySelector(".charts canvas").getContext("2d").strokeStyle`);
    const dark = [await ground(), await drawn()];
    await page.emulateMedia({ media: "print" });
    await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
    assert.equal(await ground(), "rgb(255, 255, 255)");
    assert.notEqual(await drawn(), dark[1]);
    await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
    await page.emulateMedia({ media: "screen" });
    assert.deepEqual([await ground(), await drawn()], dark);
    await page.close();
  });
});
