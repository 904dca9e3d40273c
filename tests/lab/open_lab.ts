// What the tests of the lab's pages share.

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { makeLab } from "../../pipeline/lab/make_lab.ts";
import { violations } from "../chromium.ts";

/** The lab as a file in `folder`. */
export async function writeLab(folder: string): Promise<string> {
  const path = `${folder}/lab.html`;
  await Deno.writeTextFile(path, await makeLab({ language: "en" }));
  return path;
}

export interface ShownLab {
  page: Page;
  /** What went wrong: console messages, errors, and every request but that for the file itself. */
  complaints: string[];
}

/** Opens the lab's file from disk at an address such as `#/rules?lang=ja`. */
export async function showLab(
  browser: Browser,
  path: string,
  { at = "", width = 1280, scheme = "light" }: { at?: string; width?: number; scheme?: "light" | "dark" } =
    {},
): Promise<ShownLab> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`file://${path}`) && !/^(data|blob):/.test(url)) complaints.push(url);
  });
  await page.goto(`file://${path}${at}`);
  await page.waitForSelector("main h1");
  return { page, complaints };
}

/** What sticks out of the window, or of its own box. */
export function cut(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll("header *, main *")].filter((element) => {
    if (element.closest(".katex, .unseen, svg *, .scroll *") || element.offsetParent === null) return false;
    const { left, right } = element.getBoundingClientRect();
    return right > innerWidth + 1 || left < -1;
  }).map((element) => element.outerHTML.slice(0, 120))`);
}

/**
 * That a page is whole at 360, 768 and 1280 pixels, in both languages, light and dark: nothing sticks out, and axe finds nothing serious.
 * `params` is a state of the page, without its language.
 */
export async function checkEverywhere(
  browser: Browser,
  path: string,
  { name, params = "" }: { name: string; params?: string },
): Promise<void> {
  for (const language of ["en", "ja"]) {
    const at = `#/${name}?lang=${language}${params === "" ? "" : `&${params}`}`;
    const { page, complaints } = await showLab(browser, path, { at });
    for (const width of [1280, 768, 360]) {
      await page.setViewportSize({ width, height: 900 });
      for (const scheme of ["light", "dark"] as const) {
        const where = `${name}, ${language}, ${width} pixels, ${scheme}`;
        await page.emulateMedia({ colorScheme: scheme });
        await page.waitForTimeout(100);
        assert.deepEqual(await cut(page), [], where);
        assert.deepEqual(await violations(page), [], where);
      }
    }
    assert.deepEqual(complaints, [], `${name}, ${language}`);
    await page.close();
  }
}
