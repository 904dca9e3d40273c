import assert from "node:assert/strict";
import { paramsOf, valuesOf } from "../../../src/lab/address/address.ts";
import { loadKernels } from "../../../src/nn/kernels.ts";
import type { Frame } from "../../../src/lab/playground/frame.ts";
import { LESSON_NAMES, type LessonName, LESSONS } from "../../../src/lab/playground/lessons.ts";
import { FIELDS } from "../../../src/lab/playground/state.ts";
import { Session } from "../../../src/lab/playground/session.ts";
import { settingFrom } from "./settings.ts";

const kernels = await loadKernels();

/** What there is to be seen of a lesson after its epochs, with something changed. */
function after(name: LessonName, changed: Readonly<Record<string, string>> = {}, epochs?: number): Frame {
  const setting = settingFrom(new URLSearchParams({ ...LESSONS[name].params, ...changed }).toString());
  const session = new Session(setting, kernels);
  const { batches } = session.first("principal");
  const until = epochs ?? setting.epochs;
  return session.advance({ batches: batches * until, until, view: "principal" });
}

const kinds = ({ flaws }: Frame) => [...new Set(flaws.map(({ kind }) => kind))];
const dead = ({ states }: Frame) => states.flat().filter((state) => state === "dead").length;

Deno.test("every lesson's link is read", () => {
  for (const name of LESSON_NAMES) {
    const { params } = LESSONS[name];
    const { values, refused } = valuesOf(FIELDS, params);
    assert.deepEqual(refused, [], name);
    // What is read of it writes the same link.
    assert.deepEqual(paramsOf(FIELDS, values), params, name);
  }
});

Deno.test("a plane is bent until one line parts the classes, in two dimensions", () => {
  const { picture, scores } = after("bend");
  assert.deepEqual([picture?.space.units, picture?.space.separable, scores.train.accuracy], [2, true, 1]);
  assert.equal(after("bend", {}, 0).picture?.space.separable, false);
});

Deno.test("no line parts XOR: its loss stays near ln 2, and a hidden layer helps", () => {
  const { picture, scores } = after("xor_alone");
  assert.equal(picture?.space.separable, false);
  assert.ok(Math.abs(scores.train.loss - Math.LN2) < 0.01);
  assert.ok(after("xor_alone", { hidden: "4" }).scores.train.accuracy > 0.95);
});

Deno.test("two units are enough for the corners of XOR with some seeds and fail with others; three do it with all", () => {
  const solved = (hidden: string) =>
    Array.from(
      { length: 12 },
      (_, seed) => after("xor_two", { hidden, seed: `${seed}` }).scores.train.accuracy === 1,
    );
  const two = solved("2");
  assert.ok(two.includes(true) && two.includes(false));
  assert.ok(solved("3").every(Boolean));
});

Deno.test("a sigma too small stays on its plateau, one too large saturates; what the lessons advise helps", () => {
  assert.deepEqual(kinds(after("plateau")), ["plateau"]);
  for (const init of ["xavier", "he"]) assert.ok(after("plateau", { init }).scores.train.accuracy > 0.95);
  assert.ok(after("plateau", { sigma: "0.5" }).scores.train.accuracy > 0.95);
  assert.deepEqual(kinds(after("saturated")), ["saturated"]);
  const lower = after("saturated", { sigma: "1" });
  assert.ok(lower.scores.train.accuracy > 0.95 && lower.flaws.length === 0);
});

Deno.test("large steps kill units that lived, smaller ones none", () => {
  assert.equal(dead(after("dead", {}, 0)), 0);
  const { flaws, scores } = after("dead");
  assert.ok(flaws.some(({ kind }) => kind === "dead") && scores.train.accuracy < 0.6);
  const lower = after("dead", { rate: "0.1" });
  assert.ok(dead(lower) === 0 && lower.scores.train.accuracy > 0.8);
});

Deno.test("online learning is further after as many epochs than all points at once; two spirals are learned", () => {
  const [online, full] = ["1", "full"].map((batch) => after("online", { batch }).scores.train.loss);
  assert.ok(online < full);
  assert.ok(after("spirals").scores.train.accuracy > 0.95);
});
