import assert from "node:assert/strict";
import fc from "fast-check";
import { kernelFlops, trainingFlops } from "../../bench/flops.ts";

Deno.test("trainingFlops() counts the course's network as written out by hand", () => {
  const forward = 784 * 400 + 400 * 200 + 200 * 10;
  const gradients = forward;
  const backward = 10 * 200 + 200 * 400;
  assert.equal(trainingFlops([784, 400, 200, 10]), 2 * (forward + gradients + backward));
});

Deno.test("the kernels on dense rows do what trainingFlops() counts, and on rows without zeros too", () => {
  const layers = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 2, maxLength: 5 });
  fc.assert(fc.property(layers, fc.integer({ min: 1, max: 48_000 }), (sizes, images) => {
    for (const nonZeros of [null, images * sizes[0]]) {
      const flops = Object.values(kernelFlops(sizes, { images, nonZeros }));
      assert.equal(flops.reduce((sum, each) => sum + each), images * trainingFlops(sizes));
    }
  }));
});
