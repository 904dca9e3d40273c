import assert from "node:assert/strict";
import { LANGUAGES } from "../../../src/text/language.ts";
import { testInChromium } from "../../chromium.ts";
import { chartGrounds, show, violations, writeReport } from "./open_page.ts";

/** The colours of the page's ground by scheme, as the browser gives them. */
const GROUNDS = { light: "rgb(255, 255, 255)", dark: "rgb(21, 25, 31)" };

testInChromium("the whole page is accessible", async ({ t, browser, folder }) => {
  for (const language of LANGUAGES) {
    // One page a language: its width and its scheme change while it is open, as a reader's do.
    const { page, complaints } = await show(browser, await writeReport(folder, language, { language }));
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (let i = 0; i < 100 && (await chartGrounds(page)).join() !== GROUNDS[scheme]; i++) {
        await page.waitForTimeout(50);
      }
      assert.deepEqual(await chartGrounds(page), [GROUNDS[scheme]]);
      for (const width of [1280, 768, 400]) {
        await t.step(`${language}, ${scheme}, ${width} pixels wide: axe finds nothing serious`, async () => {
          await page.setViewportSize({ width, height: 900 });
          const found = await violations(page);
          assert.deepEqual(found.filter((line) => /^(serious|critical)/.test(line)), []);
        });
      }
    }
    assert.deepEqual(complaints, []);
    if (language === LANGUAGES[0]) {
      await t.step("axe would find a text that is too pale, and a field without a name", async () => {
        await page.evaluate(
          `document.querySelector("main").insertAdjacentHTML("beforeend", '<p class="pale">pale</p><input>');
           document.querySelector(".pale").style.color = "#222"`,
        );
        assert.deepEqual((await violations(page)).map((line) => line.split(":")[0]).sort(), [
          "critical label",
          "serious color-contrast",
        ]);
      });
    }
    await page.close();
  }
});
