import assert from "node:assert/strict";
import { cpuUsage } from "node:process";
import { parseExperiment } from "../../src/config/parse.ts";
import { ConfigError } from "../../src/config/yaml/config_error.ts";
import { LARGE_CONFIGS } from "../../tools/fuzz/large.ts";

const head = "name: a\ndataset: strokes\n";

/** The lines of the message. */
function refusal(text: string): string[] {
  try {
    parseExperiment(head + text, { file: "x.yaml" });
  } catch (error) {
    assert.ok(error instanceof ConfigError, `${error}`);
    return error.message.split("\n");
  }
  assert.fail("accepted");
}

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");
const whole = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const sweep = (parameters: Record<string, unknown>, rest: object = {}) =>
  `sweep: ${JSON.stringify({ parameters, ...rest })}`;

Deno.test("a million combinations times hundreds of conditions are refused before they are looked at", () => {
  const parameters = { "train.learning_rate": whole(1000), "train.epochs": whole(1000) };
  const where = whole(500).map((i) => ({ "train.epochs": `> ${i}` }));
  assert.deepEqual(refusal(sweep(parameters, { where })), [
    "x.yaml:3:22: sweep.parameters: must make at most 20000 combinations for the 500 conditions of where to choose from, " +
    "found 1000000",
  ]);
  const exclude = where.slice(0, 100);
  assert.match(
    refusal(sweep(parameters, { where, exclude }))[0],
    /at most 16666 .* the 600 conditions of where and exclude/,
  );
  const paired = { "train.learning_rate": whole(5900) };
  const many = whole(2900).map((i) => ({ "train.learning_rate": `> ${i}` }));
  assert.match(
    refusal(sweep(paired, { method: "zip", where: many }))[0],
    /must make at most 3448 combinations/,
  );
  const drawn = { "train.learning_rate": { uniform: [1, 2] } };
  assert.deepEqual(refusal(sweep(drawn, { method: "random", count: 5000, where: many })).slice(-1), [
    "x.yaml:3:103: sweep.where: leaves none of 3448 trials drawn; loosen it",
  ]);
});

Deno.test("millions of combinations of the settings that a rule reads are refused", () => {
  const validation = whole(3000).map((i) => i / 10_000);
  const parameters = {
    "preprocess.limit": whole(3000).map((i) => i + 100),
    "preprocess.validation": validation,
  };
  assert.deepEqual(refusal(sweep(parameters)), [
    "x.yaml:3:22: sweep.parameters: must make at most 300000 combinations of preprocess.limit and preprocess.validation; remove values",
  ]);
});

Deno.test("thousands of problems are counted, and the first twenty are told", () => {
  const cases: [text: string, count: number, first: RegExp][] = [
    [lines(8000, (i) => `key${i}: 1`), 8000, /^x\.yaml:3:1: key0: is not a known key/],
    [
      `train:\n${lines(8000, (i) => `  epoch${i}: 1`)}`,
      8000,
      /^x\.yaml:4:3: train\.epoch0: .*did you mean `epochs`\?$/,
    ],
    [
      lines(11_000, (i) => `k${i}: !x 1`),
      11_000,
      /^x\.yaml:3:5: cannot be read as YAML: a config uses no tags/,
    ],
    [lines(11_000, () => "seeds: [0]"), 10_999, /^x\.yaml:4:1: seeds: is given twice/],
    [`seeds: [${"a, ".repeat(11_000)}]`, 11_000, /^x\.yaml:3:9: seeds\[0\]: must be a whole number/],
    [sweep({ "train.epochs": Array(11_000).fill("x") }), 11_000, /epochs\[0\]: must be a whole number/],
    [sweep({ "train.epochs": Array(11_000).fill(1) }), 10_999, /epochs\[1\]: makes trials 0 and 1 equal/],
  ];
  for (const [text, count, first] of cases) {
    const told = refusal(text);
    assert.equal(told[0], `The config has ${count} problems:`);
    assert.match(told[1], first);
    assert.equal(told.length, 22);
    assert.equal(told[21], `... and ${count - 20} more`);
  }
});

Deno.test("seeds that repeat are one problem, however many they are", () => {
  assert.deepEqual(refusal("seeds: [1, 2, 1]"), [
    "x.yaml:3:15: seeds[2]: must differ from the other seeds, found 1 again; remove it",
  ]);
  assert.deepEqual(refusal(`seeds: [${"1, ".repeat(11_000)}]`), [
    "x.yaml:3:12: seeds[1]: must differ from the other seeds, found 1 again, and 10998 later repeats; remove them",
  ]);
});

