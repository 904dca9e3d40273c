const ROOT = new URL("../../", import.meta.url);

/** What is bundled: from which module, where it lies, and whether it is a module too or the script of a page. */
interface Bundled {
  readonly entry: string;
  readonly bundle: string;
  readonly form?: "module";
  /** The package of which it is nothing but a part: what it may be used for is said beside it. */
  readonly of?: string;
}

export const BUNDLES: readonly Bundled[] = [
  { entry: "src/config/yaml/yaml.ts", bundle: "src/config/yaml/bundle/yaml.js", form: "module", of: "yaml" },
  { entry: "src/report/charts/vega.ts", bundle: "src/report/charts/bundle/vega.js", form: "module" },
  { entry: "src/report/page/main.tsx", bundle: "src/report/page/bundle.js" },
  { entry: "src/lab/main.tsx", bundle: "src/lab/bundle/lab.js" },
  { entry: "src/lab/training/worker.ts", bundle: "src/lab/bundle/worker.js" },
  { entry: "src/view/list/main.tsx", bundle: "src/view/bundle/list.js" },
  { entry: "src/view/experiment/main.tsx", bundle: "src/view/bundle/experiment.js" },
  { entry: "src/view/followed/main.tsx", bundle: "src/view/bundle/followed.js" },
];

/** A bundle from its modules, as text. @throws Error with the bundler's words where it fails */
export async function bundle({ entry, form }: Pick<Bundled, "entry" | "form">): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "-q", "--platform", "browser", "--minify", entry],
    cwd: ROOT,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`${entry} could not be bundled:\n${decoder.decode(stderr)}`);
  const script = withLetters(decoder.decode(stdout).trim());
  // As a classic script all its names would be the page's.
  return form === "module" ? `${script}\n` : `(()=>{${script}})();\n`;
}

/** The licence of the package that is bundled, and where it lies; null where what is bundled is ours. */
export async function licence(
  { bundle, of }: Pick<Bundled, "bundle" | "of">,
): Promise<[string, string] | null> {
  if (of === undefined) return null;
  const place = `${bundle.slice(0, bundle.lastIndexOf("/"))}/LICENSE`;
  return [place, await Deno.readTextFile(new URL("../LICENSE", import.meta.resolve(of)))];
}

/** Kana, kanji and their marks as such: half the bytes of the escapes that the bundler writes. */
function withLetters(script: string): string {
  return script.replaceAll(
    /(?<!\\)\\u(3[0-9a-f]{3}|[4-9][0-9a-f]{3}|ff[0-9a-f]{2})/gi,
    (_, code) => String.fromCharCode(parseInt(code, 16)),
  );
}
