/** What the charts of report.html run on, as their packages ship it, by where it lies; the interpreter takes what it needs of vega from there. */
export async function chartScripts(): Promise<ReadonlyMap<string, string>> {
  const [vega, interpreter, licence] = await Promise.all([
    read("vega.min.js", import.meta.resolve("vega")),
    read("", import.meta.resolve("vega-interpreter")),
    read("../LICENSE", import.meta.resolve("vega")),
  ]);
  const folder = "src/report/charts/bundle";
  return new Map([
    [`${folder}/page_vega.js`, withoutMap(vega)],
    [
      `${folder}/page_interpreter.js`,
      `(({ ascending, isString, DisallowedObjectProperties }) => {\n${
        withoutModules(withoutMap(interpreter))
      }\nglobalThis.expressionInterpreter = expression;\n})(vega);`,
    ],
    [`${folder}/LICENSE`, licence],
  ]);
}

async function read(path: string, base: string): Promise<string> {
  return await Deno.readTextFile(new URL(path, base));
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
