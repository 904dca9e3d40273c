import assert from "node:assert/strict";
import { buildDataset } from "../../src/data/dataset.ts";
import { openTraining, type TrainingOptions } from "../../src/nn/open_training.ts";
import type { Tensor } from "../../src/nn/weights.ts";
import { RandomState } from "../../src/random/random_state.ts";
import trainings from "../fixtures/torch_trainings.json" with { type: "json" };
import { patternImages } from "./pattern_images.ts";
import { KERNELS } from "./workspaces.ts";

const MODULE = new WebAssembly.Module(KERNELS);
const DATASETS = {
  sparse: buildDataset(patternImages("sparse")),
  dense: buildDataset(patternImages("dense")),
};

/** JSON has no literal types, hence the assertions. */
function optionsOf(
  { init, sigma, bias, data: _data, epochs: _epochs, ...setting }: typeof trainings[number]["setting"],
) {
  return { ...setting, init: { method: init, sigma, bias } } as TrainingOptions;
}

/** The distance of tensors from those that were projected, relative to their norm: by products with the random vectors of nn_goldens.py. */
function distance(
  tensors: readonly Tensor[],
  projected: readonly { norm: number; products: number[] }[],
): number {
  let squares = 0, norms = 0;
  tensors.forEach(({ data }, t) => {
    const random = new RandomState(77);
    const { norm, products } = projected[t];
    norms += norm * norm;
    for (const product of products) {
      let found = 0;
      for (const w of data) found += w * (random.random() - 0.5);
      // The expected square of such a product is a twelfth of the tensor's.
      squares += 12 * (found - product) ** 2 / products.length;
    }
  });
  return Math.sqrt(squares / norms);
}

function assertClose(found: number | undefined, expected: number, what: string): void {
  const error = Math.abs((found ?? NaN) - expected) / expected;
  assert.ok(error <= 1e-5, `the loss of ${what} is ${found}, PyTorch's ${expected}`);
}

for (const { setting, epochs, clipped } of trainings) {
  const { data, optimizer, activation, weight_decay, clip_norm } = setting;
  const name = JSON.stringify({ ...optimizer, activation, weight_decay, clip_norm });
  Deno.test(`three epochs go the way of PyTorch's in float64, to 1e-5: ${name}`, () => {
    const options = optionsOf(setting);
    const trainer = openTraining(DATASETS[data as keyof typeof DATASETS], { ...options, kernels: MODULE });
    let worst = 0;
    for (const { train_loss, test_loss, weights } of epochs) {
      assertClose(trainer.trainEpoch(), train_loss, "the epoch");
      assertClose(trainer.test().loss, test_loss, "the test part");
      worst = Math.max(worst, distance(trainer.weights, weights));
    }
    assert.ok(worst <= 1e-5, `the weights are ${worst} apart`);
    assert.ok(worst > 1e-9, "an error of float32 is expected: is anything compared?");
    assert.equal(clipped > 0, clip_norm !== undefined);
  });
}
