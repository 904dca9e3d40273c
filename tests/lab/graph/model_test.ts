import assert from "node:assert/strict";
import { signal } from "@preact/signals";
import { paramsOf, valuesOf } from "../../../src/lab/address/address.ts";
import { MISTAKES } from "../../../src/lab/graph/compute/mistakes.ts";
import { GRAPH_FIELDS } from "../../../src/lab/graph/fields.ts";
import { openGraph } from "../../../src/lab/graph/model.ts";
import { graphWords } from "../../../src/lab/graph/words.ts";
import { tensorsOf } from "../../../src/lab/graph/steps.ts";

/** The page's model at an address. */
function open(params: Record<string, string>) {
  const { values, refused } = valuesOf(GRAPH_FIELDS, params);
  assert.deepEqual(refused, []);
  const state = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, signal(value)]));
  const model = openGraph(state as unknown as Parameters<typeof openGraph>[0]);
  const address = () => {
    const now = Object.fromEntries(Object.entries(state).map(([name, { value }]) => [name, value]));
    return paramsOf(GRAPH_FIELDS, now as typeof values);
  };
  return { model, address };
}

Deno.test("forward, then back through the same nodes, every tensor is made once", () => {
  const { model } = open({ hidden: "3.2", step: "20" });
  assert.deepEqual(
    model.steps.value.map((step) => `${step.way} ${tensorsOf(step, model.shown.value)}`),
    [
      "forward P1",
      "forward A1",
      "forward Z1",
      "forward P2",
      "forward A2",
      "forward Z2",
      "forward P3",
      "forward A3",
      "forward Yhat",
      "forward L",
      "back dYhat",
      "back dA3",
      "back dB3,dP3",
      "back dW3,dZ2",
      "back dA2",
      "back dB2,dP2",
      "back dW2,dZ1",
      "back dA1",
      "back dB1,dP1",
      "back dW1",
    ],
  );
  assert.deepEqual([...model.made.value].sort(), [...model.shown.value.values.keys()].sort());
});

Deno.test("what the step makes is explained, unless another entry is pointed at or chosen", () => {
  const { model, address } = open({ step: "3" });
  assert.deepEqual(model.explained.value, { tensor: "Z1", row: 0, column: 0 });
  model.state.entry.value = { tensor: "W1", row: 1, column: 2 };
  assert.deepEqual(model.explained.value, { tensor: "W1", row: 1, column: 2 });
  assert.deepEqual(address(), { step: "3", entry: "W1.1.2" });
  model.pointed.value = { tensor: "A1", row: 2, column: 0 };
  assert.deepEqual(model.explained.value, { tensor: "A1", row: 2, column: 0 });
  model.pointed.value = { tensor: "dA1", row: 0, column: 0 };
  assert.deepEqual(model.explained.value, { tensor: "W1", row: 1, column: 2 }, "it is not made yet");
});

Deno.test("a link may say more steps than there are, which are those that there are", () => {
  const { model } = open({ hidden: "", step: "20" });
  assert.equal(model.done.value, 8);
});

Deno.test("a weight that is moved is in the address, all of them in their order; other sizes draw anew", () => {
  const { model, address } = open({ inputs: "2", hidden: "", rows: "2" });
  model.setWeight(1, 0, 2.5);
  const [W, B] = model.net.value.parameters.map(({ data }) => [...data]);
  assert.equal(address().w, [...W, 2.5, B[1]].join(","));
  assert.equal(model.net.value.seed, null);
  model.redraw(() => model.state.rows.value = 4);
  assert.deepEqual(address(), { hidden: "", rows: "4" });
});

Deno.test("riddles hide every mistake that can be made, and nothing but the numbers tells which", () => {
  const square = { inputs: "3", classes: "3", step: "14" };
  const hidden = new Set<string | undefined>();
  for (let riddle = 1; riddle <= 100; riddle++) {
    const { model } = open({ ...square, riddle: String(riddle), entry: "dW1.0.0" });
    hidden.add(model.mistake.value?.name);
    assert.deepEqual(model.places.value, []);
    assert.equal(model.expression.value, undefined);
    const tensors = [...model.shown.value.values];
    assert.ok(tensors.every(([tensor, { data }]) => data.every((_, i) => !model.isWrong(tensor, i))));
    assert.ok(model.checked.value.some(({ verdict }) => verdict === "wrong"));
  }
  assert.deepEqual([...hidden].sort(), [...MISTAKES].sort());
  for (let riddle = 1; riddle <= 30; riddle++) {
    const { model } = open({ inputs: "4", hidden: "", riddle: String(riddle) });
    assert.ok(["sum", "sign", "output_slope", "no_axis"].includes(model.mistake.value?.name ?? ""));
  }
});

Deno.test("a mistake that changes no gradient with these numbers is told from one that does", () => {
  const address = { hidden: "3", activation: "relu", seed: "9", step: "20", mistake: "no_slope" };
  const { model } = open(address);
  assert.deepEqual(model.checked.value.map(({ verdict }) => verdict), ["right", "right", "right", "right"]);
  assert.equal(model.isHarmless.value, true);
  assert.equal(open({ ...address, activation: "tanh" }).model.isHarmless.value, false);
  assert.equal(open({ ...address, mistake: "none" }).model.isHarmless.value, false);
});

Deno.test("a relative difference of 1 is said to be what it is: opposite directions, or one gradient alone 0", () => {
  const { model } = open({ step: "10", mistake: "no_axis" });
  const ones = model.checked.value.filter(({ relative }) => Math.abs(relative - 1) < 1e-9);
  assert.ok(ones.length > 0);
  // Here none is opposite: the differences of a bias vanish.
  for (const { gradient, differences } of ones) {
    const isZero = ({ data }: { data: Float64Array }) => data.every((value) => value === 0);
    assert.ok(isZero(gradient) !== isZero(differences));
  }
  assert.match(
    graphWords("ja").threshold("0.001"),
    /1 になるのは、向きが正反対か、片方だけが 0 のときです。$/,
  );
  assert.match(
    graphWords("en").threshold("0.001"),
    / 1 where they point opposite ways, or one of them alone is 0\.$/,
  );
});
