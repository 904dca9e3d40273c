import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { fileURLToPath } from "node:url";
import { copyFolder } from "../pipeline/copy_folder.ts";
import { type ShortTraining, shortTraining } from "./short_training.ts";

const ROOT = new URL("../../", import.meta.url);
const PROGRAM = "tests/nn/short_training.ts";

/** JavaScript that imports the short training from `program`, runs it, and prints what it gives. */
function script(program: URL): string {
  return `import { shortTraining } from ${JSON.stringify(program.href)};
    console.log(JSON.stringify(await shortTraining()));`;
}

/** What the command prints; throws with what it complained of where it fails. */
async function output(command: string, args: string[]): Promise<string> {
  const options = { args, cwd: fileURLToPath(ROOT), stdin: "null" } as const;
  const { success, stdout, stderr } = await new Deno.Command(command, options).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${command} ${args[0]} failed:\n${text(stderr)}${text(stdout)}`);
  return text(stdout);
}

async function trainings(command: string, args: string[]): Promise<ShortTraining[]> {
  return JSON.parse(await output(command, args));
}

/** Why an engine cannot be tested with, or null where it can. */
async function whyNot(command: string): Promise<string | null> {
  try {
    await output(command, ["--version"]);
    return null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `${command} is not on the PATH`;
    return `${command} --version does not run: ${error instanceof Error ? error.message.trim() : error}`;
  }
}

/** Transpiles the program and all that it imports into a folder, for engines that run no TypeScript or have no deno.json. */
async function transpile(folder: string): Promise<URL> {
  const sources = ["random", "nn", "data"].flatMap((name) => sourcesIn(`src/${name}`));
  await output(Deno.execPath(), ["transpile", "-q", "--outdir", folder, PROGRAM, ...sources]);
  for (const name of filesIn(folder)) {
    const code = await Deno.readTextFile(name);
    await Deno.writeTextFile(name, code.replace(/(from "\.[^"]*)\.ts"/g, '$1.js"'));
  }
  await Deno.writeTextFile(`${folder}/package.json`, '{ "type": "module" }\n');
  // A copy: from behind a link, the package would not find itself.
  const hashes = fileURLToPath(new URL("..", import.meta.resolve("@noble/hashes/sha2")));
  await copyFolder(hashes, `${folder}/node_modules/@noble/hashes`);
  return new URL(PROGRAM.replace(/\.ts$/, ".js"), `file://${folder}/`);
}

/** TypeScript below a folder of the repository, by its path there; assembly/ is AssemblyScript. */
function sourcesIn(folder: string): string[] {
  return [...Deno.readDirSync(new URL(folder, ROOT))].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return name === "assembly" ? [] : sourcesIn(`${folder}/${name}`);
    return name.endsWith(".ts") ? [`${folder}/${name}`] : [];
  });
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesIn(`${folder}/${name}`) : [`${folder}/${name}`]
  );
}

const expected = await shortTraining();

Deno.test("the short training learns, and each of its runs ends with weights of its own", () => {
  for (const { losses } of expected) assert.ok(Number(losses[1]) < Number(losses[0]), losses.join());
  assert.equal(new Set(expected.map(({ weights }) => weights)).size, expected.length);
});

for (
  const [engine, command, flags] of [["Node", "node", ["--input-type=module"]], ["Bun", "bun", []]] as const
) {
  const reason = await whyNot(command);
  Deno.test({
    name: reason === null
      ? `random, data and nn give the same weights and losses under ${engine}`
      : `SKIPPED under ${engine}, since ${reason}: random, data and nn give the same weights and losses`,
    ignore: reason !== null,
    async fn() {
      const folder = await Deno.makeTempDir({ prefix: "engines-test-" });
      try {
        const program = await transpile(folder);
        assert.deepEqual(await trainings(command, [...flags, "-e", script(program)]), expected);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** What V8 makes of the kernels depends on its flags, and on what the CPU can: their bits must not. */
const V8_FLAGS = {
  "the flags of the tasks": /FLAGS=(\S+)/.exec(config.tasks.kernels.command)?.[1] ?? "none",
  "its baseline compiler alone": "--liftoff-only",
  "its optimizing compiler alone": "--no-liftoff",
  "a CPU without AVX": "--no-enable-avx",
};

for (const [what, flags] of Object.entries(V8_FLAGS)) {
  Deno.test(`random, data and nn give the same weights and losses under Deno with ${what} (${flags})`, async () => {
    const program = script(new URL(PROGRAM, ROOT));
    const args = ["eval", "-q", `--v8-flags=${flags}`, program];
    assert.deepEqual(await trainings(Deno.execPath(), args), expected);
  });
}
