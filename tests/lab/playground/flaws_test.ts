import assert from "node:assert/strict";
import { nameFlaw, noneFound } from "../../../src/lab/playground/flaw_notes.tsx";
import { findFlaws, unitStates } from "../../../src/lab/playground/flaws.ts";
import { Session } from "../../../src/lab/playground/session.ts";
import { playgroundWords } from "../../../src/lab/playground/words.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import { settingFrom } from "./settings.ts";

const kernels = await loadKernels();
const view = "principal";

/** What is said of the flaws after so many epochs. */
function said(params: string, epochs: number, language: "en" | "ja" = "en"): string[] {
  const session = new Session(settingFrom(params), kernels);
  const { batches } = session.first(view);
  const { flaws } = session.advance({ batches: epochs * batches, until: epochs, view });
  return flaws.map((flaw) => nameFlaw(flaw, playgroundWords(language)));
}

Deno.test("of units that are dead before any training the learning rate is not blamed", () => {
  const [text] = said("data=circle&hidden=2.2&activation=relu&seed=3", 0);
  assert.match(text, /^Dead: .* This was so before the first step\. Try another seed or more units\.$/);
  const [zero] = said("data=circle&hidden=2.2&activation=relu&bias=zero&seed=2", 0);
  assert.match(zero, /^Dead: .*Try another seed, more units or an initial bias other than zero\.$/);
  const [ja] = said("data=circle&hidden=2.2&activation=relu&seed=3", 0, "ja");
  assert.match(
    ja,
    /訓練を始める前からこの状態です。シードを変えるか、ユニットを増やすとよいかもしれません。$/,
  );
});

Deno.test("units that large steps killed get a lower learning rate", () => {
  const killed = said("data=spirals&hidden=4.4&activation=relu&bias=zero&rate=1&seed=5", 200);
  assert.ok(
    killed.some((text) => /^Dead: .*passes them\. Try a lower learning rate\.$/.test(text)),
    killed[0],
  );
});

Deno.test("a plateau is laid to small weights only where they are drawn small", () => {
  const plateau = (params: string) =>
    said(params, 30).filter((text) => text.startsWith("Plateau"))[0] ?? "none";
  const small = plateau("data=xor&hidden=4.4&init=gaussian&sigma=0.01");
  assert.match(
    small,
    /^Plateau by small weights: .*Try a larger sigma, xavier or he, fewer layers or another activation\.$/,
  );
  const deep = plateau("data=xor&hidden=4.4.4.4&activation=sigmoid&init=xavier&seed=1");
  assert.match(deep, /^Plateau: .*Try fewer layers or another activation\.$/);
  const slow = plateau("data=xor&hidden=4.4.4&activation=tanh&init=xavier&rate=0.00001&seed=3");
  assert.match(slow, /^Plateau: .*Try a higher learning rate\.$/);
});

Deno.test("a network that can only draw a line is told that no line parts the points", () => {
  assert.deepEqual(said("data=xor&hidden=", 50, "ja"), [
    "線形分離不可能：訓練データの 2 つのクラスを分けられる直線はありませんが、隠れ層がないので、" +
    "決定境界は直線にしかなりません。隠れ層を加えるとよいかもしれません。",
  ]);
  assert.deepEqual(said("data=xor&hidden=4&activation=identity", 50), [
    "Not linearly separable: no line parts the classes of the training points, and with identity in every hidden layer " +
    "a network draws no other boundary. Try another activation.",
  ]);
});

Deno.test("what is saturated before any training is laid to sigma alone", () => {
  const [text] = said("data=spirals&hidden=8.8&init=gaussian&sigma=10", 0);
  assert.match(text, /^Saturated: .*Try a smaller sigma\.$/);
});

Deno.test("where a whole layer is dead, no higher learning rate is advised", () => {
  const texts = said("data=circle&hidden=2.2&activation=relu&bias=zero&rate=0.00001&seed=2", 7);
  assert.match(texts[0], /^Plateau: .*Try another seed or more units\.$/);
});

/** Ten points' activations of one unit, of which so many are `a` and the others 0.1. */
const unit = (a: number, count: number) => Float32Array.from({ length: 10 }, (_, i) => i < count ? a : 0.1);

Deno.test("a unit is flat from nine points of ten on where its slope is under a twentieth of the largest, and dead where relu gives 0 alone", () => {
  for (const a of [0.976, -0.976]) assert.deepEqual(unitStates(unit(a, 9), 1, "tanh"), ["flat"]);
  for (const a of [0.973, -0.973]) assert.deepEqual(unitStates(unit(a, 10), 1, "tanh"), ["live"]);
  // The same slope of sigmoid: a (1 - a) = 1 / 80.
  for (const a of [0.9875, 0.0125]) assert.deepEqual(unitStates(unit(a, 9), 1, "sigmoid"), ["flat"]);
  for (const a of [0.987, 0.013]) assert.deepEqual(unitStates(unit(a, 10), 1, "sigmoid"), ["live"]);
  assert.deepEqual(unitStates(unit(0.999, 8), 1, "tanh"), ["live"]);
  assert.deepEqual(unitStates(unit(0, 10), 1, "relu"), ["dead"]);
  assert.deepEqual(unitStates(unit(0, 9), 1, "relu"), ["live"]);
  assert.deepEqual(unitStates(unit(0, 10), 1, "identity"), ["live"]);
  // Unit by unit, where several take turns.
  assert.deepEqual(unitStates(Float32Array.of(0, 1, 0, 1), 2, "relu"), ["dead", "live"]);
});

