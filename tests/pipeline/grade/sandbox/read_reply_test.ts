import assert from "node:assert/strict";
import { cleanText } from "../../../../src/grade/clean_text.ts";
import { explainError, readReply } from "../../../../pipeline/grade/sandbox/read_reply.ts";
import { startProgram } from "../../../../pipeline/grade/sandbox/start_program.ts";
import { outcomeOf } from "./attack.ts";

const none = new Float64Array(0);

Deno.test("a reply that is not as it must be is invalid, and the last of its process", () => {
  const headers = [
    "",
    "null",
    "[]",
    "{",
    '{"status":"ok","value":null}',
    '{"seq":2,"status":"ok","value":null}',
    '{"seq":"1","status":"ok","value":null}',
    '{"seq":1,"status":"ok"}',
    '{"seq":1,"status":"ok","value":[1]}',
    '{"seq":1,"status":"ok","value":7}',
    '{"seq":1,"status":"perfect"}',
    '{"seq":1,"status":"timeout","message":"x"}',
  ];
  for (const header of headers) {
    assert.deepEqual(readReply({ header, numbers: none }, 1), {
      result: { status: "invalid", fault: ["noReply"] },
      last: true,
    }, header);
  }
});

Deno.test("a reply with numbers that its layout does not name is invalid", () => {
  const { result } = readReply({
    header: '{"seq":1,"status":"ok","value":null}',
    numbers: Float64Array.of(1),
  }, 1);
  assert.equal(result.status, "invalid");
});

Deno.test("an error is told by one line that begins with its place", () => {
  const url = "blob:null/9786bdac-ed95-41a5-8322-6d316615c47a";
  const stack = `RangeError: boom\n    at forward (${url}:6:9)\n    at ${url}:8:7`;
  assert.deepEqual(
    explainError({ message: "RangeError: boom\nmore", stack }),
    ["threw", "src/mod.ts:6:9", "RangeError: boom"],
  );
  assert.deepEqual(explainError({ message: "Error: ", stack: "" }), ["threw", null, "Error"]);
  assert.deepEqual(
    explainError({ message: `SyntaxError: x at ${url}:1:16`, stack: "" }),
    ["threw", "src/mod.ts:1:16", "SyntaxError: x"],
  );
});

Deno.test("a module that does not compile or link tells where", async () => {
  const outcomes = {
    "const a = 1;\nlet x: number = ;\n": "error: src/mod.ts:2:17: SyntaxError: Expression expected",
    "let a = 1; let a = 2;": "error: src/mod.ts:1:16: SyntaxError: Identifier 'a' has already been declared",
    "\nexport const a = b;": "error: src/mod.ts:2:18: ReferenceError: b is not defined",
  };
  await Promise.all(
    Object.entries(outcomes).map(async ([source, outcome]) => {
      await using program = startProgram(source);
      assert.equal(outcomeOf(await program.call("forward", {})), outcome);
    }),
  );
});

Deno.test("TypeScript runs as students write it", async () => {
  const source = `
    enum Kind { Dense = 2 }
    namespace Sizes { export const hidden = 3; }
    abstract class Layer<T extends number> { constructor(protected readonly units: T, private scale?: number) {} abstract get size(): number }
    class Dense extends Layer<number> { get size(): number { return this.units * Kind.Dense + Sizes.hidden; } }
    export function forward(this: void, { n }: { n: number }): number { return new Dense(n as any satisfies number).size!; }
    export type Unused = typeof forward;
    export default function* (): Generator<number> {}`;
  await using program = startProgram(source);
  assert.deepEqual(await program.call("forward", { n: 20 }), { status: "ok", value: 43 });
  assert.deepEqual(await program.call("backward", { n: 20 }), { status: "missing" });
});

Deno.test("the class is made, fitted and asked", async () => {
  const source = `
    export class ScratchSimpleNeuralNetworkClassifier {
      trainLoss: number[] = [];
      parameters = { W1: [[0]] };
      constructor(private options: { epochs: number; hidden: number[] }) {}
      async fit(X: number[][], y: number[], XVal?: number[][], yVal?: number[]) {
        await null;
        for (let i = 0; i < this.options.epochs; i++) this.trainLoss.push(X.length + y.length);
        this.parameters.W1 = [[XVal === undefined ? 1 : XVal.length, yVal === undefined ? 1 : 2]];
      }
      predict(X: number[][]) { return X.map((row) => row[0]); }
    }`;
  await using program = startProgram(source);
  const matrix = (rows: number) => ({
    shape: [rows, 2],
    data: Float64Array.from({ length: 2 * rows }, (_, i) => i),
  });
  const vector = (...values: number[]) => ({ shape: [values.length], data: Float64Array.from(values) });
  const options = { epochs: 2, hidden: vector(4, 4) };
  const data = { options, X: matrix(3), y: vector(0, 1, 0), XTest: matrix(2) };
  const expected = { predictions: vector(0, 2), trainLoss: vector(6, 6), valLoss: null };
  assert.deepEqual(await program.call("fit_predict", { ...data, XVal: null, yVal: null }), {
    status: "ok",
    value: { ...expected, parameters: { W1: { shape: [1, 2], data: Float64Array.of(1, 1) } } },
  });
  assert.deepEqual(await program.call("fit_predict", { ...data, XVal: matrix(5), yVal: vector(1) }), {
    status: "ok",
    value: { ...expected, parameters: { W1: { shape: [1, 2], data: Float64Array.of(5, 2) } } },
  });
});

Deno.test("a text of others is cut and freed of what moves cursors and turns lines around", () => {
  assert.equal(cleanText("a\u001b[2Jb\r\nc\u202ed\u200be"), "a [2Jb c d e");
  assert.equal(cleanText("é".repeat(501)), `${"é".repeat(497)}...`);
  assert.equal(cleanText("\ud800x"), "\ufffdx");
  assert.equal(cleanText("x".repeat(1e7)).length, 500);
});
