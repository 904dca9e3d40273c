import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Browser, Page } from "playwright-core";

const AXE = new URL("axe.min.js", import.meta.resolve("axe-core"));

/** Where Chromium is; undefined where there is none. */
export const CHROMIUM: string | undefined = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(exists);

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Starts Chromium, which is for the caller to close. */
export async function openChromium(): Promise<Browser> {
  // When it is loaded, playwright looks for WSL in /proc, which takes all permissions there are, unless its own test is on.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    ...CHROMIUM === undefined ? {} : { executablePath: CHROMIUM },
    args: FLAGS,
  });
}

/** What a test in Chromium is given; both are gone when it ends. */
export interface InChromium {
  readonly t: Deno.TestContext;
  readonly browser: Browser;
  readonly folder: string;
}

/** A test of pages in Chromium, which says that it is skipped where there is none. */
export function testInChromium(what: string, fn: (given: InChromium) => Promise<void>): void {
  Deno.test({
    name: CHROMIUM === undefined
      ? `${what} in Chromium: skipped, as there is none (apt-get install chromium)`
      : `${what} in Chromium`,
    ignore: CHROMIUM === undefined,
    // The browser's process and its pipes outlive single steps; the test closes them at its end.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn(t) {
      const folder = await Deno.makeTempDir();
      const browser = await openChromium();
      try {
        await fn({ t, browser, folder });
      } finally {
        await browser.close();
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** Waits until something read from a page is as wanted, as charts are drawn some time after what they follow; fails after ten seconds. */
export async function becomes<T>(read: () => Promise<T>, wanted: T): Promise<void> {
  const end = performance.now() + 10_000;
  let found = await read();
  while (!isDeepStrictEqual(found, wanted) && performance.now() < end) {
    await new Promise((wake) => setTimeout(wake, 20));
    found = await read();
  }
  assert.deepEqual(found, wanted);
}

/** Waits until something is so on a page, and says how many milliseconds that took. Throws an AssertionError that quotes the page where it does not become so. */
export async function until(page: Page, expression: string, within = 10_000): Promise<number> {
  const start = performance.now();
  // Not by waitForFunction(), which a page's policy lets look once and no more.
  while (!await page.evaluate(`Boolean(${expression})`).catch(() => false)) {
    const taken = performance.now() - start;
    if (taken > within) {
      const shown = String(await page.evaluate("document.body.innerText")).slice(0, 600);
      assert.fail(`after ${within} ms not yet: ${expression}; the page shows ${shown}`);
    }
    await new Promise((wake) => setTimeout(wake, 20));
  }
  return performance.now() - start;
}

/** What axe finds wrong with a page. */
export async function violations(page: Page): Promise<string[]> {
  // The page's policy lets no script in but its own: the test's comes through the debugger.
  await page.evaluate(await Deno.readTextFile(AXE));
  return await page.evaluate(`axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => impact + " " + id + ": " + nodes.map(({ html }) => html).slice(0, 3).join(" ")))`);
}
