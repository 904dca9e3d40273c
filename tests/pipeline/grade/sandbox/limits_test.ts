import assert from "node:assert/strict";
import { startProgram } from "../../../../pipeline/grade/sandbox/start_program.ts";
import { describeGaps, findWalls } from "../../../../pipeline/grade/sandbox/walls.ts";
import { attack, outcomeOf, valueOf } from "./attack.ts";
import { unless, WINDOWS } from "../../../skipped.ts";

const MIB = 1024 * 1024;
const UNBOUNDED = (await findWalls()).prlimit ? null : "there is no prlimit (apt-get install util-linux)";

Deno.test("whatever never ends is killed, and the next call gets a process of its own", async () => {
  await using program = await attack("endless", { callMs: 500 });
  for (const name of ["forward", "loss", "gradients", "step", "misclassified"]) {
    assert.equal(outcomeOf(await program.call(name, {})), "timeout: took longer than 0.5 s", name);
  }
  assert.equal(outcomeOf(await program.call("initialize", {})), "ok");
});

Deno.test("a module that never loads fails every call", async () => {
  await using program = await attack("endless-load", { startMs: 300 });
  assert.equal(outcomeOf(await program.call("forward", {})), "timeout: took longer than 0.3 s");
  assert.equal(outcomeOf(await program.call("loss", {})), "timeout: took longer than 0.3 s");
});

Deno.test("all calls together have a time too", async () => {
  const none = "timeout: no time left: all calls together took longer than 0.4 s";
  await using program = await attack("endless", { callMs: 300, totalMs: 400 });
  // The time that it takes to load is theirs too: where that is 0.1 s or more, the first call has less than its own.
  const first = outcomeOf(await program.call("forward", {}));
  if (first !== none) assert.equal(first, "timeout: took longer than 0.3 s");
  for (const name of ["forward", "initialize"]) assert.equal(outcomeOf(await program.call(name, {})), none);

  await using short = await attack("endless", { callMs: 600, totalMs: 400 });
  for (const name of ["forward", "initialize"]) assert.equal(outcomeOf(await short.call(name, {})), none);
});

Deno.test({
  ...unless(UNBOUNDED, "memory outside of the heap is bounded"),
  fn: async () => {
    for (const name of ["forward", "loss", "gradients", "step"]) {
      await using program = await attack("memory", { memoryBytes: 32 * MIB });
      const outcome = outcomeOf(await program.call(name, {}));
      assert.match(outcome, /^memory: .*(allocation failed|allocate memory|more memory)/, name);
    }
  },
});

Deno.test({
  ...unless(UNBOUNDED, "the heap is bounded"),
  fn: async () => {
    await using program = await attack("heap", { memoryBytes: 32 * MIB });
    assert.equal(outcomeOf(await program.call("forward", {})), "memory: needed more memory than is allowed");
  },
});

Deno.test({
  ...unless(WINDOWS, "where the kernel keeps no bounds, memory is watched"),
  fn: async () => {
    const source = "export async function forward() { const kept = []; for (;;) { " +
      "kept.push(new Uint8Array(1 << 24).fill(1)); await new Promise((done) => setTimeout(done, 20)); } }";
    const walls = Promise.resolve({ prlimit: false, setpriv: false });
    await using program = startProgram(source, { memoryBytes: 200 * MIB }, walls);
    assert.equal(outcomeOf(await program.call("forward", {})), "memory: needed more memory than is allowed");
  },
});

Deno.test("an instructor is told which walls are missing", () => {
  assert.equal(describeGaps({ prlimit: true, setpriv: true }), null);
  assert.match(describeGaps({ prlimit: true, setpriv: false })?.en ?? "", /^setpriv is not there/);
  assert.match(
    describeGaps({ prlimit: false, setpriv: false })?.en ?? "",
    /^prlimit is not there .* on Linux\.$/,
  );
});

Deno.test("gigabytes of output end a program, and what is printed is nothing bad, however much", async () => {
  await using program = await attack("output", { outputBytes: MIB });
  assert.equal(outcomeOf(await program.call("forward", {})), "ok");
  for (const name of ["loss", "gradients"]) {
    assert.equal(outcomeOf(await program.call(name, {})), "output: printed more than 1048576 bytes", name);
  }
  assert.equal(outcomeOf(await program.call("step", {})), "ok");
});

Deno.test("a program that ends itself has crashed", async () => {
  await using program = await attack("exit");
  for (const name of ["forward", "loss", "gradients", "step", "misclassified"]) {
    assert.equal((await program.call(name, {})).status, "crashed", name);
  }
});

