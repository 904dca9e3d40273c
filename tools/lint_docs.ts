// `deno task check`, its last part: every exported symbol of src/, and every member of one, has a documentation comment.
import { join } from "node:path";

const ROOT = new URL("../", import.meta.url);
/** What is reported; of the others, most are about types that zod infers or that packages keep to themselves. */
const FLAWS = ["missing-jsdoc", "missing-return-type"];

/** Paths of the TypeScript files in a folder and below, without AssemblyScript. */
function* sources(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(new URL(folder, ROOT))) {
    const path = join(folder, name);
    if (isDirectory && name !== "assembly") yield* sources(path);
    else if (name.endsWith(".ts")) yield path;
  }
}

const { success, stderr } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--lint", ...sources("src")],
  cwd: ROOT,
  env: { NO_COLOR: "1" },
}).output();
const text = new TextDecoder().decode(stderr);
const reports = text.split(/^(?=error)/m).filter((report) => report.startsWith("error"));
const FOUND = /^error: Found \d+ documentation/;
if (!success && !reports.some((report) => FOUND.test(report))) {
  console.error(`Cannot lint the documentation: deno doc must end with a count, found\n${text}`);
  Deno.exit(1);
}
const flaws = reports.filter((report) => FLAWS.some((flaw) => report.startsWith(`error[${flaw}]`)));
for (const report of flaws) console.error(report.trimEnd() + "\n");
if (flaws.length > 0) {
  console.error(`${flaws.length} documentation comments are missing in src/.`);
  Deno.exit(1);
}
