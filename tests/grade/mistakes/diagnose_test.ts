import assert from "node:assert/strict";
import { tensor, type Tensors } from "../../../src/grade/tensors.ts";
import { CATALOGUE } from "../../../src/grade/mistakes/catalogue.ts";
import { diagnose } from "../../../src/grade/mistakes/diagnose.ts";
import { probeBatch } from "../../../src/grade/batch.ts";
import type { Method } from "../../../src/grade/reference/method.ts";
import { gradients } from "../../../src/grade/reference/network.ts";
import { RandomState } from "../../../src/random/random_state.ts";
import { mistakesEn } from "../../../src/grade/messages/mistakes_en.ts";
import { mistakesJa } from "../../../src/grade/messages/mistakes_ja.ts";
import { perfectProbe, withPrefix } from "../perfect_probe.ts";

const batch = probeBatch();
const simulate = (method: Method) =>
  gradients(batch, { activation: "tanh", reduction: "mean", learningRate: 0.1 }, method);
const ids = (found: Tensors) => diagnose(found, simulate, 1e-4).mistakes?.map(({ id }) => id) ?? null;

function changed(tensors: Tensors, change: (value: number, name: string) => number): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map((
      [name, { shape, data }],
    ) => [name, tensor(shape, (i) => change(data[i], name))]),
  );
}

Deno.test("the right gradients, as NumPy gives them, have no mistake, in float32 either", async () => {
  const right = withPrefix(await perfectProbe(), "d");
  assert.deepEqual(ids(right), []);
  assert.deepEqual(ids(changed(right, Math.fround)), []);
});

Deno.test("mistakes are recognised by their numbers, two at once too", async () => {
  const right = withPrefix(await perfectProbe(), "d");
  assert.deepEqual(ids(changed(right, (g) => 20 * g)), ["gradient_summed"]);
  assert.deepEqual(ids(changed(right, (g) => g / 20)), ["gradient_divided_twice"]);
  assert.deepEqual(ids(changed(right, (g, name) => name.startsWith("B") ? 20 * g : g)), [
    "bias_not_averaged",
  ]);
  const units = (name: string) => right[name].shape[0];
  const meanOfAll = Object.fromEntries(["B1", "B2", "B3"].map((name) => {
    const sum = right[name].data.reduce((total, g) => total + g, 0);
    return [name, tensor([units(name)], () => sum)];
  }));
  assert.deepEqual(ids({ ...right, ...meanOfAll }), ["bias_over_all"]);
});

Deno.test("numbers that are wrong in no known way are explained by nothing", async () => {
  const right = withPrefix(await perfectProbe(), "d");
  const random = new RandomState(0);
  assert.equal(ids(changed(right, (g) => g * (1 + 0.01 * random.standardNormal()))), null);
  assert.equal(ids(changed(right, () => NaN)), null);
  assert.equal(ids({}), null);
});

Deno.test("each mistake of the catalogue has an id of its own, and its title and hint read as sentences", () => {
  assert.equal(new Set(CATALOGUE.map(({ id }) => id)).size, CATALOGUE.length);
  for (const { title, hint } of CATALOGUE) {
    assert.match(title, /^[a-z].*[^.]$/);
    assert.match(hint, /^[A-Z].*\.$/);
  }
});

Deno.test("the catalogue has the mistakes of every table in the folder, each with its texts in both languages", async () => {
  const folder = new URL("../../../src/grade/mistakes/", import.meta.url);
  const written: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const text = await Deno.readTextFile(new URL(name, folder));
    const place = / = mistakesOf\("(\w+)", \{/.exec(text)?.[1];
    if (place === undefined) continue;
    for (const [, id] of text.matchAll(/^ {2}(\w+): \{(?: alone: true,)?(?: variants:|$)/gm)) {
      written.push(`${place} ${id}`);
    }
  }
  assert.ok(written.length >= 50, `only ${written}`);
  assert.deepEqual(CATALOGUE.map(({ id, place }) => `${place} ${id}`).sort(), written.sort());
  for (const texts of [mistakesEn, mistakesJa]) {
    assert.deepEqual(Object.keys(texts).sort(), CATALOGUE.map(({ id }) => id).sort());
  }
  for (const { title, hint } of Object.values(mistakesJa)) assert.match(title + hint, /[ぁ-ん].*。/);
});