Deno.test("promises that never resolve are not waited for longer than a call", async () => {
  await using program = await attack("never", { callMs: 1000 });
  for (const name of ["forward", "loss"]) {
    assert.match(
      outcomeOf(await program.call(name, {})),
      /^crashed: .* a promise that nothing is left to resolve$/,
    );
  }
  for (const name of ["gradients", "misclassified"]) {
    assert.equal(outcomeOf(await program.call(name, {})), "timeout: took longer than 1 s", name);
  }
  assert.equal(outcomeOf(await program.call("step", {})), "error: src/mod.ts:16:13: RangeError: no");
  assert.equal(valueOf(await program.call("initialize", {})), "first");
});

Deno.test("what runs on after an answer runs only within later calls, and its errors are theirs", async () => {
  await using program = await attack("late");
  assert.equal(valueOf(await program.call("forward", {})), "now");
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(valueOf(await program.call("step", {})), "well");
  assert.equal(outcomeOf(await program.call("loss", {})), "error: src/mod.ts:4:11: Error: later");
  assert.equal(
    outcomeOf(await program.call("loss", {})),
    "error: src/mod.ts:10:18: RangeError: nobody waits for this",
  );
  assert.equal(outcomeOf(await program.call("gradients", {})), "error: Error");
  assert.equal(valueOf(await program.call("step", {})), "well");
});

Deno.test("hostile programs do not keep an honest one from its answers", async () => {
  const honest = startProgram("export const forward = ({ n }: { n: number }) => n + 1;");
  const hostile = await Promise.all([
    attack("endless", { callMs: 1000 }),
    attack("output", { outputBytes: MIB }),
    attack("forged-reply", { callMs: 1000 }),
  ]);
  try {
    const noise = hostile.map((program) => program.call("loss", {}));
    for (let n = 0; n < 20; n++) assert.equal(valueOf(await honest.call("forward", { n })), n + 1);
    assert.deepEqual((await Promise.all(noise)).map(({ status }) => status), [
      "timeout",
      "output",
      "timeout",
    ]);
  } finally {
    for (const program of [honest, ...hostile]) await program[Symbol.asyncDispose]();
  }
});

Deno.test("random numbers are the same whenever a program is run, and spread as they should be", async () => {
  const source = `
    const many = Array.from({ length: 10000 }, Math.random);
    export const forward = () => {
      const bins = Array(10).fill(0);
      for (const x of many) bins[Math.floor(10 * x)]++;
      const bytes = [...crypto.getRandomValues(new Uint8Array(1000))];
      return { bins, first: many.slice(0, 5), next: Math.random(), bytes, distinct: new Set(many).size };
    };`;
  const runs = [];
  for (let i = 0; i < 2; i++) {
    await using program = startProgram(source);
    runs.push(valueOf(await program.call("forward", {})));
  }
  const [a, b] = runs as unknown as {
    bins: { data: number[] };
    bytes: { data: number[] };
    distinct: number;
  }[];
  assert.deepEqual(a, b);
  assert.equal(a.distinct, 10000);
  const spread = (counts: number[], each: number) =>
    counts.reduce((sum, count) => sum + (count - each) ** 2 / each, 0);
  // Chi squared of 9 degrees of freedom: above 27.9 once in a thousand.
  assert.ok(spread([...a.bins.data], 1000) < 27.9, `${a.bins.data}`);
  const high = [...a.bytes.data].filter((byte) => byte >= 128).length;
  assert.ok(high > 430 && high < 570, `${high}`);
});

Deno.test("source text is bounded", async () => {
  await using program = startProgram(`// ${"é".repeat(1000)}`, { sourceBytes: 2002 });
  assert.equal(
    outcomeOf(await program.call("forward", {})),
    "error: src/mod.ts must be at most 2002 bytes, found 2003",
  );
});

Deno.test("source that overflows the compiler's stack crashes its own process only", async () => {
  await using program = await attack("deep-source");
  assert.match(outcomeOf(await program.call("forward", {})), /^crashed/);
});

Deno.test("a program has no process until it is called", async () => {
  const walls = await findWalls();
  const { prototype } = Deno.Command;
  const { spawn } = prototype;
  let started = 0;
  prototype.spawn = function () {
    started++;
    return spawn.call(this);
  };
  try {
    await using program = startProgram("export const forward = () => 1;", {}, Promise.resolve(walls));
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(started, 0);
    assert.equal(valueOf(await program.call("forward", {})), 1);
    assert.equal(started, 1);
  } finally {
    prototype.spawn = spawn;
  }
});
