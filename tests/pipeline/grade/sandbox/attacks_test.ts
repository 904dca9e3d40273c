import assert from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { startProgram } from "../../../../pipeline/grade/sandbox/start_program.ts";
import { describeGaps, findWalls } from "../../../../pipeline/grade/sandbox/walls.ts";
import { inTemporaryFolder } from "../../in_temporary_folder.ts";
import { attack, outcomeOf, valueOf } from "./attack.ts";
import { unless } from "../../../skipped.ts";

const CANARY = "canary-5d41402abc4b2a76";
/** Without prlimit the wall that closes the hole of source maps is not there (see describeGaps). */
const OPEN = describeGaps(await findWalls()) === null ? null : "a wall is missing (prlimit, setpriv)";

/** What each attempt of a program that makes several came to. */
async function attempts(
  name: string,
  input: Record<string, string | number> = {},
): Promise<[string, string][]> {
  await using program = await attack(name);
  return Object.entries(valueOf(await program.call("forward", input)) as Record<string, string>);
}

async function withSecret(test: (files: { secret: string; map: string }) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const [secret, map] = [`${folder}/secret.txt`, `${folder}/secret.map`];
    await Deno.writeTextFile(secret, `${CANARY}\n`);
    const content = { version: 3, sources: [`file:///${CANARY}`], names: [], mappings: "AAAA" };
    await Deno.writeTextFile(map, JSON.stringify(content));
    await test({ secret, map });
  });
}

Deno.test("a static import reads no file", async () => {
  await using program = await attack("static-import");
  assert.equal(
    outcomeOf(await program.call("forward", {})),
    'error: src/mod.ts:2:20: TypeError: Requires read access to "/etc/passwd", run again with the --allow-read flag',
  );
});

Deno.test("dynamic, text and JSON imports, Deno, Node and SQLite read no file", async () => {
  await withSecret(async ({ secret }) => {
    const outcomes = await attempts("read-files", { secret });
    assert.equal(outcomes.length, 19);
    for (const [name, outcome] of outcomes) assert.match(outcome, /^denied/, name);
    assert.ok(!JSON.stringify(outcomes).includes(CANARY));
  });
});

Deno.test({
  ...unless(OPEN, "a source map shows no line of a file, and is itself not read"),
  fn: async () => {
    await withSecret(async (files) => {
      await using program = await attack("source-map");
      assert.deepEqual(valueOf(await program.call("forward", files)), { line: "null" });
      const { stack } = valueOf(await program.call("loss", files)) as { stack: string };
      assert.match(stack, /^Error: x\n +at blob:/);
      assert.ok(!stack.includes(CANARY));
      const uncaught = outcomeOf(await program.call("gradients", files));
      assert.equal(uncaught, "error: Error: x");
    });
  },
});

Deno.test("nothing is reached over the network, and nothing can listen", async () => {
  let requests = 0;
  await using server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => {
    requests++;
    return new Response(CANARY);
  });
  const outcomes = await attempts("network", { port: server.addr.port });
  assert.equal(outcomes.length, 15);
  for (const [name, outcome] of outcomes) assert.match(outcome, /^denied/, name);
  assert.equal(requests, 0);
});

Deno.test("the environment and the machine stay unknown", async () => {
  const outcomes = await attempts("environment");
  assert.equal(outcomes.length, 14);
  for (const [name, outcome] of outcomes) assert.match(outcome, /^denied/, name);
});

Deno.test("a program's folder is its own, empty, and removed with it", async () => {
  let cwd = "";
  {
    await using program = await attack("environment");
    cwd = (valueOf(await program.call("loss", {})) as { cwd: string }).cwd;
    assert.deepEqual([...Deno.readDirSync(cwd)], []);
  }
  assert.throws(() => Deno.statSync(cwd), Deno.errors.NotFound);
});

Deno.test("no program is started or killed, no native code loaded, no file written", async () => {
  const outcomes = await attempts("spawn", { ppid: Deno.pid });
  assert.equal(outcomes.length, 19);
  for (const [name, outcome] of outcomes) assert.match(outcome, /^denied/, name);
});

Deno.test("nothing of a program is there for the next", async () => {
  for (let i = 0; i < 2; i++) {
    const outcomes = await attempts("persist");
    assert.equal(outcomes.length, 6);
    for (const [name, outcome] of outcomes) assert.match(outcome, /^denied/, name);
  }
});