Deno.test("a config of a hundred thousand entries is refused before it is read", () => {
  for (
    const text of [
      `seeds: [${"1, ".repeat(130_000)}]`,
      lines(60_000, () => "a: b: c"),
      "- [".repeat(50_001) + "\n".repeat(50_001),
    ]
  ) {
    assert.deepEqual(refusal(text), [
      "x.yaml:1:1: is too large: a config has at most 12000 values, 100 levels deep, aliases expanded",
    ]);
  }
});

Deno.test("random search ends where numbers are so near that few lie between", () => {
  const of = (count: number, distribution: object) =>
    `sweep: ${
      JSON.stringify({ method: "random", count, parameters: { "train.learning_rate": distribution } })
    }`;
  const two = { uniform: [0.1, 0.10000000000000002] };
  assert.deepEqual(refusal(of(5, two)), [
    "x.yaml:3:35: sweep.count: must be at most 2, as there are no more different trials, found 5",
  ]);
  parseExperiment(head + of(2, two), { file: "x.yaml" });
  // Of so large a number the logarithm is the same.
  assert.match(
    refusal(of(2, { log_uniform: [1e300, 1.0000000000000002e300] }))[0],
    /must be at most 1, as there are no more/,
  );
  assert.match(
    refusal(of(2000, { log_uniform: [2, 2.0000000000001] }))[0],
    /must be at most \d+, as there are no more/,
  );
  assert.match(
    refusal(
      `sweep: {method: random, count: 100000, parameters: {train.learning_rate: {quantized: [1, 99999, 1]}}}`,
    )[0],
    /must be at most \d+, as drawing for a second finds no more different trials, found 100000$/,
  );
});

Deno.test("hidden layers of very many trials are compared with activations by layer where there are any, and not else", () => {
  const many = { "model.hidden": whole(900).map((units) => [units]), "train.learning_rate": whole(900) };
  const where = [{ "train.learning_rate": "> 0" }];
  parseExperiment(head + sweep(many, { where }), { file: "x.yaml" });
  assert.match(
    refusal(sweep({ ...many, "model.activation": [["tanh"]] }, { where }))[0],
    /must make at most 300000 combinations of model\.hidden and model\.activation; remove values$/,
  );
});

Deno.test("steps of a quantized range are whole where the setting is, and no finer than its values are written", () => {
  const of = (path: string, distribution: object) =>
    refusal(`sweep: {method: random, count: 2, parameters: {${path}: ${JSON.stringify(distribution)}}}`)[0]
      .replace(/^.*(quantized|uniform)/, "");
  assert.equal(
    of("train.batch_size", { quantized: [1, 3, 0.5] }),
    "[2]: must be a whole number from 1 to 1000000000, found 0.5",
  );
  assert.equal(
    of("train.learning_rate", { quantized: [1, 1.0000000000001, 1e-14] }),
    "[2]: must be at least 2e-11, as values have 12 digits, found 1e-14",
  );
  assert.equal(
    of("train.learning_rate", { quantized: [1, 9, 2e-10] }),
    ": must span at most 4294967296 values, found 40000000000",
  );
  assert.equal(
    of("train.learning_rate", { quantized: [1, 3, 5] }),
    "[2]: must be at most high - low, 2, found 5: there would be one value only",
  );
  assert.equal(
    of("model.init.sigma", { log_uniform: [0.01] }),
    ": must be a list of two numbers, [low, high], found a list of 1: [0.01]",
  );
  assert.equal(
    of("train.batch_size", { int_uniform: [1, "full"] }),
    '[1]: must be a whole number from 1 to 1024, found the text "full"',
  );
});

Deno.test("a hundred thousand entries of any kind end within a second, and in a message that is short", () => {
  for (const [name, make] of Object.entries(LARGE_CONFIGS)) {
    for (const count of [100_000, 5_500]) {
      const text = make(count);
      const start = performance.now(), before = cpuUsage();
      let message = "";
      try {
        parseExperiment(text, { file: "x.yaml" });
      } catch (error) {
        assert.ok(error instanceof ConfigError, `${name}: ${error}`);
        message = error.message;
      }
      const { user, system } = cpuUsage(before);
      const seconds = Math.min((performance.now() - start) / 1000, (user + system) / 1e6);
      // Five times as much as on a quiet core: other tests run beside this one.
      assert.ok(seconds < 5, `${count} ${name}: ${seconds.toFixed(1)} s`);
      assert.ok(message.length < 10_000, `${count} ${name}: ${message.length} characters`);
    }
  }
});
