import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { testInChromium, until } from "../../chromium.ts";
import { checkEverywhere, showLab, writeLab } from "../open_lab.ts";

const POINTS = "-0.5,-0.5,0;-0.6,0.1,0;0.1,-0.7,0;0.5,0.5,1;0.7,-0.1,1;0,0.8,1;0.2,0.3,0";

testInChromium("the page of learning rules", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);
  const show = (at: string) => showLab(browser, path, { at: `#/rules?${at}` });

  await t.step("sample by sample, what is shown adds up", async () => {
    const { page, complaints } = await show("rule=delta&rate=0.2");
    assert.match(await page.innerText(".step"), /Nothing learned yet/);
    for (let step = 1; step <= 3; step++) {
      await page.click("text=One sample");
      await until(page, `document.querySelector(".steps").textContent === "${step}"`);
      const [after, before, x] = await columns(page);
      const move = number(await page.innerText(".sum.move span"));
      after.forEach((value, i) => assert.ok(Math.abs(value - (before[i] + move * x[i])) < 0.002));
      const a = before.reduce((sum, weight, i) => sum + weight * x[i], 0);
      assert.ok(Math.abs(a - number(await page.innerText(".sum:not(.move) span"))) < 0.005);
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("the perceptron on XOR goes round, and a link shows the same moment", async () => {
    const { page } = await show("data=xor");
    for (let i = 0; i < 3; i++) await page.click("text=One epoch");
    await until(page, `location.hash.includes("step=12")`);
    assert.match(await page.innerText(".fact"), /Not linearly separable/);
    assert.match(await page.innerText(".outcome"), /after epoch 2 are exactly those after epoch 1/);
    const shown = await columns(page);
    const { page: again } = await show((await page.evaluate<string>("location.hash")).split("?")[1]);
    assert.deepEqual(await columns(again), shown);
    await page.evaluate(
      "addEventListener('hashchange', ({ newURL }) => went ??= newURL), globalThis.went = null, 0",
    );
    await page.click("text=XOR with a hidden layer");
    await until(page, "went !== null");
    assert.match(await page.evaluate("went"), /#\/playground\?data=own&points=-1,-1,0;/);
    await page.close();
    await again.close();
  });

  await t.step("playing ends by itself, within the bound", async () => {
    const { page } = await show("speed=1000&noise=0.4");
    await page.click(".play .main");
    await until(page, `document.querySelector(".outcome").textContent.includes("never move again")`);
    await until(page, `document.querySelector(".play .main").textContent.includes("Play")`);
    const [, mistakes, bound] = (await page.innerText(".bound p")).match(/so far (\d+).*?= (\d+)/s)!;
    assert.ok(Number(mistakes) > 0 && Number(mistakes) <= Number(bound), `${mistakes}, ${bound}`);
    await page.close();
  });

  await t.step("a click sets a point, another erases it", async () => {
    const { page } = await show("data=and");
    const box = (await page.locator("canvas.plane").boundingBox())!;
    const click = () => page.mouse.click(box.x + 0.5 * box.width, box.y + 0.3 * box.height);
    await click();
    await until(page, `location.hash.includes("data=own")`);
    assert.match(decodeURIComponent(await page.evaluate("location.hash")), /;0,0\.5,1$/);
    await page.click("label:has-text('Erase')");
    await click();
    await until(page, `!decodeURIComponent(location.hash).includes("0,0.5,1")`);
    await page.click("text=Clear");
    await until(page, `document.querySelector(".fact").textContent.includes("no points")`);
    await page.click("text=One sample");
    await page.close();
  });

  await t.step("other buttons than the first set and erase nothing", async () => {
    const { page } = await show("data=and&step=3");
    for (const button of ["right", "middle"] as const) {
      await page.locator("canvas.plane").click({ button });
      assert.match(await page.evaluate("location.hash"), /data=and.*step=3/, button);
    }
    await page.close();
  });

  await t.step("space plays after a click on what is only read", async () => {
    const { page } = await show("data=xor");
    await page.click("h1");
    await page.keyboard.press("Space");
    await until(page, `Number(document.querySelector(".steps").textContent) > 2`);
    await page.close();
  });

  await t.step("at the most steps there are, playing learns no more, and the link stays one", async () => {
    const { page } = await show("data=xor&step=100000&speed=2000");
    await page.click(".play .main");
    await until(page, `document.querySelector(".play .main").textContent.includes("Play")`);
    assert.match(await page.evaluate("location.hash"), /step=100000(&|$)/);
    await page.close();
  });

  await t.step("charts are in the language that is chosen", async () => {
    const { page } = await show("rule=delta&step=9");
    const drawn = async (page: Page) => {
      await page.waitForTimeout(300);
      const pictures = `[...document.querySelectorAll(".charts canvas")].map((each) => each.toDataURL())`;
      return await page.evaluate<string[]>(pictures);
    };
    await page.click("header .language");
    await until(page, `document.documentElement.lang === "ja"`);
    const { page: fresh } = await show("rule=delta&step=9&lang=ja");
    const wanted = await drawn(fresh);
    assert.deepEqual((await drawn(page)).map((picture, i) => picture === wanted[i]), [true, true]);
    await page.close();
    await fresh.close();
  });

  await t.step("all of it by keyboard", async () => {
    const { page, complaints } = await show("data=own");
    await page.focus("canvas.plane");
    for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await until(page, `decodeURIComponent(location.hash).endsWith("points=0.5,0,1")`);
    await page.focus(".controls .choice input:checked");
    await page.keyboard.press("ArrowRight");
    await until(page, `location.hash.includes("rule=hebb")`);
    assert.match(await page.innerText(".step"), /−1 and 1/);
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("Space");
    await until(page, `Number(document.querySelector(".steps").textContent) > 2`);
    await page.keyboard.press("Space");
    await until(page, `location.hash.includes("step=")`);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("whole everywhere", async () => {
    await checkEverywhere(browser, path, {
      name: "rules",
      params: `rule=delta&data=own&points=${encodeURIComponent(POINTS)}&step=47`,
    });
  });
});

/** The vectors of the step: after, before, x. */
async function columns(page: Page): Promise<number[][]> {
  const texts: string[] = await page.locator(".column").allInnerTexts();
  return texts.map((text) => text.trim().split(/\s+/).map(number));
}

/** `= −0.5` as a number. */
function number(text: string): number {
  const value = Number(text.replace(/[=≈]/, "").replace("−", "-").trim());
  assert.ok(Number.isFinite(value), text);
  return value;
}
