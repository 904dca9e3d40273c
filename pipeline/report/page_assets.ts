import type { PageAssets } from "../../src/report/html/html_report.ts";

/** The page's own modules, each after those that it imports. */
const MODULES = ["tip.js", "chart_rows.js", "chart_view.js", "main.js"];
const PAGE = new URL("../../src/report/page/", import.meta.url);

/**
 * What report.html runs on: vega and its interpreter as their packages ship them, and the page's own modules. Each becomes a script that
 * needs no other file.
 */
export async function pageAssets(): Promise<PageAssets> {
  const read = (url: URL) => Deno.readTextFile(url);
  const [vega, interpreter, style, ...modules] = await Promise.all([
    read(new URL("vega.min.js", import.meta.resolve("vega"))),
    read(new URL(import.meta.resolve("vega-interpreter"))),
    read(new URL("style.css", PAGE)),
    ...MODULES.map((name) => read(new URL(name, PAGE))),
  ]);
  return {
    scripts: [
      withoutMap(vega),
      `(({ ascending, isString, DisallowedObjectProperties }) => {\n${
        withoutModules(withoutMap(interpreter))
      }\nglobalThis.expressionInterpreter = expression;\n})(vega);`,
      `(() => {\n${modules.map(withoutModules).join("\n")}\n})();`,
    ],
    style,
  };
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
