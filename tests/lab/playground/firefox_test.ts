import assert from "node:assert/strict";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { openTraining } from "../../../src/nn/open_training.ts";
import { hashWeights } from "../../../src/nn/weights.ts";
import { datasetOf, trainingOptions } from "../../../src/lab/playground/experiment.ts";
import { FIREFOX, openFirefox } from "../firefox.ts";
import { writeLab } from "../open_lab.ts";
import { settingFrom, TWELVE } from "./settings.ts";

Deno.test({
  name: FIREFOX === undefined
    ? "the playground in Firefox: skipped, as there is none (apt-get install firefox-esr)"
    : "the weights of the playground's 12 settings are in Firefox those of Deno",
  ignore: FIREFOX === undefined,
  async fn() {
    const folder = await Deno.makeTempDir();
    const kernels = await loadKernels();
    const page = await openFirefox(folder);
    try {
      const path = await writeLab(folder);
      const wait = async (expression: string) => {
        for (let tries = 0; await page.evaluate(`String(${expression})`) !== "true"; tries++) {
          if (tries === 1000) throw new Error(`It was never so: ${expression}`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      await page.open(`file://${path}#/playground?${TWELVE[0]}`);
      for (const params of TWELVE) {
        await page.evaluate(`String(location.hash = ${JSON.stringify(`#/playground?${params}`)})`);
        const setting = settingFrom(params);
        await wait(
          `document.querySelector(".yaml")?.textContent.includes("epochs: ${setting.epochs}\\n") && ` +
            `document.querySelector(".now .epoch").textContent === "0" && ` +
            `!document.querySelector(".now .batch").textContent.endsWith("/ 0")`,
        );
        await page.evaluate(
          `String([...document.querySelectorAll(".play button")].find((button) => button.textContent.startsWith("To epoch")).click())`,
        );
        await wait(`document.querySelector(".now .epoch").textContent === "${setting.epochs}"`);
        const found = await page.evaluate(`document.querySelector(".reproduce dd").textContent`);
        const training = openTraining(datasetOf(setting), { ...trainingOptions(setting), kernels });
        while (training.epoch < setting.epochs) training.trainEpoch();
        assert.equal(found, hashWeights(training.weights), params);
      }
    } finally {
      await page.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
