import assert from "node:assert/strict";
import { PAGE_NAMES } from "../../src/lab/page.ts";
import { testInChromium, until } from "../chromium.ts";
import { showLab, writeLab } from "./open_lab.ts";

testInChromium("the lab", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);

  await t.step("it opens from disk without a request, at its first page", async () => {
    const { page, complaints } = await showLab(browser, path);
    assert.equal(await page.getAttribute("header nav a[aria-current]", "href"), `#/${PAGE_NAMES[0]}`);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("every page is reached by keyboard, and says what it is", async () => {
    const { page, complaints } = await showLab(browser, path);
    const titles = new Set<string>();
    for (const name of PAGE_NAMES) {
      await page.focus(`header nav a[href^="#/${name}"]`);
      await page.keyboard.press("Enter");
      await page.waitForSelector(`main.${name} h1`);
      titles.add(await page.innerText("h1"));
      assert.ok((await page.innerText(".about")).length > 20);
    }
    assert.equal(titles.size, PAGE_NAMES.length);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("the language is in the address, and stays from page to page", async () => {
    const { page } = await showLab(browser, path);
    await page.click("header .language");
    await until(page, `location.hash.includes("lang=ja")`);
    assert.equal(await page.getAttribute("html", "lang"), "ja");
    await page.click(`header nav a[href^="#/digit"]`);
    await page.waitForSelector("main.digit");
    assert.match(await page.innerText("h1"), /数字/);
    await page.close();
  });

  await t.step("what a link says that cannot be read is named", async () => {
    const { page } = await showLab(browser, path, { at: "#/rules?colour=red" });
    assert.match(await page.innerText(".refused"), /colour/);
    await page.evaluate(`location.hash = "#/plaground?data=xor"`);
    await until(page, `document.querySelector(".refused").innerText.includes("plaground")`);
    assert.equal(await page.locator("select").first().inputValue(), "clouds");
    await page.close();
  });
});
