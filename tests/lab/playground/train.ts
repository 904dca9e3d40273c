import type { Page } from "playwright-core";
import { until } from "../../chromium.ts";

export async function waitForEpoch(page: Page, epoch: number): Promise<void> {
  await until(page, `document.querySelector(".now .epoch")?.textContent === "${epoch}"`, 20_000);
}

/** Waits for the first frame of a training, then trains to its last epoch. */
export async function trainToEnd(page: Page, epochs: number): Promise<void> {
  await until(page, `!document.querySelector(".now .batch").textContent.endsWith("/ 0")`);
  await page.click(`.play button:has-text("To epoch")`);
  await waitForEpoch(page, epochs);
}
