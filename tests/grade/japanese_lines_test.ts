import assert from "node:assert/strict";
import { testInChromium } from "../chromium.ts";
import { writeSampleGrades } from "../pipeline/view/grades/grades_fixture.ts";

/** The first two characters of every line of a page's paragraphs but their first, and but those that follow a space, which the text itself has. */
const STARTS = `[...document.querySelectorAll("p, h2, h3")].flatMap((paragraph) => {
  const starts = [];
  let last = null;
  for (const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT); walker.nextNode();) {
    const { data } = walker.currentNode;
    for (let i = 0; i < data.length; i++) {
      const range = document.createRange();
      range.setStart(walker.currentNode, i);
      range.setEnd(walker.currentNode, i + 1);
      const [box] = range.getClientRects();
      if (box === undefined || box.width === 0) continue;
      if (last !== null && box.top > last + 8 && data[i - 1] !== " ") starts.push(data.slice(i, i + 2));
      last = box.top;
    }
  }
  return starts;
})`;

testInChromium("Japanese pages of grades", async ({ t, browser, folder }) => {
  await writeSampleGrades(folder, { language: "ja" });
  for (const file of ["report.html", "feedback/s1000006.html", "feedback/s1000009.html"]) {
    await t.step(`${file}: no line begins with a particle`, async () => {
      const page = await browser.newPage();
      await page.goto(`file://${folder}/${file}`);
      const starts: string[] = [];
      for (const width of [360, 500, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        starts.push(...await page.evaluate(STARTS) as string[]);
      }
      assert.ok(starts.length > 10);
      assert.deepEqual(starts.filter((start) => /^[のをにはがでもと](?![ころき])/.test(start)), []);
      await page.close();
    });
  }
});
