import assert from "node:assert/strict";
import { valueOf } from "../../../src/lab/start/curves.ts";
import { large, startWords } from "../../../src/lab/start/words.ts";
import { graphWords } from "../../../src/lab/graph/words.ts";
import { playgroundWords } from "../../../src/lab/playground/words.ts";
import { COURSE_ACTIVATIONS, slopeOf } from "../../../src/nn/activation.ts";
import { isSaturated } from "../../../src/nn/layer_probe.ts";

/** To float32's rounding, as the engine computes. */
const CLOSE = 3e-7;

Deno.test("the curves are tanh, the sigmoid, relu and the identity", () => {
  for (let z = -5; z <= 5; z += 0.1) {
    assert.ok(Math.abs(valueOf("tanh", z) - Math.tanh(z)) < CLOSE);
    assert.ok(Math.abs(valueOf("sigmoid", z) - 1 / (1 + Math.exp(-z))) < CLOSE);
    assert.equal(valueOf("relu", z), z > 0 ? z : 0);
    assert.equal(valueOf("identity", z), z);
  }
});

Deno.test("slopes are central differences of the curves", () => {
  const exact = {
    ...Object.fromEntries(COURSE_ACTIVATIONS.map((name) => [name, (z: number) => valueOf(name, z)])),
  };
  exact.tanh = Math.tanh;
  exact.sigmoid = (z) => 1 / (1 + Math.exp(-z));
  for (const name of COURSE_ACTIVATIONS) {
    for (let z = -4.95; z < 5; z += 0.3) {
      const difference = (exact[name](z + 1e-5) - exact[name](z - 1e-5)) / 2e-5;
      assert.ok(Math.abs(slopeOf(name, valueOf(name, z)) - difference) < 1e-6, `${name} ${z}`);
    }
    assert.ok(slopeOf(name, valueOf(name, name === "relu" ? 1 : 0)) === (name === "sigmoid" ? 0.25 : 1));
  }
});

Deno.test("saturated is a slope under a twentieth of the steepest, and every page of the lab says so", () => {
  const steepest = { tanh: 1, sigmoid: 0.25 };
  for (const name of ["tanh", "sigmoid"] as const) {
    for (let i = 0; i < 200; i++) {
      const a = name === "tanh" ? (i - 99.5) / 100 : (i + 0.5) / 200;
      assert.equal(isSaturated(name, a), slopeOf(name, a) < steepest[name] / 20, `${name} ${a}`);
    }
  }
  assert.deepEqual([0, 0.001].map((a) => isSaturated("relu", a)), [true, false]);
  assert.equal(isSaturated("identity", 100), false);
  for (const language of ["en", "ja"] as const) {
    assert.match(startWords(language).made, / 1\/20 /);
    const { flaws } = playgroundWords(language);
    assert.match(flaws.ruleSaturated, / 1\/20 /);
    assert.match(
      flaws.saturated({ kind: "saturated", layer: 1, flat: 2, of: 4, advice: [] }, ["x"]),
      /(saturated|飽和しています)/,
    );
  }
});

Deno.test("how much a delta fades is said in words that are read at once", () => {
  const amount = (amount: number, language: "en" | "ja") =>
    startWords(language).found({ kind: "deltas_fading", layer: 1, amount });
  assert.match(amount(1 / 2.81e6, "ja"), /最後の隠れ層の約 281 万分の 1 で/);
  assert.match(amount(1 / 45, "ja"), /約 45\.0 分の 1 で/);
  assert.match(amount(1 / 2.81e6, "en"), /gets about 1\/2,810,000 of/);
  assert.deepEqual([9999, 10000, 3.2e8, 4e12, 1e20].map((value) => large(value, "ja")), [
    "9999 ",
    "1.00 万",
    "3.20 億",
    "4.00 兆",
    "1.00e20 ",
  ]);
});

Deno.test("a choice has one name on every page of the lab: that of a config", () => {
  for (const language of ["en", "ja"] as const) {
    const methods = { gaussian: "gaussian", xavier: "xavier", he: "he" };
    assert.deepEqual([startWords(language).methods, playgroundWords(language).methods], [methods, methods]);
    for (const name of COURSE_ACTIVATIONS) {
      assert.equal(startWords(language).activations[name], name);
      assert.equal(graphWords(language).activations[name], name);
    }
  }
});