type Found = Parameters<typeof findFlaws>[0];

/** One hidden layer of four units on ten points of two classes, in which nothing is wrong, with something changed. */
function flaws(changed: Partial<Found> = {}) {
  return findFlaws({
    layers: [layer(1)],
    states: [["live", "live", "live", "live"]],
    first: [["live", "live", "live", "live"]],
    inputs: [2],
    setting: { init: "gaussian", sigma: 1, bias: "gaussian", rate: 0.1, optimizer: "sgd" },
    activation: "tanh",
    labels: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
    losses: [],
    accuracy: 0.5,
    separable: true,
    ...changed,
  });
}

/** Activations of four units, one of which has a standard deviation over the ten points. */
function layer(deviation: number): Float32Array {
  return Float32Array.from(
    { length: 40 },
    (_, i) => i % 4 === 2 ? 0.5 + (i >> 2 & 1 ? 1 : -1) * deviation : 0.5,
  );
}

Deno.test("a loss is on a plateau within a twentieth of guessing, fallen by less than a hundredth of it, where no unit tells the points apart", () => {
  const guess = Math.LN2;
  const is = (now: number, fallen: number, deviation: number, changed: Partial<Found> = {}) => {
    const losses = [(now + fallen) * guess, 9, 9, 9, 9, now * guess];
    return flaws({ losses, layers: [layer(deviation)], ...changed }).some(({ kind }) => kind === "plateau");
  };
  assert.deepEqual([0.0099, 0.0101, -1].map((fallen) => is(1, fallen, 0)), [true, false, true]);
  assert.deepEqual([0.949, 0.951, 1.049, 1.051].map((now) => is(now, 0, 0)), [false, true, true, false]);
  assert.deepEqual([0.09, 0.11].map((deviation) => is(1, 0, deviation)), [true, false]);
  const activation = "sigmoid";
  assert.deepEqual([0.024, 0.026].map((deviation) => is(1, 0, deviation, { activation })), [true, false]);
  assert.equal(flaws({ losses: Array(5).fill(guess), layers: [layer(0)] }).length, 0, "after 4 epochs");
  assert.equal(flaws({ losses: Array(6).fill(guess), layers: [layer(0)] }).length, 1, "after 5");
});

Deno.test("a plateau is laid to the learning rate below 0.01, and below 0.001 where steps are of about the rate itself", () => {
  const slow = (optimizer: Found["setting"]["optimizer"], rate: number) => {
    const setting = { ...{ init: "gaussian", sigma: 1, bias: "gaussian" } as const, optimizer, rate };
    const [flaw] = flaws({ losses: Array(6).fill(Math.LN2), layers: [layer(0)], setting });
    assert.ok(flaw.kind === "plateau");
    return flaw.advice.includes("larger_rate");
  };
  assert.deepEqual([0.0099, 0.01].map((rate) => slow("sgd", rate)), [true, false]);
  assert.deepEqual([0.0099, 0.01].map((rate) => slow("momentum", rate)), [true, false]);
  for (const optimizer of ["adagrad", "rmsprop", "adam", "adamw"] as const) {
    assert.deepEqual([0.00099, 0.001].map((rate) => slow(optimizer, rate)), [true, false], optimizer);
  }
});

Deno.test("a layer is saturated from half of its units on, while less than 19 of 20 points are right", () => {
  const two = ["flat", "live", "flat", "live"] as const, one = ["flat", "live", "live", "live"] as const;
  const said = (changed: Partial<Found>) => flaws({ first: [two], ...changed });
  assert.deepEqual(said({ states: [two], accuracy: 0.949 }), [
    { kind: "saturated", layer: 1, flat: 2, of: 4, advice: ["smaller_sigma"] },
  ]);
  assert.deepEqual(said({ states: [two], accuracy: 0.95 }), []);
  assert.deepEqual(said({ states: [one] }), []);
  // Of those that were not so from the start, or not all.
  const advice = (changed: Partial<Found>) =>
    said({ states: [two], ...changed }).flatMap((flaw) => flaw.kind === "saturated" ? flaw.advice : []);
  assert.deepEqual(advice({ first: [one] }), ["smaller_rate", "smaller_sigma"]);
  const setting = { init: "xavier", sigma: 1, bias: "zero", rate: 0.1, optimizer: "sgd" } as const;
  assert.deepEqual(advice({ setting }), ["another_seed"]);
  assert.deepEqual(advice({ setting, first: [one] }), ["smaller_rate"]);
});

Deno.test("that there is no plateau is said only where five epochs could show one", () => {
  for (const language of ["en", "ja"] as const) {
    const t = playgroundWords(language);
    for (const epoch of [0, 4]) {
      assert.match(noneFound(epoch, t), /(not known before 5 epochs|5 エポック訓練するまでわかりません)/);
    }
    assert.equal(noneFound(5, t), t.flaws.none);
  }
});
