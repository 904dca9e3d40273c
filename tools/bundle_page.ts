const ROOT = new URL("../", import.meta.url);

/** The report page's script from its modules, as text. @throws Error with the bundler's words where it fails */
export async function bundlePage(): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "-q", "--platform", "browser", "--minify", "src/report/page/main.tsx"],
    cwd: ROOT,
  }).output();
  const decoder = new TextDecoder();
  if (!success) throw new Error(`The page's script could not be bundled:\n${decoder.decode(stderr)}`);
  // As a classic script all its names would be the page's.
  return `(()=>{${decoder.decode(stdout).trim()}})();\n`;
}
