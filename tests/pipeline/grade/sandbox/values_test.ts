import assert from "node:assert/strict";
import fc from "fast-check";
import type { GradeValue } from "../../../../src/grade/student_program.ts";
import { startProgram } from "../../../../pipeline/grade/sandbox/start_program.ts";
import { packValue, unpackValue } from "../../../../pipeline/grade/sandbox/values.ts";
import { attack, outcomeOf, valueOf } from "./attack.ts";

const numbers = fc.double({ noDefaultInfinity: false, noNaN: false });
const tensor = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 3 }).chain((shape) =>
  fc.array(numbers, { minLength: size(shape), maxLength: size(shape) })
    .map((data) => ({ shape: trimmed(shape), data: Float64Array.from(data) }))
);
const leaf = fc.oneof(numbers, tensor, fc.boolean(), fc.constant(null), fc.string({ unit: "grapheme" }));
const names = fc.string({ minLength: 1 }).filter((name) =>
  name !== "data" && name !== "then" && name !== "__proto__"
);
const value: fc.Arbitrary<GradeValue> = fc.oneof(
  leaf,
  fc.dictionary(names, fc.oneof(leaf, fc.dictionary(names, leaf))),
);

Deno.test("a value comes back as it was sent, bit for bit", async () => {
  await using program = startProgram("export const forward = (input: unknown) => input;");
  await fc.assert(
    fc.asyncProperty(value, async (sent) => {
      assert.deepEqual(valueOf(await program.call("forward", sent)), plain(sent));
    }),
    { numRuns: 200 },
  );
});

Deno.test("a value can be taken apart and put together", () => {
  fc.assert(fc.property(value, (sent) => {
    const { layout, numbers } = packValue(sent);
    const all = Float64Array.from(numbers.flatMap((part) => [...part]));
    assert.deepEqual(unpackValue(JSON.parse(JSON.stringify(layout)), all), plain(sent));
  }));
});

Deno.test("a layout that does not fit its numbers is refused", () => {
  const two = Float64Array.of(1, 2);
  const cases: [unknown, RegExp][] = [
    [0, /2 numbers, found 1$/],
    [[3], /2 numbers, found more$/],
    [[1], /2 numbers, found 1$/],
    [[-1], /a shape must be a list of a few lengths$/],
    [[1.5], /a shape must be/],
    [["2"], /a shape must be/],
    [[2 ** 40, 2 ** 40], /2 numbers, found more$/],
    [Array(9).fill(1), /a shape must be/],
    [1, /found a number$/],
    [undefined, /found a undefined$/],
    [{ a: { a: { a: { a: { a: { a: { a: { a: { a: 0 } } } } } } } } }, /nests too deep$/],
  ];
  for (const [layout, message] of cases) {
    assert.throws(() => unpackValue(layout, two), { name: "SyntaxError", message });
  }
});

Deno.test("results that are no values are invalid, and say where", async () => {
  await using program = await attack("values");
  const outcomes = {
    cyclic: "invalid: forward().self.self.self.self.self.self.self.self.self nests too deep",
    deep: "invalid: forward() has more than 8 dimensions",
    deepRecord: "invalid: forward().a.a.a.a.a.a.a.a.a nests too deep",
    proxyLength: "invalid: forward() must hold at most 4000000 numbers, found a longer array",
    negativeLength: "invalid: forward() must hold at most 4000000 numbers, found a longer array",
    fractionalLength: "invalid: forward() must hold at most 4000000 numbers, found a longer array",
    textLength: "invalid: forward() must hold at most 4000000 numbers, found a longer array",
    changingLength: "invalid: forward() must have rows of equal lengths, 2, found a row of 3",
    changingShape: "invalid: forward() must hold numbers, found an array",
    sparse: "invalid: forward() must hold numbers, found undefined",
    huge: "invalid: forward() must hold at most 4000000 numbers, found more",
    hugeNested: "invalid: forward() must hold at most 4000000 numbers, found more",
    manyNames: "invalid: forward() has more than 1000 names",
    longText: "invalid: forward() is too long a string",
    throwingGetter: "error: src/mod.ts: TypeError: mine",
    throwingProxy: "error: src/mod.ts: TypeError: mine",
    revoked: "error: TypeError: Cannot perform 'IsArray' on a proxy that has been revoked",
    bigint: "invalid: forward() must hold numbers, found bigint",
    bigintArray: "invalid: forward() must hold numbers, found bigint",
    symbol: "invalid: forward() must be made of numbers, arrays and plain objects, found a symbol",
    func: "invalid: forward() must be made of numbers, arrays and plain objects, found a function",
    strings: "invalid: forward() must hold numbers, found string",
    mixed: "invalid: forward() must hold numbers, found an array",
    ragged: "invalid: forward() must have rows of equal lengths, 2, found a row of 1",
    nulls: "invalid: forward() must hold numbers, found null",
    objects: "invalid: forward() must hold numbers, found an object",
  };
  for (const [kind, outcome] of Object.entries(outcomes)) {
    assert.equal(withoutPlace(outcomeOf(await program.call("forward", { kind }))), outcome, kind);
  }
  assert.match(
    outcomeOf(await program.call("forward", { kind: "manyParts" })),
    /^invalid: .* has too many parts$/,
  );
});

