import { createHash } from "node:crypto";
import { inlineScript } from "../../src/text/inline_script.ts";
import type { ChartScripts } from "../../src/report/page/document.tsx";

/** What the charts of a page run on, as `deno task build` takes it from the packages; the interpreter takes what it needs of vega from there. */
const SCRIPTS = ["page_vega.js", "page_interpreter.js"].map((name) =>
  new URL(`../../src/report/charts/bundle/${name}`, import.meta.url)
);

let scripts: Promise<ChartScripts> | undefined;

/** What the charts of report.html run on. Read once. */
export function chartScripts(): Promise<ChartScripts> {
  if (scripts === undefined) {
    scripts = Promise.all(SCRIPTS.map(async (url) => inlineScript(await Deno.readTextFile(url), sha256)));
    scripts.catch(() => scripts = undefined);
  }
  return scripts;
}

/** The library's own takes 25 ms for them when it has not run before. */
function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
