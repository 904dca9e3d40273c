import assert from "node:assert/strict";
import {
  type Batch,
  drawBatch,
  largeProbeBatch,
  probeBatch,
  smallProbeBatch,
} from "../../../src/grade/batch.ts";
import { relativeError, tensor, worstError } from "../../../src/grade/tensors.ts";
import { RIGHT } from "../../../src/grade/reference/method.ts";
import { argmax, forward, gradients, step } from "../../../src/grade/reference/network.ts";
import { perfectProbe, withPrefix } from "../perfect_probe.ts";

const mean = { activation: "tanh", reduction: "mean", learningRate: 0.1 } as const;

Deno.test("forward propagation, loss, gradients and one step are those of NumPy", async () => {
  const numpy = await perfectProbe();
  const batch = probeBatch();
  const { inputs: [, A1, A2], probabilities } = forward(batch, "tanh");
  assert.ok(worstError(numpy, { A1, A2, probabilities }) < 1e-13);
  assert.ok(
    relativeError(numpy.probabilities_large, forward(largeProbeBatch(), "tanh").probabilities) < 1e-9,
  );
  assert.ok(Math.abs(RIGHT.loss(probabilities, batch.Y) - numpy.loss.data[0]) < 1e-13);
  assert.deepEqual(argmax(probabilities), [...numpy.predictions.data]);
  assert.ok(worstError(withPrefix(numpy, "d"), gradients(batch, mean)) < 1e-12);
  assert.ok(worstError(withPrefix(numpy, "small_d"), gradients(smallProbeBatch(), mean)) < 1e-12);
  assert.ok(worstError(withPrefix(numpy, "new_"), step(batch, mean)) < 1e-13);
});

Deno.test("gradients are central differences of the loss, for every activation, any depth, mean and sum", () => {
  for (const activation of ["tanh", "sigmoid", "relu", "identity", ["tanh", "sigmoid"]] as const) {
    for (const sizes of [[4, 3], [4, 5, 3], [4, 5, 4, 3]]) {
      const batch = drawBatch({ seed: 5, rows: 6, sizes });
      const loss = (parameters: Batch["parameters"]) =>
        RIGHT.loss(forward({ X: batch.X, parameters }, activation).probabilities, batch.Y);
      const found = gradients(batch, { ...mean, activation });
      const summed = gradients(batch, { ...mean, activation, reduction: "sum" });
      for (const [name, { shape, data }] of Object.entries(batch.parameters)) {
        const h = 1e-5;
        const moved = (i: number, by: number) =>
          loss({ ...batch.parameters, [name]: tensor(shape, (j) => data[j] + (i === j ? by : 0)) });
        const expected = tensor(shape, (i) => (moved(i, h) - moved(i, -h)) / (2 * h));
        assert.ok(relativeError(found[name], expected) < 1e-7, `${activation} ${sizes} ${name}`);
        assert.ok(relativeError(summed[name], tensor(shape, (i) => 6 * expected.data[i])) < 1e-7);
      }
    }
  }
});