Deno.test({
  ...unless(OPEN, "a worker ends its program"),
  fn: async () => {
    await using program = await attack("worker");
    assert.match(outcomeOf(await program.call("forward", {})), /^crashed: ended its process/);
    assert.match(outcomeOf(await program.call("loss", {})), /^crashed: ended its process/);
  },
});

Deno.test("replies cannot be forged, and console output is no reply", async () => {
  await using program = await attack("forged-reply", { callMs: 1000 });
  assert.equal(valueOf(await program.call("forward", {})), "honest");
  assert.equal(outcomeOf(await program.call("loss", {})), "timeout: took longer than 1 s");
});

Deno.test("a heap snapshot does not hold the secret that replies begin with", async () => {
  const secret = new TextEncoder().encode("the secret of this very process!");
  const original = crypto.getRandomValues;
  // Every process gets this secret now. The program puts the text together that it searches for only afterwards.
  const value = (bytes: Uint8Array) => (bytes.set(secret), bytes);
  Object.defineProperty(crypto, "getRandomValues", { configurable: true, value });
  try {
    await using program = startProgram(`
      export async function forward() {
        let heap = "";
        for await (const part of process.getBuiltinModule("v8").getHeapSnapshot({ exposeNumericValues: true })) heap += part;
        return { secret: heap.includes("the secret of this " + ["very", "process!"].join(" ")), control: heap.includes("the secret of this ") };
      }`);
    assert.deepEqual(valueOf(await program.call("forward", {})), { secret: false, control: true });
  } finally {
    Object.defineProperty(crypto, "getRandomValues", { configurable: true, value: original });
  }
});

Deno.test("no patched built-in sees a reply go by", async () => {
  await using program = await attack("spy");
  assert.equal(valueOf(await program.call("forward", {})), "patched");
  const { seen, replies } = valueOf(await program.call("loss", {})) as Record<string, number>;
  assert.ok(seen > 0);
  assert.equal(replies, 0);
});

Deno.test("an honest answer arrives whatever built-ins the program broke", async () => {
  await using program = await attack("patched");
  assert.deepEqual(valueOf(await program.call("forward", {})), {
    W1: { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) },
    B1: { shape: [2], data: Float64Array.of(5, 6) },
  });
  const X = { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
  assert.equal(valueOf(await program.call("loss", { X })), 6);
  assert.equal(outcomeOf(await program.call("gradients", {})), "error: RangeError: still told");
  assert.equal(outcomeOf(await program.call("step", {})), "ok");
  assert.equal(valueOf(await program.call("loss", { X })), 6);
  assert.equal(outcomeOf(await program.call("misclassified", {})), "ok");
  assert.match(outcomeOf(await program.call("loss", { X })), /^crashed/);
  assert.equal(valueOf(await program.call("loss", { X })), 6, "in a process of its own again");
});

Deno.test("a program that reads the requests gets nothing but its own input, and then no more answers", async () => {
  await using program = await attack("stdin", { callMs: 500 });
  assert.equal(outcomeOf(await program.call("forward", {})), "timeout: took longer than 0.5 s");
  assert.equal(valueOf(await program.call("loss", {})), "reading");
  assert.notEqual((await program.call("gradients", {})).status, "ok");
  assert.deepEqual(valueOf(await program.call("gradients", {})), { loot: "" });
});

Deno.test({
  ...unless(OPEN, "a program does not outlive a grader that is killed"),
  fn: async () => {
    const grader = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", fileURLToPath(new URL("killed_grader.ts", import.meta.url))],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const reader = grader.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const [pid, cwd] = ((await reader.read()).value ?? "").trim().split(" ");
    assert.ok(await isRunning(pid));
    grader.kill("SIGKILL");
    await grader.status;
    await reader.cancel();
    for (let i = 0; i < 50 && await isRunning(pid); i++) await new Promise((done) => setTimeout(done, 100));
    assert.equal(await isRunning(pid), false);
    await Deno.remove(dirname(cwd), { recursive: true }); // what a killed grader cannot do
  },
});

/** Zombies, which nothing is left of but their number, are no longer running. */
async function isRunning(pid: string): Promise<boolean> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", pid] }).output();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}
