import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { LESSONS } from "../../../src/lab/playground/lessons.ts";
import { testInChromium, until } from "../../chromium.ts";
import { trainToEnd, waitForEpoch } from "./train.ts";
import { checkEverywhere, showLab, writeLab } from "../open_lab.ts";

const at = (params: string) => `#/playground?${params}`;

/** The number of epochs that the page says are trained. */
async function epochOf(page: Page): Promise<number> {
  return Number(await page.innerText(".now .epoch"));
}

testInChromium("the playground", async ({ t, browser, folder }) => {
  const path = await writeLab(folder);

  await t.step(
    "by mouse: data, layers and units are chosen, it plays and pauses, steps and starts again",
    async () => {
      const { page, complaints } = await showLab(browser, path, { at: at("epochs=5000&count=50") });
      await page.click(`.shapes input[value="xor"]`);
      await page.click(`button[aria-label="Add a hidden layer"]`);
      await page.click(`button[aria-label="Add a unit to hidden layer 3"]`);
      await until(page, `/data=xor/.test(location.hash) && /hidden=3\\.2\\.3(&|$)/.test(location.hash)`);
      await page.click(".play .main");
      await until(page, `Number(document.querySelector(".now .epoch").textContent) >= 3`);
      await page.click(".play .main");
      // What was asked for before the pause may still come.
      await page.waitForTimeout(300);
      const paused = await epochOf(page);
      await page.waitForTimeout(200);
      assert.equal(await epochOf(page), paused);
      await page.click(`.play button:has-text("1 epoch")`);
      await waitForEpoch(page, paused + 1);
      await page.click(`.play button:has-text("1 batch")`);
      await until(page, `document.querySelector(".now .batch").textContent.startsWith("1 /")`);
      await page.hover(`button[aria-label="Hidden layer 1, unit 2"]`);
      await until(page, `document.querySelector(".field h2").textContent === "Hidden layer 1, unit 2"`);
      assert.match(await page.innerText(".field .note"), /^b = \S+; w = \S+, \S+$/);
      await page.click(`.play button:has-text("Start again")`);
      await waitForEpoch(page, 0);
      await page.click(`button[aria-label="Remove the last hidden layer"]`);
      await until(page, `/hidden=3\\.2(&|$)/.test(location.hash) || !/hidden/.test(location.hash)`);
      assert.deepEqual(complaints, []);
      await page.close();
    },
  );

  await t.step(
    "an activation is chosen for all layers or for each, stands in the address and in the config",
    async () => {
      const { page, complaints } = await showLab(browser, path, { at: at("hidden=3.2&count=30") });
      // The config is that of what is shown, which comes from the worker.
      const untilConfig = (line: string) =>
        until(
          page,
          `document.querySelector("pre.yaml").textContent.includes(${JSON.stringify(`  ${line}\n`)})`,
        );
      const choosers = page.locator(".picture select");
      await page.click(`.play button:has-text("1 epoch")`);
      await waitForEpoch(page, 1);
      await page.selectOption(`.learning label:has-text("Activation") select`, { label: "by layer" });
      await until(page, `/activation=tanh\\.tanh(&|$)/.test(location.hash)`);
      await until(page, `document.querySelectorAll(".picture select").length === 2`);
      // It is the same training still.
      assert.equal(await epochOf(page), 1);
      await untilConfig("activation: tanh");
      await page.selectOption(`select[aria-label="Activation of hidden layer 2"]`, "relu");
      await waitForEpoch(page, 0);
      await until(page, `/activation=tanh\\.relu(&|$)/.test(location.hash)`);
      await untilConfig("activation: [tanh, relu]");
      assert.ok(await page.isDisabled(`button:has-text("in the graph")`));
      await page.click(`button[aria-label="Add a hidden layer"]`);
      await until(page, `document.querySelectorAll(".picture select").length === 3`);
      assert.deepEqual(
        await choosers.evaluateAll((all) => all.map((one) => (one as unknown as { value: string }).value)),
        ["tanh", "relu", "relu"],
      );
      await page.selectOption(`.learning label:has-text("Activation") select`, "sigmoid");
      await until(page, `/activation=sigmoid(&|$)/.test(location.hash)`);
      await untilConfig("activation: sigmoid");
      assert.equal(await choosers.count(), 0);
      assert.deepEqual(complaints, []);
      await page.close();
    },
  );

  await t.step(
    "own points are set and erased by mouse and by keyboard, and stand in the address",
    async () => {
      const { page, complaints } = await showLab(browser, path, { at: at("validation=0&hidden=2") });
      await page.click(`.shapes input[value="own"]`);
      await page.waitForSelector(".few");
      const plane = page.locator(".field canvas");
      const box = await plane.boundingBox();
      assert.ok(box !== null);
      await plane.click({ position: { x: box.width * 0.25, y: box.height * 0.25 } });
      await page.click(`.data label:has-text("class 0") input`);
      await plane.focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await until(
        page,
        `!document.querySelector(".few") && document.querySelector(".now .batch").textContent === "0 / 1"`,
      );
      const points = async () =>
        new URLSearchParams((await page.evaluate("location.hash") as string).split("?")[1]).get("points");
      assert.match(await points() ?? "", /^-0\.6\d,0\.6\d,1;0\.0[56],0,0$/);
      await page.click(`.data label:has-text("erase") input`);
      await plane.click({ position: { x: box.width * 0.25 + 4, y: box.height * 0.25 } });
      await page.waitForSelector(".few");
      assert.match(await points() ?? "", /^0\.0[56],0,0$/);
      assert.deepEqual(complaints, []);
      await page.close();
    },
  );

  await t.step("by keyboard: data, playing, stepping and the units are reached", async () => {
    const { page, complaints } = await showLab(browser, path, { at: at("epochs=7&count=30") });
    await page.focus(`.shapes input[value="circle"]`);
    await page.keyboard.press("ArrowRight");
    await until(page, `/data=xor/.test(location.hash)`);
    await page.focus(".play .main");
    for (const epoch of [7, 14]) {
      await page.keyboard.press("Space");
      await waitForEpoch(page, epoch);
      await until(page, `document.querySelector(".play .main").textContent.includes("Play")`);
    }
    await page.focus(`button[aria-label="Input x₁"]`);
    for (const expected of ["Input x₂", "Hidden layer 1, unit 1"]) {
      await page.keyboard.press("Tab");
      assert.equal(await page.innerText(".field h2"), expected);
    }
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step(
    "what stands in the way is named where it does, and nothing is where it does not",
    async () => {
      const { page } = await showLab(browser, path, { at: at("lesson=bend") });
      for (
        const [lesson, expected] of [["plateau", /^Plateau/], ["saturated", /^Saturated/], [
          "bend",
          /^Nothing/,
        ]] as const
      ) {
        await page.click(`.lessons button:has-text("${LESSONS[lesson].title.en}")`);
        await until(
          page,
          `document.querySelector(".lessons [aria-pressed=true]").textContent === ${
            JSON.stringify(LESSONS[lesson].title.en)
          }`,
        );
        await trainToEnd(page, 200);
        assert.match(await page.innerText(".flaws [role=status]"), expected);
      }
      assert.match(await page.innerText(".verdict"), /^Linearly separable: .* all 240 training points/);
      await page.close();
    },
  );

  await t.step("the graph is opened with the weights of this moment", async () => {
    const { page, complaints } = await showLab(browser, path, { at: at("hidden=3.2&count=30") });
    await page.click(`.play button:has-text("1 batch")`);
    await until(page, `document.querySelector(".now .batch").textContent.startsWith("1 /")`);
    await page.click(`button:has-text("in the graph")`);
    await page.waitForSelector("main.graph");
    assert.match(await page.evaluate("location.hash"), /hidden=3\.2&.*w=(-?[\d.e-]+,){22}-?[\d.e-]+/);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  await t.step("without WebAssembly SIMD it says so", async () => {
    const page = await browser.newPage();
    await page.addInitScript("WebAssembly.validate = () => false");
    await page.goto(`file://${path}${at("")}`);
    assert.match(await page.innerText("main .bad"), /SIMD/);
    await page.close();
  });

  await t.step("it is whole at every width, in both languages, light and dark", async () => {
    const points = "0,0,1;1,1,0;0.5,0,1;-0.5,0.25,0;-1,-1,1;0.75,-0.5,0";
    const net =
      "hidden=16.16.16.16&activation=tanh.sigmoid.relu.identity&init=gaussian&sigma=10&space=output&batch=37";
    const params = `data=own&points=${points}&${net}&lesson=saturated`;
    await checkEverywhere(browser, path, { name: "playground", params });
  });
});
