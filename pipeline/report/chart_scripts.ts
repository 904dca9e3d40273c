import type { ChartScripts } from "../../src/report/page/document.tsx";

/** What the charts of a page run on, as `deno task build` takes it from the packages; the interpreter takes what it needs of vega from there. */
const SCRIPTS = ["page_vega.js", "page_interpreter.js"].map((name) =>
  new URL(`../../src/report/charts/bundle/${name}`, import.meta.url)
);

let scripts: Promise<ChartScripts> | undefined;

/** What the charts of report.html run on. Read once. */
export function chartScripts(): Promise<ChartScripts> {
  if (scripts === undefined) {
    scripts = Promise.all([Deno.readTextFile(SCRIPTS[0]), Deno.readTextFile(SCRIPTS[1])]);
    scripts.catch(() => scripts = undefined);
  }
  return scripts;
}
