import assert from "node:assert/strict";
import { nameFlaw } from "../../../src/lab/playground/flaw_notes.tsx";
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
