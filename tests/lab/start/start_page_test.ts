import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { testInChromium, until } from "../../chromium.ts";
import { checkEverywhere, showLab, writeLab } from "../open_lab.ts";

testInChromium("the page of activations and the start", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);
  const show = (at: string) => showLab(browser, path, { at: `#/start?${at}` });

  await t.step("values fade with a small sigma, and one click mends it", async () => {
    const { page, complaints } = await show("width=50");
    await until(page, rows(5));
    assert.match(await page.innerText(".findings"), /The values fade.*δ fades/s);
    const faded = await deviations(page);
    assert.ok(faded[4] < 1e-3 * faded[0], `${faded}`);
    await page.click("label:has-text('xavier')");
    await until(page, `document.querySelector(".findings").textContent.startsWith("Steady")`);
    const kept = await deviations(page);
    assert.ok(kept[4] > 0.2 * kept[0], `${kept}`);
    await page.click(".comparison button:has-text('He')");
    await until(page, `location.hash.includes("method=he")`);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("the tangent follows the mouse, and says value and slope", async () => {
    const { page } = await show("activation=sigmoid&x=0");
    assert.match(await page.innerText(".tangent .values"), /0\.5000.*0\.2500/s);
    const box = (await page.locator("canvas.curve").boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.7 * box.width, box.y + 40);
    await page.mouse.up();
    await until(page, `location.hash.includes("x=2")`);
    assert.match(await page.innerText(".tangent .values"), /0\.8808.*0\.1050/s);
    await page.locator("canvas.curve").click({ button: "right", position: { x: 9, y: 9 } });
    assert.match(await page.innerText(".tangent .values"), /0\.8808.*0\.1050/s);
    await page.close();
  });

  await t.step("charts are in the language that is chosen", async () => {
    const { page } = await show("width=20");
    const { page: fresh } = await show("width=20&lang=ja");
    await page.click("header .language");
    const drawn = async (page: Page) => {
      await until(page, rows(5));
      await page.waitForTimeout(300);
      return await page.evaluate<string>(`document.querySelector(".comparison canvas").toDataURL()`);
    };
    assert.ok(await drawn(page) === await drawn(fresh));
    await page.close();
    await fresh.close();
  });

  await t.step("all of it by keyboard", async () => {
    const { page, complaints } = await show("width=20");
    await page.focus(".controls .choice input:checked");
    await page.keyboard.press("ArrowRight");
    await until(page, `location.hash.includes("activation=sigmoid")`);
    await page.focus(".slider:has-text('Hidden layers') input");
    await page.keyboard.press("End");
    await until(page, rows(10));
    await page.focus(".row .button");
    await page.keyboard.press("Enter");
    await until(page, `location.hash.includes("seed=1")`);
    await page.focus(".layers tbody tr:nth-child(4) button");
    await page.keyboard.press("Enter");
    await until(page, `location.hash.includes("layer=4")`);
    assert.match(await page.innerText(".tangent .note"), /layer 4/);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("whole everywhere", async () => {
    await checkEverywhere(browser, path, { name: "start", params: "sigma=1&depth=6&width=50" });
  });
});

function rows(count: number): string {
  return `document.querySelectorAll(".layers tbody tr").length === ${count}`;
}

/** Of the activations, by layer. */
async function deviations(page: Page): Promise<number[]> {
  const texts: string[] = await page.locator(".layers td:nth-child(2) b").allInnerTexts();
  return texts.map((text) => Number(text.replace("−", "-")));
}
