import type { ChartScripts } from "../../src/report/page/document.tsx";

/** Where the packages have what the charts of a page run on. */
const VEGA = new URL("vega.min.js", import.meta.resolve("vega"));
const INTERPRETER = new URL(import.meta.resolve("vega-interpreter"));

/** What must be allowed to be read for chartScripts(). */
export const CHART_FILES: readonly URL[] = [VEGA, INTERPRETER];

let scripts: Promise<ChartScripts> | undefined;

/** What the charts of report.html run on, as their packages ship it; the interpreter takes what it needs of vega from there. Read once. */
export function chartScripts(): Promise<ChartScripts> {
  if (scripts === undefined) {
    scripts = readChartScripts();
    scripts.catch(() => scripts = undefined);
  }
  return scripts;
}

async function readChartScripts(): Promise<ChartScripts> {
  const [vega, interpreter] = await Promise.all([
    Deno.readTextFile(VEGA),
    Deno.readTextFile(INTERPRETER),
  ]);
  return [
    withoutMap(vega),
    `(({ ascending, isString, DisallowedObjectProperties }) => {\n${
      withoutModules(withoutMap(interpreter))
    }\nglobalThis.expressionInterpreter = expression;\n})(vega);`,
  ];
}

/** A module's text as a plain script's: what it imports stands before it, what it exports after it. */
function withoutModules(text: string): string {
  return text.replaceAll(/^import [^;]*;\n/gm, "").replaceAll(/^export \{[^}]*\};\n/gm, "").replaceAll(
    /^export /gm,
    "",
  );
}

function withoutMap(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}
