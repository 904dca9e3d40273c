import assert from "node:assert/strict";
import { main } from "../../pipeline/main.ts";
import { probeCommand } from "./probe_command.ts";
import { RecordedStreams } from "./progress/virtual_terminal.ts";

const MAIN = new URL("../../pipeline/main.ts", import.meta.url).pathname;
const PROBE = new URL("probe_command.ts", import.meta.url).pathname;
/** What the sweep may do: no programs, native code, system information or environment. */
const PERMISSIONS = [
  "--quiet",
  "--no-prompt",
  "--allow-read",
  "--allow-write",
  "--allow-net",
  "--ignore-env",
];

interface Outcome {
  code: number;
  out: string;
  err: string;
}

async function run(args: string[], options: { color?: boolean } = {}): Promise<Outcome> {
  const streams = new RecordedStreams(options);
  const code = await main(args, { signal: new AbortController().signal, streams });
  return { code, out: streams.out, err: streams.err };
}

async function probe(args: string[], signal = new AbortController().signal): Promise<Outcome> {
  const streams = new RecordedStreams();
  const code = await main(["probe", ...args], { signal, streams }, [probeCommand]);
  return { code, out: streams.out, err: streams.err };
}

function spawn(script: string, args: string[]): Deno.ChildProcess {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", ...PERMISSIONS, script, ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  return command.spawn();
}

async function outcome(child: Deno.ChildProcess): Promise<Outcome> {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test("--help goes to standard output with exit code 0 and says how the task is called", async () => {
  const { code, out, err } = await run(["sweep", "--help"]);
  assert.equal(code, 0);
  assert.equal(err, "");
  assert.match(out, /^Usage: deno task sweep \[config\] \[options\]\n/);
  for (const option of ["--set", "--out", "--store", "--mirror", "--workers", "--quiet", "--json"]) {
    assert.match(out, new RegExp(`^ {2}${option}\\b`, "m"));
  }
  assert.match(out, /default: "configs\/quickstart\.yaml"/);
  assert.match(
    (await run(["--help"])).out,
    /^ {2}sweep \[config\] \[options\] .*\n(.*\n)* {2}schema \[options\] /m,
  );
});

Deno.test("what is wrong with a command line is said in one line on standard error, exit code 2", async () => {
  const cases: [string[], RegExp][] = [
    [["swep"], /^error: unknown command 'swep'\n\(Did you mean sweep\?\)\n$/],
    [["sweep", "--wrokers", "2"], /^error: unknown option '--wrokers'\n\(Did you mean --workers\?\)\n/],
    [["sweep", "a.yaml", "b.yaml"], /^error: too many arguments for 'sweep'\. Expected 1 argument but got 2/],
    [["sweep", "--out"], /^error: option '--out <dir>' argument missing\n/],
    [["sweep", "--out="], /^error: option '--out <dir>' argument '' is invalid\. It must not be empty\.\n/],
    [["sweep", "--json", "--quiet"], /^error: option '--quiet' cannot be used with option '--json'\n/],
    [
      ["schema", "--chekc"],
      /^error: unknown option '--chekc'\n\(Did you mean --check\?\)\nSee `deno task schema --help`\.\n$/,
    ],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await run(args);
    assert.equal(code, 2, args.join(" "));
    assert.equal(out, "");
    assert.match(err, message);
  }
});

Deno.test("--workers takes whole numbers from 1 to 256 only", async () => {
  for (const text of ["0", "-1", "1.5", "257", "two", "", "0x2", "1e1", "99999999999"]) {
    const { code, err } = await run(["sweep", `--workers=${text}`]);
    assert.equal(code, 2);
    const message =
      `error: option '--workers <n>' argument '${text}' is invalid. It must be a whole number from 1 to 256.\n`;
    assert.ok(err.startsWith(message), err);
  }
});

Deno.test("--set takes path=value only", async () => {
  for (const text of ["train.epochs", "=3", " =3", ""]) {
    const { code, err } = await run(["sweep", "--set", text]);
    assert.equal(code, 2);
    assert.match(err, /is invalid\. It must be path=value, such as train\.epochs=3\.\n/);
  }
});

Deno.test("without a command the help goes to standard error, exit code 2", async () => {
  const { code, out, err } = await run([]);
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.match(err, /^Usage: deno task <command> \[options\]\n/);
});

Deno.test("an error of the user's is printed as its message alone", async () => {
  assert.deepEqual(await probe(["wrong-input"]), {
    code: 2,
    out: "",
    err: "error: Cannot read x.yaml: it does not exist\n",
  });
  assert.deepEqual(await probe(["failed-check"]), { code: 1, out: "", err: "error: 2 of 3 runs failed\n" });
  assert.deepEqual(await probe(["wrong-config"]), {
    code: 2,
    out: "",
    err: "error: x.yaml:3:5: train.epochs: must be a number\n",
  });
});

Deno.test("a bug is called a bug in two lines, with its stack trace only under --debug", async () => {
  const { code, err } = await probe(["bug"]);
  assert.equal(code, 1);
  assert.equal(
    err,
    "error: unexpected: x is not a function\n" +
      "This is a bug. Please report it, with what the same command prints with --debug.\n",
  );
  const debug = await probe(["bug", "--debug"]);
  assert.equal(debug.code, 1);
  assert.match(debug.err, /^error: unexpected: TypeError: x is not a function\n +at .*probe_command\.ts:\d+/);
  assert.match(debug.err, new RegExp(`\ndeno ${Deno.version.deno}, v8 .*\n$`));
});

Deno.test("whatever an interrupted command fails with, the exit code is 130 and nothing is printed", async () => {
  assert.deepEqual(await probe(["bug"], AbortSignal.abort()), { code: 130, out: "", err: "" });
});

Deno.test("only the word error is coloured, and only where colour is wanted", async () => {
  assert.match(
    (await run(["sweep", "--nope"], { color: true })).err,
    /^\x1b\[31merror:\x1b\[39m unknown option/,
  );
  assert.doesNotMatch((await run(["sweep", "--nope"])).err, /\x1b/);
});

Deno.test("the sweep's help needs no more permissions than the sweep has, and loads no heavy module", async () => {
  assert.equal((await outcome(spawn(MAIN, ["sweep", "--help"]))).code, 0);
  const info = new Deno.Command(Deno.execPath(), { args: ["info", "--json", MAIN] });
  const { stdout } = await info.output();
  const graph = JSON.parse(new TextDecoder().decode(stdout));
  const loaded = staticImports(graph, new URL(MAIN, "file:").href);
  assert.ok([...loaded].some((specifier) => specifier.includes("commander")));
  assert.deepEqual(
    [...loaded].filter((specifier) =>
      /\/src\/(?!config\/config_error\.ts$)|npm:.*(zod|yaml|vega)/.test(specifier)
    ),
    [],
  );
});

Deno.test("Ctrl-C lets a command stop and gives exit code 130 without a message, SIGTERM 143", async () => {
  for (const [signal, exitCode] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const child = spawn(PROBE, ["probe", "stoppable"]);
    const rest = await afterReady(child);
    child.kill(signal);
    assert.deepEqual(await rest, { code: exitCode, out: "", err: "" });
  }
});

Deno.test("a second Ctrl-C ends even a command that does not stop, after its unload handlers", async () => {
  const child = spawn(PROBE, ["probe", "stubborn"]);
  const rest = await afterReady(child, async (text) => {
    if (text === "stopping\n") child.kill("SIGINT");
    await Promise.resolve();
  });
  child.kill("SIGINT");
  assert.deepEqual(await rest, { code: 130, out: "stopping\nunloaded\n", err: "" });
});
