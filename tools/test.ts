// `deno task test [--fast | --long] [FILE...] [--filter NAME]`: all tests but the long ones, and those of the kernels once more with V8's
// flags, as the tasks pass them; or only some. Any other option of `deno test` may follow too.
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { kernelFlags } from "../pipeline/system/kernel_flags.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
/** Where whoever called the task stands: their paths are meant from there. */
const HERE = Deno.env.get("INIT_CWD") ?? Deno.cwd();
/** Types are `deno task check`'s. */
const TEST = ["test", "--quiet", "--no-check", "-P=test", "--sanitize-ops", "--sanitize-resources"];

/** Tests by many kills, on many machines, of every byte, every pair of mistakes, every kind of notebook or every view of a page: `--long` runs them, and nothing else. */
const LONG = [
  "tests/bench/programs_test.ts",
  "tests/config/large_configs_test.ts",
  "tests/end_to_end/crash_test.ts",
  "tests/end_to_end/language_test.ts",
  "tests/end_to_end/machines",
  "tests/end_to_end/subfolder_test.ts",
  "tests/end_to_end/surroundings_test.ts",
  "tests/grade/mistakes/charged_once_test.ts",
  "tests/grade/mistakes/truth_test.ts",
  "tests/grade/pages_test.ts",
  "tests/lab/digit/digit_page_test.ts",
  "tests/lab/graph/page_test.ts",
  "tests/lab/lab_test.ts",
  "tests/lab/playground/firefox_test.ts",
  "tests/lab/playground/playground_test.ts",
  "tests/lab/playground/reproduce_test.ts",
  "tests/lab/rules/rules_page_test.ts",
  "tests/lab/start/start_page_test.ts",
  "tests/nn/mnist_test.ts",
  "tests/pipeline/grade/fair_demands_test.ts",
  "tests/pipeline/grade/language_test.ts",
  "tests/pipeline/grade/notebook",
  "tests/pipeline/grade/own_network_test.ts",
  "tests/pipeline/grade/sandbox/limits_test.ts",
  "tests/pipeline/grade/submit_test.ts",
  "tests/pipeline/machines/access_test.ts",
  "tests/pipeline/machines/take_over_test.ts",
  "tests/pipeline/machines/trouble_test.ts",
  "tests/pipeline/runs/heal_test.ts",
  "tests/pipeline/view/run/run_page_test.ts",
  "tests/report/page",
  "tests/tools",
  "tests/view/live_test.ts",
  "tests/view/other_pages_test.ts",
];
/** Tests that train, check types, start programs or look at pages: `--fast` leaves them out. */
const SLOW = [
  "tests/end_to_end",
  "tests/examples",
  "tests/node_20_test.ts",
  "tests/pipeline/gc",
  "tests/pipeline/grade",
  "tests/pipeline/machines",
  "tests/pipeline/runs",
  "tests/pipeline/sweep",
  "tests/pipeline/verify",
  "tests/pipeline/view",
  "tests/pipeline/workers",
];
/** What runs on the compiled kernels, where a flag could change a bit. */
const ON_KERNELS = ["tests/nn/assembly", "tests/nn/trainer_bits_test.ts", "tests/nn/probe_kernels_test.ts"];

/** One more than there are cores: some tests wait for limits of time. */
const JOBS = String(navigator.hardwareConcurrency + 1);

/** Enough for all cores to be busy up to the end. */
const GROUPS = 12;

async function deno(...args: string[]): Promise<number> {
  // Programs that tests start are called from the root, and print in English, whoever's machine it is.
  const options = { args, cwd: ROOT, env: { INIT_CWD: ROOT, DENO_JOBS: JOBS, LC_ALL: "C.UTF-8" } };
  return (await new Deno.Command(Deno.execPath(), options).spawn().status).code;
}

/** Some tests, as they are named on the command line. A name that no test has is an error, which Deno's own runner passes over. */
async function testSome(args: readonly string[]): Promise<number> {
  const isPath = (arg: string, i: number) => !arg.startsWith("-") && args[i - 1] !== "--filter";
  const named = args.map((arg, i) => isPath(arg, i) ? resolve(HERE, arg) : arg);
  const places = args.some(isPath) ? [] : ["--parallel", "tests"];
  const report = await Deno.makeTempFile({ suffix: ".xml" });
  try {
    const code = await deno(...TEST, `--junit-path=${report}`, ...named, ...places);
    const wasRun = /<testcase [^>]*(?:\/>|>(?!\s*<skipped))/;
    if (code !== 0 || wasRun.test(await Deno.readTextFile(report))) return code;
    console.error(`No test was run: none is named as in \`${args.join(" ")}\`.`);
    return 1;
  } finally {
    await Deno.remove(report);
  }
}

/** Where each of the tests lies, from the root. */
async function testFiles({ but }: { but: readonly string[] }): Promise<string[]> {
  const files = (await readdir(join(ROOT, "tests"), { recursive: true }))
    .map((name) => join("tests", name).replaceAll("\\", "/"))
    .filter((name) => /_test\.tsx?$/.test(name));
  return files.filter((file) => !but.some((other) => file === other || file.startsWith(`${other}/`))).sort();
}

/**
 * Runs tests in a few modules, each of many files: a module of tests has an isolate of its own, whose making takes Deno 0.4 s of a core, and
 * what one file has loaded and V8 has compiled is there for the next. 63 files that train nothing take 20 s of processor so, and 53 alone.
 */
async function testTogether(files: readonly string[]): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    const groups = Array.from({ length: GROUPS }, (_, group) => files.filter((_, i) => i % GROUPS === group));
    const modules = groups.filter((group) => group.length > 0).map(async (group, i) => {
      const module = join(folder, `group_${i + 1}_test.ts`);
      const imports = group.map((file) =>
        `import ${JSON.stringify(pathToFileURL(join(ROOT, file)).href)};\n`
      );
      await Deno.writeTextFile(module, imports.join(""));
      return module;
    });
    return await deno(...TEST, "--parallel", ...await Promise.all(modules));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All tests but the long ones, or all fast ones. */
async function testAll(fast: boolean): Promise<number> {
  const code = await testTogether(await testFiles({ but: [...LONG, ...fast ? SLOW : []] }));
  const { flags } = kernelFlags();
  if (flags.length === 0) {
    console.error("Skipped: the kernels' tests with V8's flags, which this V8 does not know.");
    return code;
  }
  return await deno(...TEST, `--v8-flags=${flags.join()}`, ...ON_KERNELS) || code;
}

const some = Deno.args.filter((arg) => arg !== "--fast" && arg !== "--long");
if (some.length > 0) Deno.exit(await testSome(some));
if (Deno.args.includes("--long")) Deno.exit(await deno(...TEST, "--parallel", ...LONG));
Deno.exit(await testAll(Deno.args.includes("--fast")));
