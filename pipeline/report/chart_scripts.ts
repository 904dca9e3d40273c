import type { ChartScripts } from "../../src/report/page/document.tsx";

/** What the charts of a page run on, as `deno task build` takes it from the packages; the interpreter takes what it needs of vega from there. */
const SCRIPTS = ["page_vega.js", "page_interpreter.js"].map((name) =>
  new URL(`../../src/report/charts/bundle/${name}`, import.meta.url)
);

/** What the charts of report.html run on. */
export async function chartScripts(): Promise<ChartScripts> {
  return await Promise.all(SCRIPTS.map((script) => Deno.readTextFile(script)));
}
