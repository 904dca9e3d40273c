// Holds the backward pass against differences of the loss, in float64: deno run examples/gradient_check.ts
import { generateStrokes, openTraining, parseDataset, referenceWorkspace } from "../src/mod.ts";

const training = openTraining(parseDataset(generateStrokes({ train: 20, test: 1 })), {
  kernels: (buffer) => referenceWorkspace({ buffer, float64: Math }), // plain loops with exact functions
  hidden: [6],
  init: { method: "xavier", bias: "gaussian" },
  batch_size: "full",
  learning_rate: 1, // one step moves each weight by its gradient
  validation: 0,
});
const start = training.state;
const weights = start.parameters;

/** An epoch of one batch gives the loss as it was before the step. */
function lossAt(parameters: typeof weights): number {
  training.restore({ ...start, parameters });
  return training.trainEpoch();
}

lossAt(weights);
const moved = training.weights;
const h = 2 ** -10;
for (const [t, { name, data }] of weights.entries()) {
  const i = data.findIndex((weight, i) => weight !== moved[t].data[i]);
  const shifted = (d: number) => weights.with(t, { ...weights[t], data: data.with(i, data[i] + d) });
  const slope = (lossAt(shifted(h)) - lossAt(shifted(-h))) / (2 * h);
  console.log(`${name}[${i}]`, "backward", data[i] - moved[t].data[i], "differences", slope);
}
