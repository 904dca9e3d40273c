import type { ChartScripts } from "../../src/report/page/document.tsx";

/** What the charts of a page run on, as `deno task build` takes it from the packages. */
const place = (name: string) => new URL(`../../src/report/charts/bundle/${name}`, import.meta.url);

/** What must be allowed to be read for chartScripts(). */
export const CHART_FILES: readonly URL[] = [place("page_vega.js"), place("page_interpreter.js")];

/** What the charts of report.html run on; the interpreter takes what it needs of vega from there. */
export async function chartScripts(): Promise<ChartScripts> {
  return await Promise.all(CHART_FILES.map((file) => Deno.readTextFile(file)));
}
