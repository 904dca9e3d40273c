import assert from "node:assert/strict";
import { UserError } from "../../pipeline/system/errors.ts";
import { RandomState } from "../../src/random/random_state.ts";
import { judge, judgeError } from "../../tools/fuzz/judge.ts";
import { breakBytes, breakText, breakValue } from "../../tools/fuzz/mutations.ts";

async function fuzz(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=tools", "tools/fuzz.ts", ...args],
    cwd: new URL("../../", import.meta.url),
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

Deno.test("fuzz tries inputs of every kind, says how many, and finds nothing", async () => {
  const { code, out, err } = await fuzz("--seed", "7", "--count", "60");
  assert.equal(code, 0, out + err);
  const tallies = [...out.matchAll(/^(\w+) +(\d+) tried, +\d+ refused, +0 findings, slowest [\d.]+ s$/gm)];
  const kinds = [
    "config",
    "rubric",
    "idx",
    "npz",
    "zip",
    "csv",
    "results",
    "manifest",
    "sweep",
    "own",
    "clock",
    "large",
  ];
  assert.deepEqual(tallies.map(([, kind]) => kind), kinds);
  assert.equal(tallies.reduce((sum, [, , tried]) => sum + Number(tried), 0), 60);
  assert.match(out, /^seed 7: 0 findings in \d+ s$/m);
  for (const args of [["--input", "nothing/1"], ["--sed", "1"], ["--input", "config"], ["--count", "x"]]) {
    const wrong = await fuzz(...args);
    assert.deepEqual([wrong.code, wrong.out], [2, ""]);
    assert.match(wrong.err, /^Cannot fuzz: .*( found |Unknown option).*\n$/);
  }
});

Deno.test("what fuzz breaks is decided by the seed alone", () => {
  const text = "name: a\nmodel:\n  hidden: [10, 20]\n";
  const value = { a: [1, 2, { b: "c" }], d: null };
  const broken = (seed: number) => {
    const random = new RandomState(seed);
    return [
      breakText(random, text),
      JSON.stringify(breakValue(random, value)),
      breakBytes(random, new TextEncoder().encode(text)).toHex(),
    ];
  };
  const all = Array.from({ length: 300 }, (_, seed) => broken(seed));
  assert.deepEqual(Array.from({ length: 300 }, (_, seed) => broken(seed)), all);
  assert.ok(new Set(all.map(String)).size > 290);
  assert.equal(JSON.stringify(value), '{"a":[1,2,{"b":"c"}],"d":null}');
});

Deno.test("a finding is what the program did not mean to say", () => {
  for (const err of ["", "error: Cannot read x: it must be y, found z\n"]) assert.equal(judge(2, err), null);
  assert.equal(judge(134, ""), "exit code 134");
  for (const err of ["error: unexpected: x", "This is a bug.", "found undefined", "found [object Object]"]) {
    assert.notEqual(judge(1, err), null);
  }
  for (
    const own of [
      new UserError({ en: "x", ja: "あ" }),
      new SyntaxError("Cannot read x: y"),
      new RangeError("Cannot z"),
      new TypeError("Cannot z"),
    ]
  ) {
    assert.equal(judgeError(own), null);
  }
  const foreign = [
    new Error("Cannot x"),
    new RangeError("Maximum call stack size exceeded"),
    new TypeError("Cannot read properties of null"),
    new SyntaxError("Unexpected token"),
    "text",
  ];
  for (const error of foreign) assert.notEqual(judgeError(error), null);
});
