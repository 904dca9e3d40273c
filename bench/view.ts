// deno run -A bench/view.ts [FOLDER]: what the viewer takes for a folder of 10,000 runs, or for one that is named: the time to its first table,
// frames a second while all of it is scrolled, and the server's memory.

import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { openChromium } from "../tests/chromium.ts";
import { writeManyRuns } from "./many_runs.ts";
import { median } from "./statistics.ts";
import { Viewer } from "./viewer.ts";

const RUNS = 10_000;
const ROUNDS = 5;
const SCROLL_MS = 4000;
/** Between the list and the page that is chosen from it. */
const READING_MS = 2000;

/** Milliseconds from when the page was asked for to when the table's first rows were painted. */
async function firstTable(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForSelector(".trials tbody tr");
  return Number(await page.evaluate("globalThis.tableAt"));
}

/** Runs in the page before its own scripts: the first frame after that in which a row stands has painted it. */
const WATCH = `{
  const look = () => document.querySelector(".trials tbody tr") === null
    ? requestAnimationFrame(look)
    : requestAnimationFrame(() => globalThis.tableAt = performance.now());
  requestAnimationFrame(look);
}`;

/** Frames a second while the whole table is scrolled, and the longest time between two, in milliseconds. */
async function scroll(page: Page): Promise<{ frames: number; longest: number }> {
  await page.waitForSelector(".trials .shown");
  await page.evaluate(`[...document.querySelectorAll(".trials p.note button.screen")].at(-1)?.click()`);
  await page.evaluate(`document.querySelector(".trials tbody").scrollIntoView()`);
  await page.waitForTimeout(500);
  return await page.evaluate(`new Promise((done) => {
    const start = performance.now();
    let last = start, frames = -1, longest = 0;
    const step = (now) => {
      if (++frames > 0) longest = Math.max(longest, now - last);
      last = now;
      scrollBy(0, 250);
      if (now - start < ${SCROLL_MS}) requestAnimationFrame(step);
      else done({ frames: 1000 * frames / (now - start), longest });
    };
    requestAnimationFrame(step);
  })`);
}

/** Milliseconds, frames a second and MiB. */
type Round = Record<"first" | "again" | "frames" | "longest" | "idle" | "now" | "most", number>;

async function measure(folder: string): Promise<void> {
  const browser = await openChromium();
  try {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await using viewer = await Viewer.start(folder);
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.addInitScript(WATCH);
      await page.goto(viewer.address);
      await page.waitForSelector(".experiments a");
      const idle = viewer.memory().now;
      await page.waitForTimeout(READING_MS);
      const path = await page.getAttribute(".experiments a", "href");
      const first = await firstTable(page, new URL(path!, viewer.address).href);
      const again = await firstTable(page, new URL(path!, viewer.address).href);
      const { frames, longest } = await scroll(page);
      const { now, most } = viewer.memory();
      rounds.push({ first, again, frames, longest, idle, now, most });
      await page.close();
      console.log(
        Object.entries(rounds[round]).map(([what, value]) => `${what} ${value.toFixed(0)}`).join(", "),
      );
    }
    const middle = (of: keyof Round) => median(rounds.map((round) => round[of])).toFixed(0);
    const load = Deno.loadavg()[0].toFixed(1);
    console.log(
      `first table ${middle("first")} ms (asked for again ${middle("again")} ms), ${
        middle("frames")
      } frames a second ` +
        `(longest ${middle("longest")} ms), server ${middle("now")} MiB (at most ${
          middle("most")
        }, before the page was ` +
        `asked for ${middle("idle")}): medians of ${ROUNDS}, load ${load}`,
    );
  } finally {
    await browser.close();
  }
}

const [named] = Deno.args;
if (named !== undefined) await measure(resolve(named));
else {
  const folder = await Deno.makeTempDir({ prefix: "view-" });
  try {
    await writeManyRuns(`${folder}/many`, RUNS);
    await measure(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
