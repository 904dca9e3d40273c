const ROOT = new URL("../../", import.meta.url);

/** What is bundled: from which module, where it lies, and whether it is a module too or the script of a page. */
interface Bundled {
  readonly entry: string;
  readonly bundle: string;
  readonly form?: "module";
  /** The package of which it is nothing but a part, and where from its main module its licence lies, which is put beside the bundle. */
  readonly of?: { readonly name: string; readonly licence: string };
  /** The module whose types it has, seen from it. */
  readonly types?: string;
}

/** A package that every command starts with, as one module of what is used of it. */
function ofPackage(name: string, of: NonNullable<Bundled["of"]>, { entry = name } = {}): Bundled {
  return {
    entry: `packages/${entry}.ts`,
    bundle: `packages/bundle/${name}.js`,
    form: "module",
    of,
    types: `../${name}.ts`,
  };
}

export const BUNDLES: readonly Bundled[] = [
  ofPackage("commander", { name: "commander", licence: "LICENSE" }),
  ofPackage("levenshtein", { name: "npm/fastest-levenshtein", licence: "LICENSE.md" }),
  ofPackage("yaml", { name: "npm/yaml", licence: "../LICENSE" }),
  ofPackage("zod", { name: "npm/zod", licence: "LICENSE" }, { entry: "zod_parts" }),
  { entry: "src/report/charts/vega.ts", bundle: "src/report/charts/bundle/vega.js", form: "module" },
  { entry: "src/report/page/main.tsx", bundle: "src/report/page/bundle.js" },
  { entry: "src/lab/main.tsx", bundle: "src/lab/bundle/lab.js" },
  { entry: "src/lab/playground/worker/worker.ts", bundle: "src/lab/bundle/worker.js" },
  { entry: "src/view/list/main.tsx", bundle: "src/view/bundle/list.js" },
  { entry: "src/view/experiment/main.tsx", bundle: "src/view/bundle/experiment.js" },
  { entry: "src/view/followed/main.tsx", bundle: "src/view/bundle/followed.js" },
];

/** A bundle from its modules, as text. @throws Error with the bundler's words where it fails */
export async function bundle({ entry, form, types }: Omit<Bundled, "bundle" | "of">): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "-q", "--platform", "browser", "--minify", entry],
    cwd: ROOT,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${entry} could not be bundled:\n${decoder.decode(stderr)}`);
  const script = withLetters(decoder.decode(stdout).trim());
  // As a classic script all its names would be the page's.
  if (form !== "module") return `(()=>{${script}})();\n`;
  return `${types === undefined ? "" : `/* @ts-self-types="${types}" */\n`}${withLazyNode(script)}\n`;
}

/** The licence of the package that is bundled, and where it lies; null where what is bundled is ours. */
export async function licence({ bundle, of }: Bundled): Promise<[string, string] | null> {
  if (of === undefined) return null;
  const text = await Deno.readTextFile(new URL(of.licence, import.meta.resolve(of.name)));
  return [bundle.replace(/\.js$/, ".LICENSE"), text];
}

/**
 * Modules of Node that take long to load are looked up when they are used: commander asks for them where it starts other programs, or writes
 * to the process's own streams, and no command does that.
 */
function withLazyNode(script: string): string {
  return script.replaceAll(
    /import (\w+) ?from ?"(node:(?:child_process|fs|process))";/g,
    (_, name, module) =>
      `const ${name}=new Proxy({},{get:(_,key)=>process.getBuiltinModule("${module}")[key]});`,
  );
}

/** Kana, kanji and their marks as such: half the bytes of the escapes that the bundler writes. */
function withLetters(script: string): string {
  return script.replaceAll(
    /(?<!\\)\\u(3[0-9a-f]{3}|[4-9][0-9a-f]{3}|ff[0-9a-f]{2})/gi,
    (_, code) => String.fromCharCode(parseInt(code, 16)),
  );
}
