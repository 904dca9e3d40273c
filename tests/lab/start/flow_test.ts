import assert from "node:assert/strict";
import {
  BATCH,
  CLASSES,
  firstWeights,
  followStart,
  INPUT_SEED,
  INPUTS,
  type LayerStart,
  sigmaOf,
  type StartOptions,
} from "../../../src/lab/start/flow.ts";
import { findingsOf } from "../../../src/lab/start/finding.ts";
import { initialize } from "../../../src/nn/initialize.ts";
import { RandomState } from "../../../src/random/random_state.ts";

const OPTIONS: StartOptions = {
  activation: "tanh",
  method: "gaussian",
  sigma: 0.05,
  depth: 3,
  width: 7,
  seed: 5,
};

function follow(options: Partial<StartOptions>): LayerStart[] {
  const work = followStart({ ...OPTIONS, ...options });
  for (;;) {
    const { value, done } = work.next();
    if (done) return value;
  }
}

Deno.test("the first weights are those of a run, to the bit", () => {
  const sizes = [INPUTS, 30, 20, CLASSES];
  for (const method of ["gaussian", "xavier", "he"] as const) {
    const tensors = initialize(sizes, new RandomState(7), { method, sigma: 0.3, bias: "zero" });
    let start = 0;
    for (let layer = 0; layer < 3; layer++) {
      const [K, N] = [sizes[layer], sizes[layer + 1]];
      const sigma = sigmaOf({ method, sigma: 0.3 }, K);
      assert.deepEqual(firstWeights(7, { start, count: K * N, sigma }), tensors[2 * layer].data);
      start += K * N;
    }
  }
});

/** Each sample's losses after one sum of a hidden layer is moved, in float64 and by plain sums, apart from the project's own. */
function plainLoss(
  weights: Float32Array[],
  sizes: number[],
  moved: { layer: number; unit: number; by: number },
) {
  const batch = new Float32Array(BATCH * INPUTS);
  new RandomState(INPUT_SEED).fillStandardNormal(batch);
  const losses: number[] = [];
  const values: number[][] = [];
  for (let b = 0; b < BATCH; b++) {
    let x = Array.from(batch.subarray(b * INPUTS, (b + 1) * INPUTS));
    weights.forEach((W, layer) => {
      const N = sizes[layer + 1];
      const z = Array.from(
        { length: N },
        (_, n) => x.reduce((sum, value, k) => sum + value * W[k * N + n], 0),
      );
      if (layer === moved.layer) z[moved.unit] += moved.by;
      x = layer < weights.length - 1 ? z.map((value) => Math.tanh(value)) : z;
      if (layer === moved.layer) values.push([...x]);
    });
    losses.push(Math.log(x.reduce((sum, logit) => sum + Math.exp(logit), 0)) - x[b % CLASSES]);
  }
  return { losses, values };
}

function deviation(values: number[]): number {
  const mean = values.reduce((a, b) => a + b) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

Deno.test("activations are those of plain loops, and deltas those of central differences", () => {
  const sizes = [INPUTS, 7, 7, 7, CLASSES];
  const weights = initialize(sizes, new RandomState(5), { method: "gaussian", sigma: 0.05, bias: "zero" })
    .filter((_, i) => i % 2 === 0).map(({ data }) => data);
  const layers = follow({});
  for (const layer of [0, 2]) {
    const { values } = plainLoss(weights, sizes, { layer, unit: 0, by: 0 });
    const sd = deviation(values.flat());
    assert.ok(Math.abs(layers[layer].activations.sd - sd) < 1e-6 * sd);
    const slopes: number[] = [];
    for (let unit = 0; unit < 7; unit++) {
      const [up, down] = [1e-4, -1e-4].map((by) => plainLoss(weights, sizes, { layer, unit, by }).losses);
      slopes.push(...up.map((loss, b) => (loss - down[b]) / 2e-4));
    }
    assert.ok(Math.abs(layers[layer].deltas.sd - deviation(slopes)) < 1e-5 * deviation(slopes));
  }
});

Deno.test("a histogram's shares add up to 1, and what lies beyond its range is in its last bars", () => {
  for (const { activations, deltas } of follow({ activation: "relu", sigma: 1, width: 20 })) {
    for (const { shares } of [activations, deltas]) {
      assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-9);
    }
    assert.ok(activations.shares[activations.shares.length - 1] > 0.3);
  }
});

Deno.test("Xavier keeps the size of what passes, and He keeps it with relu, where Xavier halves the mean square", () => {
  const ratio = (options: Partial<StartOptions>) => {
    const layers = follow({ depth: 8, width: 200, ...options });
    return layers[7].activations.sd / layers[0].activations.sd;
  };
  assert.ok(Math.abs(ratio({ activation: "identity", method: "xavier" }) - 1) < 0.25);
  assert.ok(Math.abs(ratio({ activation: "relu", method: "he" }) - 1) < 0.35);
  const halved = ratio({ activation: "relu", method: "xavier" });
  assert.ok(Math.abs(halved * Math.sqrt(2) ** 7 - 1) < 0.35, `${halved}`);
});

Deno.test("what is to be said of a start", () => {
  const kinds = (options: Partial<StartOptions>) =>
    findingsOf(options.activation ?? "tanh", follow({ width: 100, depth: 5, seed: 0, ...options }))
      .map(({ kind }) => kind);
  assert.deepEqual(kinds({ sigma: 0.01 }), ["fading", "deltas_fading"]);
  assert.deepEqual(kinds({ sigma: 1, depth: 10 }), ["saturated_growing", "deltas_growing"]);
  assert.deepEqual(kinds({ method: "xavier" }), ["steady"]);
  assert.deepEqual(kinds({ activation: "relu", sigma: 1 }), ["exploding", "deltas_growing"]);
  assert.deepEqual(kinds({ activation: "sigmoid", sigma: 0.01 }), ["same", "deltas_fading"]);
  assert.deepEqual(kinds({ activation: "relu", method: "he", depth: 10 }), ["steady"]);
});
