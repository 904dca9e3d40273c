import assert from "node:assert/strict";
import { recogniseActivation } from "../../src/grade/answers/recognise_activation.ts";
import { probeBatch, smallProbeBatch } from "../../src/grade/batch.ts";
import { argmax, forward } from "../../src/grade/reference/network.ts";
import { tensor } from "../../src/grade/tensors.ts";

const batch = probeBatch();

Deno.test("the activation of each hidden layer is recognised from the probabilities", () => {
  for (const used of ["sigmoid", ["tanh", "sigmoid"], ["relu", "tanh"]] as const) {
    const { probabilities } = forward(batch, used);
    assert.deepEqual(recogniseActivation("tanh", { batch, probabilities }), used);
    assert.deepEqual(recogniseActivation(used, { batch, probabilities }), used);
  }
});

Deno.test("where the probabilities are those of no activation, what was stated holds; a list of equals is one", () => {
  const probabilities = tensor([20, 10], () => 0.1);
  assert.equal(recogniseActivation("tanh", { batch, probabilities }), "tanh");
  assert.equal(recogniseActivation(["relu", "relu"], { batch, probabilities: undefined }), "relu");
});

Deno.test("all classes occur in the published batch and in its first rows", () => {
  for (const { Y } of [batch, smallProbeBatch()]) assert.equal(new Set(argmax(Y)).size, 10);
});
