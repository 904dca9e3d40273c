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

/** A process of its own under the sweep's permissions, whose output can be waited for. */
class SpawnedProcess {
  readonly #child: Deno.ChildProcess;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #out = "";

  constructor(script: string, args: string[]) {
    const options = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", ...PERMISSIONS, script, ...args],
      ...options,
    }).spawn();
    this.#reader = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  kill(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Resolves when standard output ends with `text`; throws if it ends without. */
  async waitFor(text: string): Promise<void> {
    while (!this.#out.endsWith(text)) assert.ok(await this.#read(), `found ${JSON.stringify(this.#out)}`);
  }

  /** Closes the reading end of standard output, as `| head` does. */
  async closeOutput(): Promise<void> {
    await this.#reader.cancel();
  }

  async end(): Promise<Outcome> {
    while (await this.#read());
    const err = await new Response(this.#child.stderr).text();
    return { code: (await this.#child.status).code, out: this.#out, err };
  }

  async #read(): Promise<boolean> {
    const { value, done } = await this.#reader.read();
    this.#out += value ?? "";
    return !done;
  }
}

Deno.test("only commands that have a config say that its language counts", async () => {
  for (const command of ["gc", "worker", "view", "lab", "template", "check-submission"]) {
    for (const language of ["en", "ja"]) {
      const { out } = await run([command, "--language", language, "--help"]);
      assert.doesNotMatch(out, /config's|設定の言語/, command);
      assert.match(out, /LANG/, command);
    }
  }
  assert.match((await run(["sweep", "--help"])).out, /default: the config's/);
});

Deno.test("--help goes to standard output with exit code 0 and says how the task is called", async () => {
  const { code, out, err } = await run(["sweep", "--help"]);
  assert.equal(code, 0);
  assert.equal(err, "");
  assert.match(out, /^Usage: deno task sweep \[config\] \[options\]\n/);
  for (const option of ["--set", "--out", "--store", "--mirror", "--workers", "--quiet", "--json"]) {
    assert.match(out, new RegExp(`^ {2}${option}\\b`, "m"));
  }
  assert.match(out, /\(default:\s+"configs\/quickstart\.yaml"\)/);
  assert.match(
    (await run(["--help"])).out,
    /^ {2}sweep \[config\] \[options\] .*\n(.*\n)* {2}schema \[options\] /m,
  );
});

Deno.test("what is wrong with a command line is said in one line on standard error, exit code 2", async () => {
  const cases: [string[], RegExp][] = [
    [["swep"], /^error: unknown command 'swep'\n\(Did you mean sweep\?\)\n$/],
    [["sweep", "--wrokers", "2"], /^error: unknown option '--wrokers'\n\(Did you mean --workers\?\)\n/],
    [["sweep", "--seed", "3"], /\nSettings of a config are set by --set: --set seeds=VALUE\n$/],
    [["status", "--learning-rate=3"], /by --set: --set train\.learning_rate=VALUE\n$/],
    [["status", "--lr", "3"], /by --set: --set train\.learning_rate=VALUE\n$/],
    [["status", "--worker", "3"], /^error: unknown option '--worker'\nSee [^\n]*\n$/],
    [["best", "--seed", "3"], /^error: unknown option '--seed'\n.*\n?See [^\n]*\n$/],
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

Deno.test("schema --check says whether the schemas are up to date, and writes nothing", async () => {
  assert.deepEqual(await run(["schema", "--check"]), {
    code: 0,
    out: [
      "configs/schema.json",
      "configs/schema.ja.json",
      "configs/rubrics/schema.json",
      "docs/config.md",
      "docs/config.ja.md",
    ]
      .map((path) => `${path} is up to date\n`).join(""),
    err: "",
  });
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
  assert.deepEqual(await probe(["full-disk"]), {
    code: 2,
    out: "",
    err:
      "error: No space is left on the disk; free some and run the same command again (what is stored stays)\n",
  });
  assert.deepEqual(await probe(["vanished"]), {
    code: 2,
    out: "",
    err: "error: Cannot use /nowhere/at all: there is no such file\n",
  });
  assert.deepEqual(await probe(["moved"]), {
    code: 2,
    out: "",
    err: "error: Cannot use /nowhere/at all: there is no such file\n",
  });
  assert.deepEqual(await probe(["not-allowed"]), {
    code: 2,
    out: "",
    err: 'error: Requires read access to "x", run again with the --allow-read flag\n',
  });
  // What went wrong first is told, whatever goes wrong when things are given back.
  assert.deepEqual(await probe(["wrong-twice"]), {
    code: 2,
    out: "",
    err: "error: Cannot read x.yaml: it does not exist\n",
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
  const { err } = await run(["sweep", "--nope"], { color: true });
  assert.ok(err.startsWith("\x1b[31merror:\x1b[39m unknown option"), err);
  assert.equal(err.split("\x1b").length, 3);
  assert.ok(!(await run(["sweep", "--nope"])).err.includes("\x1b"));
});

Deno.test("the sweep's help needs no more permissions than the sweep has", async () => {
  const { code, out, err } = await new SpawnedProcess(MAIN, ["sweep", "--help"]).end();
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^Usage: deno task sweep/);
});

/** The modules that a module loads with it, and what these load, without those that it imports only when they are needed. */
async function loadedWith(path: string): Promise<string[]> {
  const info = await new Deno.Command(Deno.execPath(), { args: ["info", "--json", path] }).output();
  const { roots, modules } = JSON.parse(new TextDecoder().decode(info.stdout));
  const loaded = new Set<string>(roots);
  for (const specifier of loaded) {
    const found = modules.find((module: { specifier: string }) => module.specifier === specifier);
    for (const { code, isDynamic } of found?.dependencies ?? []) {
      if (code && !isDynamic) loaded.add(code.specifier);
    }
  }
  return [...loaded].map((specifier) =>
    specifier.replace(/^.*\/(src|pipeline|packages)\//, "$1/").replace(/@\d.*$/, "")
  );
}

Deno.test("nothing heavy is loaded before a sweep runs", async () => {
  const sweep = MAIN.replace(/main\.ts$/, "commands/sweep.ts");
  const loaded = new Set([...await loadedWith(MAIN), ...await loadedWith(sweep)]);
  assert.deepEqual([...loaded].sort(), [
    "node:events",
    "node:path",
    "node:url",
    "node:util",
    "packages/bundle/commander.js",
    "pipeline/commands/command.ts",
    "pipeline/commands/options.ts",
    "pipeline/commands/report_error.ts",
    "pipeline/commands/show_page.ts",
    "pipeline/commands/sweep.ts",
    "pipeline/machines/names.ts",
    "pipeline/main.ts",
    "pipeline/messages/data_en.ts",
    "pipeline/messages/data_ja.ts",
    "pipeline/messages/en.ts",
    "pipeline/messages/errors_en.ts",
    "pipeline/messages/errors_ja.ts",
    "pipeline/messages/help_en.ts",
    "pipeline/messages/help_ja.ts",
    "pipeline/messages/ja.ts",
    "pipeline/messages/language.ts",
    "pipeline/messages/messages.ts",
    "pipeline/progress/events.ts",
    "pipeline/progress/streams.ts",
    "pipeline/system/errors.ts",
    "pipeline/system/place.ts",
    "pipeline/system/reasons.ts",
    "src/config/yaml/config_error.ts",
    "src/data/row_names.ts",
    "src/tables/metrics.ts",
    "src/text/controls.ts",
    "src/text/durations.ts",
    "src/text/language.ts",
    "src/text/numbers.ts",
    "src/text/show_value.ts",
    "src/text/text_width.ts",
  ]);
});

Deno.test("Ctrl-C lets a command stop and gives exit code 130 without a message, SIGTERM gives 143", async () => {
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const spawned = new SpawnedProcess(PROBE, ["probe", "stoppable"]);
    await spawned.waitFor("ready\n");
    spawned.kill(signal);
    assert.deepEqual(await spawned.end(), { code, out: "ready\n", err: "" });
  }
});

Deno.test("a second Ctrl-C ends even a command that does not stop, after its unload listeners", async () => {
  const spawned = new SpawnedProcess(PROBE, ["probe", "stubborn"]);
  await spawned.waitFor("ready\n");
  spawned.kill("SIGINT");
  await spawned.waitFor("stopping\n");
  spawned.kill("SIGINT");
  assert.deepEqual(await spawned.end(), { code: 130, out: "ready\nstopping\nunloaded\n", err: "" });
});

Deno.test("SIGTERM, however often it comes, lets a command stop in its own time; Ctrl-C after it does not", async () => {
  const spawned = new SpawnedProcess(PROBE, ["probe", "stubborn"]);
  await spawned.waitFor("ready\n");
  spawned.kill("SIGTERM");
  await spawned.waitFor("stopping\n");
  for (let i = 0; i < 3; i++) spawned.kill("SIGTERM");
  spawned.kill("SIGINT");
  assert.deepEqual(await spawned.end(), { code: 130, out: "ready\nstopping\nunloaded\n", err: "" });
});

Deno.test("a reader that goes away, as in | head, stops the command without a message", async () => {
  const spawned = new SpawnedProcess(PROBE, ["probe", "talkative"]);
  await spawned.waitFor("line\n");
  await spawned.closeOutput();
  const { code, err } = await spawned.end();
  assert.deepEqual([code, err], [141, ""]);
});

Deno.test("a rejection that nobody handles is a bug like any other", async () => {
  const { code, err } = await new SpawnedProcess(PROBE, ["probe", "unhandled"]).end();
  assert.equal(code, 1);
  assert.match(err, /^error: unexpected: nobody waits for this\nThis is a bug\..*\n$/);
});
