import assert from "node:assert/strict";
import { testInChromium } from "../chromium.ts";
import { writeSampleGrades } from "../pipeline/view/grades/grades_fixture.ts";

/** As wide as A4, by which a browser knows how narrow a page is, and within the margins that it asks for; in CSS pixels. */
const PAPER = { sheet: 794, text: 688 };

testInChromium("a student's page on paper", async ({ t, browser, folder }) => {
  for (const language of ["en", "ja"] as const) {
    const grades = `${folder}/${language}`;
    await Deno.mkdir(grades);
    await writeSampleGrades(grades, { language });
    await t.step(
      `${language}: each problem has a line of its own, and both charts stand side by side`,
      async () => {
        const page = await browser.newPage({ viewport: { width: PAPER.sheet, height: 900 } });
        await page.goto(`file://${grades}/feedback/s1000005.html`);
        await page.emulateMedia({ media: "print" });
        await page.evaluate(`document.body.style.width = "${PAPER.text}px"`);
        const lines = await page.evaluate(`[...document.querySelectorAll(".hero tbody th a")].map((link) => {
        const range = document.createRange();
        range.selectNodeContents(link);
        return [link.textContent, new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size];
      }).filter(([, lines]) => lines > 1)`);
        assert.deepEqual(lines, []);
        const tops = await page.evaluate(`new Set([...document.querySelectorAll(".charts figure")]
        .map((figure) => figure.getBoundingClientRect().top)).size`);
        assert.equal(tops, 1);
        await page.close();
      },
    );
  }
});
