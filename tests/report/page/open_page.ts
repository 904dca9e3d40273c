// What the tests of the report's page share.

import type { Browser, Locator, Page } from "playwright-core";
import { chartScripts } from "../../../pipeline/report/chart_scripts.ts";
import type { ReportInput } from "../../../src/report/report_model.ts";
import { renderReport } from "../../../src/report/render_report.ts";
import { sampleReport } from "../sample_report.ts";
import { CHARTS_HERE } from "../charts_here.ts";

export { violations } from "../../chromium.ts";

/** The report as a file in `folder`. */
export async function writeReport(
  folder: string,
  name: string,
  changes: Partial<ReportInput> = {},
): Promise<string> {
  const files = await renderReport(sampleReport(changes), await chartScripts(), CHARTS_HERE);
  const path = `${folder}/${name}.html`;
  await Deno.writeFile(path, files.get("report.html") ?? new Uint8Array());
  return path;
}

export interface Shown {
  page: Page;
  /** What went wrong: console messages, errors, and every request but that for the file itself. */
  complaints: string[];
}

export async function show(
  browser: Browser,
  path: string,
  { width = 1280, scheme = "light" }: { width?: number; scheme?: "light" | "dark" } = {},
): Promise<Shown> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (request.url() !== `file://${path}` && !request.url().startsWith("data:")) {
      complaints.push(request.url());
    }
  });
  await page.goto(`file://${path}`);
  await page.waitForSelector("html[data-drawn]", { timeout: 20_000 });
  return { page, complaints };
}

/** Waits until charts have followed the last change, which they do after the next frame. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))",
  );
}

/** Charts that are not there or have no mark in them. */
export function emptyCharts(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(".plot")].filter((plot) =>
    plot.querySelectorAll("svg .role-mark path, svg .role-mark line").length < 1 || plot.clientWidth < 100
  ).map((plot) => plot.id || "?")`);
}

/** As emptyCharts(), once all are drawn or ten seconds have passed: charts that come with a choice are drawn after it. */
export async function emptyAtLast(page: Page): Promise<string[]> {
  for (let i = 0; i < 100; i++) {
    if ((await emptyCharts(page)).length === 0) break;
    await page.waitForTimeout(100);
  }
  return await emptyCharts(page);
}

/** The colours that the charts are drawn on. */
export function chartGrounds(page: Page): Promise<string[]> {
  return page.evaluate(
    `[...new Set([...document.querySelectorAll(".plot svg")].map((svg) => getComputedStyle(svg).backgroundColor))]`,
  );
}

/** Where a line is, in the window, at a part of its length. */
export function pointOn(line: Locator): Promise<{ x: number; y: number }> {
  return line.evaluate((element) => {
    const path = element as unknown as SvgPath;
    const point = path.getPointAtLength(path.getTotalLength() * 0.15);
    const { x, y } = point.matrixTransform(path.getScreenCTM());
    return { x, y };
  });
}

/** What the test uses of the browser's SVGPathElement. */
interface SvgPath {
  getTotalLength(): number;
  getPointAtLength(length: number): { matrixTransform(matrix: unknown): { x: number; y: number } };
  getScreenCTM(): unknown;
}