Deno.test("results that are unusual are taken for what they are", async () => {
  await using program = await attack("values");
  const vector = (...data: number[]) => ({ shape: [data.length], data: Float64Array.from(data) });
  const values: Record<string, GradeValue> = {
    detached: vector(),
    growing: vector(0),
    toJSON: { W1: vector(1) },
    special: { nan: NaN, inf: -Infinity, zero: -0, list: vector(NaN, Infinity, -0, 5e-324) },
    nothing: null,
    map: {},
    date: {},
    boxed: { n: {} },
    namespace: { W1: vector(1, 2) },
    shared: vector(0, 0),
    lonely: "\ufffd",
  };
  for (const [kind, value] of Object.entries(values)) {
    assert.deepEqual(valueOf(await program.call("forward", { kind })), value, kind);
  }
  const proto = valueOf(await program.call("forward", { kind: "proto" })) as Record<string, unknown>;
  assert.deepEqual(Object.entries(proto), [["__proto__", { polluted: 1 }], ["constructor", 2], ["W1", 3]]);
  assert.ok(!("polluted" in {}));
});

Deno.test("whatever is thrown becomes one short line", async () => {
  await using program = await attack("values");
  const outcomes = {
    text: "error: threw a text",
    nothing: "error: threw undefined",
    symbol: "error: threw Symbol(x)",
    bigint: "error: threw 1",
    empty: "error: Error",
    nul: "error: Error",
    getter: "error: threw what cannot be read",
    control: "error: src/mod.ts: Error:  [2J [31mred",
    notText: "error: Error",
    proxy: "error: threw what cannot be read",
  };
  for (const [kind, outcome] of Object.entries(outcomes)) {
    assert.equal(withoutPlace(outcomeOf(await program.call("loss", { kind }))), outcome, kind);
  }
  const long = outcomeOf(await program.call("loss", { kind: "long" }));
  assert.match(long, /^error: Error: x{400,}\.\.\.$/);
  assert.ok(long.length <= 510);

  await using impatient = await attack("values", { callMs: 500 });
  const endless = await impatient.call("loss", { kind: "endlessGetter" });
  assert.equal(outcomeOf(endless), "timeout: took longer than 0.5 s");
});

function withoutPlace(outcome: string): string {
  return outcome.replace(/(?<=src\/mod\.ts):\d+:\d+/, "");
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Nested arrays show no length below an empty level. */
function trimmed(shape: number[]): number[] {
  const empty = shape.indexOf(0);
  return empty < 0 ? shape : shape.slice(0, empty + 1);
}

/** As records come back: with the prototype that object literals have. */
function plain(sent: GradeValue): GradeValue {
  if (typeof sent !== "object" || sent === null || "data" in sent) return sent;
  return Object.fromEntries(
    Object.entries(sent as Record<string, GradeValue>).map(([k, v]) => [k, plain(v)]),
  );
}
