import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { DATASETS, generateStrokes } from "../../src/mod.ts";
import { inTemporaryFolder } from "../pipeline/in_temporary_folder.ts";
import { performIn } from "../pipeline/perform_in_process.ts";
import { CHROMIUM, openChromium } from "../chromium.ts";
import { fewTrainings } from "./few_trainings.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a command prints; throws with its complaint where it fails. */
async function output(command: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args: [...args], cwd: ROOT })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${command} ${args.join(" ")} failed:\n${text(stderr)}${text(stdout)}`);
  return text(stdout);
}

function runExample(name: string, ...args: string[]): Promise<string> {
  return output(Deno.execPath(), [
    "run",
    "--quiet",
    "--no-prompt",
    "--allow-read",
    "--ignore-env",
    `examples/${name}.ts`,
    ...args,
  ]);
}

function hashIn(printed: string): string | undefined {
  return printed.match(/^weights_sha256 ([0-9a-f]{64})$/m)?.[1];
}

/** The weights' hash of a config's first run, as the pipeline trains it. */
async function pipelineHash(folder: string, config: object): Promise<string | null> {
  const { results } = await performIn(folder, { config, store: ".store" });
  return results[0].row.weights_sha256;
}

Deno.test("every example is under 30 lines and imports nothing but the public door", async () => {
  const names = [...Deno.readDirSync(`${ROOT}examples`)].map(({ name }) => name).sort();
  assert.deepEqual(names, ["gradient_check.ts", "own_config.ts", "train_mnist.ts", "train_strokes.ts"]);
  for (const name of names) {
    const text = await Deno.readTextFile(`${ROOT}examples/${name}`);
    assert.ok(text.trimEnd().split("\n").length < 30, name);
    const imported = [...text.matchAll(/from "([^"]*)"/g)].map(([, specifier]) => specifier);
    assert.deepEqual([...new Set(imported)], ["../src/mod.ts"]);
  }
});

Deno.test("train_strokes.ts trains the weights that the pipeline trains", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      name: "x",
      dataset: "strokes",
      model: { hidden: [100] },
      train: { epochs: 3, learning_rate: 0.1 },
    };
    const printed = await runExample("train_strokes");
    assert.equal(hashIn(printed), await pipelineHash(folder, config));
    assert.ok(Number(printed.match(/^test accuracy (.*)$/m)?.[1]) > 0.85, printed);
  }));

Deno.test("train_mnist.ts trains on the four files of a folder what the pipeline trains on the same images, packed or not", () =>
  inTemporaryFolder(async (folder) => {
    const files = generateStrokes();
    for (const [key, { name }] of Object.entries(DATASETS.mnist.source.files)) {
      const bytes = files[key as keyof typeof files];
      if (key.startsWith("train")) await Deno.writeFile(`${folder}/${name}`, await gzip(bytes));
      else await Deno.writeFile(`${folder}/${name.replace(/\.gz$/, "")}`, bytes);
    }
    const config = { name: "x", dataset: "strokes", train: { epochs: 2, learning_rate: 0.1 } };
    const printed = await runExample("train_mnist", folder);
    assert.equal(hashIn(printed), await pipelineHash(folder, config));
  }));

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).bytes();
}

Deno.test("own_config.ts trains the weights of its config's first run", () =>
  inTemporaryFolder(async (folder) => {
    const config = {
      name: "mine",
      dataset: "strokes",
      model: { hidden: [50], activation: "relu", init: { method: "he" } },
      train: { epochs: 2, batch_size: 10, optimizer: "momentum", learning_rate: 0.02 },
    };
    assert.equal(hashIn(await runExample("own_config")), await pipelineHash(folder, config));
  }));

Deno.test("gradient_check.ts finds the backward pass's derivatives in the differences of the loss", async () => {
  const lines = (await runExample("gradient_check")).trim().split("\n");
  assert.deepEqual(lines.map((line) => line.slice(0, 2)), ["W1", "B1", "W2", "B2"]);
  for (const line of lines) {
    const [, backward, differences] = line.match(/backward (\S+) differences (\S+)/)!.map(Number);
    assert.ok(Math.abs(backward) > 1e-4 && Math.abs(backward - differences) < 1e-6, line);
  }
});

/** One file of JavaScript from a program of the project, for engines that have no deno.json. */
function bundle(program: string, to: string): Promise<string> {
  return output(Deno.execPath(), ["bundle", "--quiet", "--platform", "browser", "-o", to, program]);
}

/** Why there can be no bundle, or null where there can: Deno takes esbuild from npm. */
async function whyNoBundle(): Promise<string | null> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a.ts`, "export const a: number = 1;\n");
    await bundle(`${folder}/a.ts`, `${folder}/a.js`);
    return null;
  } catch {
    return "`deno bundle` does not run here (it needs esbuild from npm)";
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Why Node cannot be tested with, or null where it can. */
async function whyNoNode(): Promise<string | null> {
  return await output("node", ["--version"]).then(() => null, () => "node is not on the PATH");
}

/** A test whose name says why it is skipped, where it is. */
function testUnless(reason: string | null, name: string, fn: (folder: string) => Promise<void>): void {
  Deno.test({
    name: reason === null ? name : `SKIPPED, since ${reason}: ${name}`,
    ignore: reason !== null,
    // The browser's process and its pipes outlive single steps; the test closes them at its end.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () => inTemporaryFolder(fn),
  });
}

const noBundle = await whyNoBundle();

testUnless(
  noBundle ?? await whyNoNode(),
  "train_strokes.ts prints under Node what it prints under Deno",
  async (folder) => {
    await bundle("examples/train_strokes.ts", `${folder}/train_strokes.mjs`);
    assert.equal(await output("node", [`${folder}/train_strokes.mjs`]), await runExample("train_strokes"));
  },
);

testUnless(
  noBundle ?? (CHROMIUM === undefined ? "there is no Chromium (apt-get install chromium)" : null),
  "the public door gives in Chromium the weights that it gives in Deno",
  async (folder) => {
    await bundle("tests/examples/browser_page.ts", `${folder}/page.js`);
    const script = (await Deno.readTextFile(`${folder}/page.js`)).replaceAll("</script", "<\\/script");
    await Deno.writeTextFile(
      `${folder}/page.html`,
      `<!doctype html><script type="module">${script}</script>`,
    );
    const browser = await openChromium();
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(`file://${folder}/page.html`);
      const found = await page.evaluate("globalThis.trained");
      assert.deepEqual(complaints, []);
      assert.deepEqual(found, await fewTrainings());
      assert.equal(new Set(found as string[]).size, 7);
    } finally {
      await browser.close();
    }
  },
);
