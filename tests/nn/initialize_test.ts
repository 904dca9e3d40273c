import assert from "node:assert/strict";
import { initialize } from "../../src/nn/initialize.ts";
import { RandomState } from "../../src/random/random_state.ts";

Deno.test("biases start at the number that is given, rounded to float32, and draw nothing", () => {
  const start = (bias: "zero" | number) =>
    initialize([4, 3, 2], new RandomState(5), { method: "xavier", bias });
  const [zero, tenth] = [start("zero"), start(0.1)];
  tenth.forEach(({ name, data }, i) => {
    const expected = name.startsWith("B") ? zero[i].data.map(() => 0.1) : zero[i].data;
    assert.deepEqual(data, expected, name);
  });
});
